import { describe } from "vitest";
import { npmProtocol } from "../../../src/ecosystems/npm/protocol.ts";
import { common, proveEach } from "../over-tls.ts";

describe("what is found of each kind of registry", () => {
  proveEach("npm", ({ npm }) => npmProtocol(npm), {
    ...common,
    stale: { reason: "stale", isStale: true },
    tampered: { reason: "tampered" },
    "tampered-bulk": { reason: null, bulk: false, last: "tampered" },
    "tampered-index": { reason: "tampered" },
    "no-artefact": { reason: "no-artefact" },
    "no-bulk": { reason: null, bulk: null, last: null },
    "portal-redirect": { reason: "redirects-away" },
    "foreign-tarball-host": { reason: null, traits: ["foreign-tarball-host"], bulk: true, last: "passed" },
    "no-signatures": { reason: null, traits: ["no-signatures"] },
    "bad-signature": { reason: "tampered" },
    "no-time": { reason: null, last: "passed" },
  });
});
