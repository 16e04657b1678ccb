import { indexVerdicts, verdictTable } from "./verdict-table.ts";

verdictTable("npm", [], {
  ...indexVerdicts,
  "tls-expiring": "degraded tls-expiring",
  "redirect-cdn": "ok - cdn",
  stale: "rejected stale",
  "tampered-bulk": "ok -|rejected tampered",
  "no-bulk": "ok -",
  "foreign-tarball-host": "ok - foreign-tarball-host",
  "no-signatures": "ok - no-signatures",
  "bad-signature": "rejected tampered",
  "no-time": "ok -",
});
