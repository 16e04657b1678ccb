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

  it("may be a day and a half behind, in changes as the catalog counts them", () => {
    expect(pipProtocol(pins)).toMatchObject({ allowedLag: 30_000, lagUnit: "changes" });
    expect(pipProtocol(pins.map((pin) => ({ ...pin, changesPerDay: 100 }))).allowedLag).toBe(150);
  });
});
