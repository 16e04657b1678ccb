import { describe, expect, it } from "vitest";
import { askIndex, pins, wheels } from "./index-server.ts";

const large = "/packages/large_one-1.0-py3-none-any.whl";

describe("the last check", () => {
  it("asks for the longest known beginning of the large file, up to 256 kB", async () => {
    const { last, seen, paths } = await askIndex();
    const asked = seen.filter((_, index) => paths[index] === `/root${large}`);
    expect(asked).toMatchObject([{ headers: { range: "bytes=0-65535" }, maxBytes: 65_536 }]);
    expect(last).toBeNull();
  });

  it.each([
    ["tampered", { [large]: Buffer.from(wheels.large).fill("x", 50_000, 50_010) }],
    ["denied", { [large]: "<html>login</html>" }],
    ["denied", { [large]: 403 }],
    ["http-status", { [large]: 500 }],
    ["truncated", { [large]: { failure: "truncated" } }],
  ] as const)("fails as %s", async (reason, changes) => {
    expect((await askIndex(changes)).last).toMatchObject({ ok: false, reason });
  });

  it("is none where the mirror has not got it, or the catalog knows no beginning", async () => {
    expect((await askIndex({ [large]: null })).last).toBeNull();
    const unknown = await askIndex({}, { probes: pins.map(({ prefixes: _, ...pin }) => pin) });
    expect([unknown.last, unknown.paths.includes(`/root${large}`)]).toEqual([null, false]);
  });
});
