import { describe, expect, it } from "vitest";
import { limits } from "../../src/probe/limits.ts";
import { host, run } from "./course.ts";

const order = async (hosts: Parameters<typeof run>[0]) =>
  (await run(hosts)).result.standings.map(({ candidate }) => candidate.id);
const bulkAsked = ({ http }: Awaited<ReturnType<typeof run>>) => http.asked.filter((url) => url.endsWith("/bulk"));

describe("the rate", () => {
  it("puts the mirror first that would install sooner, not the one that answers sooner", async () => {
    const near = host({ latencyMs: 10, bytesPerSecond: 300_000 });
    const far = host({ latencyMs: 80, bytesPerSecond: 8_000_000 });
    expect(await order({ near, far })).toEqual(["far", "near"]);
    expect(await order({ near: host({ latencyMs: 10 }), far: host({ latencyMs: 80 }) })).toEqual(["near", "far"]);
  });

  it("is what the line gives", async () => {
    const { standing } = await run({ a: host({ bytesPerSecond: 2_000_000 }), b: host({ bytesPerSecond: 500_000 }) });
    expect((standing("a").bytesPerSecond ?? 0) / 2_000_000).toBeCloseTo(1, 1);
    expect((standing("b").bytesPerSecond ?? 0) / 500_000).toBeCloseTo(1, 1);
    const { latencyMs, bytesPerSecond, expectedInstallSeconds } = standing("a");
    expect(expectedInstallSeconds).toBeCloseTo((25 * (latencyMs ?? 0)) / 1000 + 40_000_000 / (bytesPerSecond ?? 1), 1);
  });

  it("is measured no longer than its time, and no more of it than its bytes", async () => {
    const slow = await run({ a: host({ bytesPerSecond: 10_000 }), b: host({ bytesPerSecond: 20_000 }) });
    expect(slow.result.elapsedMs).toBeLessThanOrEqual(20 + 100 + limits.rateMs);
    const fast = await run({ a: host({ bytesPerSecond: 1e9 }), b: host({ bytesPerSecond: 1e9 }) });
    expect(fast.standing("a").bytes).toBeLessThanOrEqual(limits.rateBytes + 100);
  });

  it("that is of no use makes a mirror degraded, and never one that is not proved", async () => {
    const { standing } = await run({ a: host(), slow: host({ latencyMs: 5, bytesPerSecond: 30_000 }) });
    expect(standing("slow")).toMatchObject({ verdict: "degraded", reason: "slow", findings: ["slow"], rank: 2 });
  });

  it("of a mirror that hangs in the download is next to nothing, and it is not chosen before others", async () => {
    const hosts = { stuck: host({ latencyMs: 1, bytesPerSecond: 100 }), good: host({ latencyMs: 90 }) };
    expect((await run(hosts)).result.standings[0]?.candidate.id).toBe("good");
  });

  it("is measured for the nearest few only", async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`m${i}`, host({ latencyMs: 90 - i * 10 })]));
    const asked = bulkAsked(await run(many));
    expect(asked.length).toBe(limits.rated);
    expect(asked).toContain("https://m8.example/bulk");
    expect(asked).not.toContain("https://m0.example/bulk");
  });

  it("is not measured where there is nobody to compare with, or nothing to choose", async () => {
    expect(bulkAsked(await run({ a: host(), gone: host({ fault: "refuse" }) }))).toEqual([]);
    expect(bulkAsked(await run({ a: host(), b: host() }, { purpose: "prove" }))).toEqual([]);
    expect(bulkAsked(await run({ a: host() }, { purpose: "judge" }))).toEqual(["https://a.example/bulk"]);
  });

  it("is not measured of the stale", async () => {
    const ran = await run({ a: host(), b: host(), old: host({ latencyMs: 1 }, { "/proof": "5" }) });
    expect(bulkAsked(ran)).not.toContain("https://old.example/bulk");
  });
});

describe("a download that is wrong", () => {
  it("rejects a mirror that serves something else", async () => {
    const { standing } = await run({ a: host(), liar: host({}, { "/bulk": "<html>pay</html>" }) });
    expect(standing("liar")).toMatchObject({ verdict: "rejected", reason: "tampered", rank: null });
  });

  it("says nothing against a mirror that has not this artefact", async () => {
    const { "/bulk": _, ...paths } = host().paths;
    const { standing } = await run({ a: host(), without: { paths } });
    expect(standing("without")).toMatchObject({ verdict: "ok", bytesPerSecond: null });
  });
});

describe("what else is seen", () => {
  it("makes a mirror degraded whose certificate is about to expire, and it stands behind the good ones", async () => {
    const { result, standing } = await run({
      expiring: host({ latencyMs: 1, daysLeft: 2 }),
      good: host({ latencyMs: 200 }),
    });
    expect(standing("expiring")).toMatchObject({
      verdict: "degraded",
      reason: "tls-expiring",
      tlsDaysLeft: 2,
      rank: 2,
    });
    expect(result.standings[0]?.candidate.id).toBe("good");
  });

  it.each([
    [429, "rate-limited"],
    [500, "http-status"],
    [403, "http-status"],
  ] as const)("HTTP %s is %s", async (fault, reason) => {
    const { standing } = await run({ a: host(), bad: host({ fault }) });
    expect(standing("bad")).toMatchObject({ verdict: "rejected", reason, rank: null, findings: [reason] });
  });
});
