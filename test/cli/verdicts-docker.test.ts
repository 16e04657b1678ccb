import { commonVerdicts, type Verdicts, verdictTable } from "./verdict-table.ts";

// Twice as many connections as elsewhere, from and to one machine: of what hangs it can be told just as well later.
const patience = ["--timeout", "15s"];

const verdicts: Verdicts<"docker"> = {
  ...commonVerdicts,
  "tls-expiring": "degraded tls-expiring",
  "redirect-cdn": "ok - cdn",
  stale: "rejected stale",
  tampered: "rejected tampered",
  "tampered-bulk": "ok -|rejected tampered",
  "tampered-manifest": "rejected tampered",
  "not-allowed": "rejected denied",
  "no-bulk": "ok -|rejected no-artefact",
  "library-only": "ok - library-only",
  "other-tag": "ok -",
  "other-manifest": "ok -",
  "other-blobs": "ok -",
  "other-hangs": "ok -",
  "no-canary": "ok -",
  "too-many": "rejected rate-limited",
  "blob-page": "rejected denied",
  "no-head": "ok -",
  "portal-redirect": "rejected redirects-away",
  token: "ok - token",
  "token-denied": "rejected denied token",
  "token-page": "rejected not-a-mirror token",
  "token-plain": "rejected redirects-away token",
  "token-upstream": "rejected redirects-away token",
  "late-challenge": "rejected denied token",
  basic: "rejected denied token",
  unchallenged: "rejected denied",
};

verdictTable("docker", [], verdicts, patience);
