import { describe } from "vitest";
import { dockerProtocol } from "../../../src/ecosystems/docker/protocol.ts";
import type { FaultName } from "../../lab/faults.ts";
import { common, type Finding, proveEach } from "../over-tls.ts";

const token = ["token"] as const;

/** A sound one is asked seven times; one that wants tokens, for three repositories and for the root; and then the last check. */
const mostRequests = 13;

describe("what is found of each kind of mirror of Docker Hub", () => {
  const findings = {
    ...common,
    stale: { reason: "stale", isStale: true },
    tampered: { reason: "tampered" },
    "tampered-bulk": { reason: null, bulk: true, last: "tampered" },
    "tampered-manifest": { reason: "tampered" },
    "no-artefact": { reason: "no-artefact" },
    "not-allowed": { reason: "denied" },
    "no-bulk": { reason: null, last: "no-artefact" },
    "library-only": { reason: null, traits: ["library-only"], bulk: true },
    "other-tag": { reason: null, bulk: true },
    "other-manifest": { reason: null, bulk: true },
    "other-blobs": { reason: null, bulk: true },
    "other-hangs": { reason: null, bulk: true },
    "no-canary": { reason: null, bulk: true },
    "too-many": { reason: "rate-limited" },
    "blob-page": { reason: "denied" },
    "no-head": { reason: null, bulk: true, isStale: false },
    "portal-redirect": { reason: "redirects-away" },
    token: { reason: null, traits: token, bulk: true, last: "passed" },
    "token-denied": { reason: "denied", traits: token },
    "token-page": { reason: "not-a-mirror", traits: token },
    "token-plain": { reason: "redirects-away", traits: token },
    "token-upstream": { reason: "redirects-away", traits: token },
    "late-challenge": { reason: "denied", traits: token },
    basic: { reason: "denied", traits: token },
    unchallenged: { reason: "denied" },
  } as const satisfies Record<FaultName<"docker">, Finding>;
  proveEach("docker", ({ docker }) => dockerProtocol(docker), findings, mostRequests);
});
