import { describe, expect, it } from "vitest";
import { pipProtocol } from "../../../src/ecosystems/pip/protocol.ts";
import { askIndex, pins, tail } from "./index-server.ts";

const canary = "/simple/canary/";
const other = "/simple/other/";
const position = async (changes: Parameters<typeof askIndex>[0]) => (await askIndex(changes)).proof.position;

describe("how far an index is", () => {
  it("is the last change of any canary, by the end of its page", async () => {
    expect(await position({})).toBe(32_000_500);
    const { seen, paths } = await askIndex();
    expect(seen[paths.indexOf("/root/simple/canary/")]?.headers).toMatchObject({ range: "bytes=-96" });
  });

  it.each([
    ["a comment", { body: "x".repeat(1000) + tail(32_000_700).body }],
    ["a header", { body: "<html>", headers: { "x-pypi-last-serial": "32000700" } }],
    ["JSON", '{"meta": {"_last-serial": 32000700}}'],
    ["JSON with a text", { status: 206, body: ',"meta":{"_last-serial":"32000700"}}' }],
  ])("may be told by %s", async (_, reply) => {
    expect(await position({ [canary]: reply })).toBe(32_000_700);
  });

  it.each([
    ["a canary is missing", null],
    ["it says no serial", "<html></html>"],
    ["it sends the beginning of a long page", "x".repeat(5000) + tail(32_000_700).body],
    ["its serial is 0", tail(0)],
    ["its serial is the constant of another program", tail(1_000_000_000)],
    ["its serial is no number", { body: "", headers: { "x-pypi-last-serial": "1e9" } }],
    ["it breaks down over the question", 500],
    ["it has no ranges", 416],
    ["it sends us elsewhere", { failure: "redirects-away" }],
  ] as const)("cannot be told where %s, which is no fault", async (_, reply) => {
    const { proof, stages } = await askIndex({ [other]: reply });
    expect(proof).toMatchObject({ reason: null, position: null });
    expect(stages).toContainEqual(expect.objectContaining({ stage: "freshness", ok: null }));
  });

  describe("by the longest pause of its canaries", () => {
    const probes = pins.map((pin) => ({ ...pin, pause: { days: 10, until: "2027-01-01" } }));
    const written = (serial: number, at: string) => ({ ...tail(serial), headers: { "last-modified": at } });
    const old = written(32_000_100, "Tue, 03 Nov 2026 10:00:00 GMT");
    const older = written(32_000_500, "Sun, 01 Nov 2026 10:00:00 GMT");
    const reasonOf = async (pages: Parameters<typeof askIndex>[0], pinned: typeof pins = probes) =>
      (await askIndex(pages, { probes: pinned })).proof.reason;

    it("is stale by itself when their pages are older, and says how far it is all the same", async () => {
      const { proof, stages, requests } = await askIndex({ [canary]: old, [other]: older }, { probes });
      const detail = { code: "nothing-new", args: { count: 16 } };
      expect(proof).toMatchObject({ reason: "stale", detail, position: 32_000_500 });
      expect(stages).toContainEqual(expect.objectContaining({ stage: "freshness", ok: false }));
      expect(requests).toBeLessThanOrEqual((await askIndex()).requests);
      const fresh = written(32_000_100, "Tue, 10 Nov 2026 10:00:00 GMT");
      expect(await reasonOf({ [canary]: fresh, [other]: older })).toBeNull();
    });

    it.each([
      ["one page does not say when it was written", { [canary]: old, [other]: tail(32_000_500) }],
      ["they say something else", { [canary]: old, [other]: written(32_000_500, "yesterday") }],
      ["all pages have the same time", { [canary]: old, [other]: { ...older, headers: old.headers } }],
      ["it has no serial", { [canary]: old, [other]: { ...older, body: "" } }],
    ] as const)("cannot be told where %s", async (_, pages) => {
      expect(await reasonOf(pages)).toBeNull();
    });

    it("cannot be told where nobody vouches for the canaries", async () => {
      const past = pins.map((pin) => ({ ...pin, pause: { days: 10, until: "2026-11-19" } }));
      for (const pinned of [past, [...pins]])
        expect(await reasonOf({ [canary]: old, [other]: older }, pinned)).toBeNull();
    });
  });

  it("may be a day and a half behind, in changes as the catalog counts them", () => {
    expect(pipProtocol(pins)).toMatchObject({ allowedLag: 30_000, lagUnit: "changes" });
    expect(pipProtocol(pins.map((pin) => ({ ...pin, changesPerDay: 100 }))).allowedLag).toBe(150);
  });
});
