import { describe, expect, it } from "vitest";
import type { RaceProgress } from "../../src/probe/types.ts";
import { host, run } from "./course.ts";

const mixed = {
  a: host({ bytesPerSecond: 3_000_000 }),
  b: host({ latencyMs: 60 }),
  broken: host({ faultOn: { "/whole": { breaksAfter: 20_000 } } }),
  hang: host({ fault: "hang" }),
  stuck: host({ faultOn: { "/bulk": "hang-body" } }),
  gone: host({ fault: "refuse" }),
  reference: host({ fault: "hang" }),
};

describe("the end of a race", () => {
  it.each([
    ["choose", 5000],
    ["judge", 5000],
    ["prove", 5000],
    ["choose", 250],
    ["judge", 250],
  ] as const)("leaves no session open, and has counted all requests and bytes: %s, %s ms", async (purpose, capMs) => {
    const { result, http } = await run(mixed, { purpose, capMs });
    // Two lanes of every mirror, and the reference.
    expect(http.seen.opened).toBe(13);
    expect(http.seen.open).toBe(0);
    expect(result.requests).toBe(http.asked.length);
    expect(result.bytes).toBe(http.seen.bytes);
    expect(result.bytes).toBeGreaterThan(purpose === "prove" ? 0 : 500_000);
  });

  it("counts for every mirror what was asked of it", async () => {
    const { result, http } = await run(mixed);
    for (const { candidate, requests } of result.standings)
      expect(requests).toBe(http.asked.filter(({ url }) => url.startsWith(candidate.url)).length);
  });

  it.each([10, 100, 400])("comes at once when the person wants out, at %s ms", async (abortAfterMs) => {
    const { result, http } = await run({ a: host({ latencyMs: 50 }), hang: host({ fault: "hang" }) }, { abortAfterMs });
    expect(result.elapsedMs).toBe(abortAfterMs);
    expect(http.seen).toMatchObject({ opened: 5, open: 0 });
  });

  it("is the same every time", async () => {
    const [first, second] = [await run(mixed), await run(mixed)];
    expect(second.result).toEqual(first.result);
    expect(second.http.asked).toEqual(first.http.asked);
  });

  it("has told how far it was: never back, and all who were heard in the end", async () => {
    const told: RaceProgress[] = [];
    await run(mixed, { purpose: "judge", onProgress: (progress) => told.push(progress) });
    const heard = told.map(({ proved, rejected }) => proved + rejected);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(told.at(-1)).toEqual({ total: 6, proved: 4, rejected: 2, awaited: [], phase: "rate" });
    expect(told[0]).toMatchObject({ total: 6, phase: "prove" });
  });
});
