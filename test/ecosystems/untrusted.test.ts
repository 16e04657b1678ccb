import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { npmProtocol } from "../../src/ecosystems/npm/protocol.ts";
import { pipProtocol } from "../../src/ecosystems/pip/protocol.ts";
import type { Protocol } from "../../src/probe/types.ts";
import { ask, type Reply } from "./asking.ts";
import { keyid, probes } from "./npm/registry.ts";
import { pins } from "./pip/index-server.ts";

const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom("__proto__", "constructor", "\u001b[2J", -1, Number.MAX_VALUE),
);
const address = fc.oneof(
  fc.webUrl(),
  fc.constantFrom("//", "https://", "data:,x", "http://[", "../..", "#", "%"),
  fc.string(),
);

/** A version's document in which anything may stand for anything. */
const manifest = fc.record({
  name: fc.constant("small"),
  version: fc.constant("1.0.0"),
  dist: fc.oneof(
    anything,
    fc.record({
      integrity: fc.oneof(anything, fc.constant(probes.integrity)),
      tarball: fc.oneof(anything, address),
      signatures: fc.oneof(
        anything,
        fc.array(
          fc.oneof(anything, fc.record({ keyid: fc.constant(keyid), sig: fc.oneof(fc.base64String(), anything) })),
        ),
      ),
    }),
  ),
});
const packument = fc.record({ "dist-tags": anything, versions: fc.oneof(anything, fc.record({ "1.0.0": manifest })) });

const file = fc.record({
  filename: fc.oneof(anything, fc.constantFrom(...pins.map((pin) => pin.file))),
  url: fc.oneof(anything, address),
  hashes: fc.oneof(anything, fc.record({ sha256: anything })),
  "core-metadata": anything,
});
const page = fc.record({
  meta: fc.oneof(anything, fc.constant({ "api-version": "1.0", "_last-serial": 1 })),
  files: fc.oneof(anything, fc.array(fc.oneof(anything, file))),
});
const piece = fc.oneof(
  fc.constantFrom(
    "<a href=",
    '"',
    "'",
    ">",
    "<base href=",
    "<!--",
    "-->",
    "small-1.0.whl",
    "#sha256=",
    "&#x41;",
    "<meta name=",
  ),
  fc.string(),
);

const body = fc.oneof(
  ...[anything, manifest, packument, page].map((json) => json.map((found) => JSON.stringify(found) ?? "")),
  fc.array(piece).map((pieces) => pieces.join("")),
  fc.uint8Array(),
);
const type = fc.constantFrom("text/html", "application/json", "application/vnd.pypi.simple.v1+json", "", ";", "a/b");
const reply: fc.Arbitrary<Reply> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ body, headers: type.map((found) => ({ "content-type": found })) }) },
  { weight: 1, arbitrary: fc.constantFrom(200, 204, 206, 301, 401, 403, 404, 410, 416, 429, 500) },
  { weight: 1, arbitrary: fc.constantFrom({ failure: "timeout" } as const, { failure: "truncated" } as const) },
);

/** Asks a server that says at random whatever it likes. */
async function survives(protocol: Protocol, replies: readonly Reply[]): Promise<void> {
  let next = 0;
  const server = () => replies[next++ % replies.length];
  const { proof, requests } = await ask(protocol, server);
  // Nothing of what was said is one of the pinned files.
  expect(proof.reason).not.toBeNull();
  expect(proof.detail).not.toBeNull();
  expect(requests).toBeLessThanOrEqual(6);
}

describe("a server that answers whatever it likes", () => {
  it.each([
    ["npm", npmProtocol(probes)],
    ["pip", pipProtocol(pins)],
  ])("is rejected by %s, in no more requests than others", async (_, protocol) => {
    const replies = fc.array(reply, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(replies, (some) => survives(protocol, some)),
      { numRuns: 500 },
    );
  });
});
