import { describe } from "vitest";
import { pipProtocol } from "../../../src/ecosystems/pip/protocol.ts";
import { common, proveEach } from "../over-tls.ts";

describe("what is found of each kind of index", () => {
  proveEach("pip", ({ pip }) => pipProtocol(pip), {
    ...common,
    stale: { reason: "stale", isStale: true },
    tampered: { reason: "tampered" },
    "tampered-bulk": { reason: null, bulk: false, last: "tampered" },
    "tampered-index": { reason: "tampered" },
    "no-artefact": { reason: "no-artefact" },
    "no-bulk": { reason: null, bulk: null, last: null },
    "portal-redirect": { reason: "redirects-away" },
    "no-serial": { reason: null },
    "html-only": { reason: null, traits: ["metadata", "no-time"], bulk: true },
  });
});
