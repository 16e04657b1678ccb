import { describe, expect, it } from "vitest";
import { usualBudget } from "../../src/probe/budget.ts";
import { limits } from "../../src/probe/limits.ts";
import { host, hostWithout, type Ran, run, several } from "./course.ts";

/** Those whose large artefact was asked for first, all at the same moment. */
function sideBySide({ http }: Ran): string[] {
  const bulk = http.asked.filter(({ url }) => url.endsWith("/bulk"));
  return bulk.filter(({ at }) => at === bulk[0]?.at).map(({ url }) => new URL(url).host.split(".")[0] ?? "");
}

describe("the rate", () => {
  it("puts the mirror first that would install sooner, not the one that answers sooner", async () => {
    const near = host({ latencyMs: 10, bytesPerSecond: 300_000 });
    const far = host({ latencyMs: 80, bytesPerSecond: 8_000_000 });
    expect((await run({ near, far })).ranked).toEqual(["far", "near"]);
    const equal = { bytesPerSecond: 3_000_000 };
    const alike = { far: host({ latencyMs: 80, ...equal }), near: host({ latencyMs: 10, ...equal }) };
    expect((await run(alike)).ranked).toEqual(["near", "far"]);
  });

  it("is what the line gives, and the time to install is made of it", async () => {
    const { standing } = await run({ a: host({ bytesPerSecond: 2_000_000 }), b: host({ bytesPerSecond: 500_000 }) });
    expect((standing("a").bytesPerSecond ?? 0) / 2_000_000).toBeCloseTo(1, 1);
    // Of the loser only its best window is known, in pieces of 16 KiB.
    expect((standing("b").bytesPerSecond ?? 0) / 500_000).toBeGreaterThan(0.9);
    expect((standing("b").bytesPerSecond ?? 0) / 500_000).toBeLessThan(1.3);
    expect([standing("a").rateIsLowerBound, standing("b").rateIsLowerBound]).toEqual([false, true]);
    const { bytesPerSecond, expectedInstallSeconds } = standing("a");
    expect(expectedInstallSeconds).toBeCloseTo(25 * 0.02 + 40_000_000 / (bytesPerSecond ?? Number.NaN), 1);
  });

  it("is known of the only one by nobody, and is no bound then", async () => {
    const { standing } = await run({ only: host() });
    expect(standing("only")).toMatchObject({ bytesPerSecond: null, rateIsLowerBound: false });
  });

  it("is a bound of those that were tried beside others and no more", async () => {
    const slow = several(3, (index) => host({ latencyMs: 20 + index, bytesPerSecond: 400_000 }), "slow");
    const { result } = await run({ ...slow, best: host({ latencyMs: 10, bytesPerSecond: 4_000_000 }) });
    const bounds = result.standings.map(({ rateIsLowerBound }) => rateIsLowerBound);
    expect(bounds).toEqual([false, true, true, true]);
  });

  it("is the same for two that are alike and fast, and the nearer comes first", async () => {
    const { ranked } = await run({ near: host({ latencyMs: 20 }), far: host({ latencyMs: 35 }) });
    expect(ranked).toEqual(["near", "far"]);
  });

  it("goes on measuring the most promising by the download it has", async () => {
    const { asked, ranked } = await run({
      a: host({ bytesPerSecond: 3_000_000 }),
      b: host({ bytesPerSecond: 400_000 }),
    });
    expect(ranked).toEqual(["a", "b"]);
    expect(asked("/bulk")).toEqual(["a", "b"]);
  });

  describe("costs no mirror more than its budget", () => {
    // Each of them wants one, and their lines carry far more.
    const rates = [1e9, 20_000_000, 3_000_000, 700_000];

    it.each(rates)("of bytes and requests, at %s bytes a second", async (bytesPerSecond) => {
      const { result } = await run(several(4, (index) => host({ bytesPerSecond, latencyMs: 20 + 30 * index })));
      for (const { bytes, requests } of result.standings) {
        expect(bytes).toBeLessThanOrEqual(usualBudget.bytes);
        // After what the winner answers, one stretch of the large artefact.
        expect(requests).toBeLessThanOrEqual(usualBudget.evidence + 1);
      }
    });

    it.each(rates)("which a protocol may make smaller, at %s bytes a second", async (bytesPerSecond) => {
      const hosts = several(4, (index) => host({ bytesPerSecond, latencyMs: 20 + 30 * index }));
      const budget = { bytes: 700_000, requests: 10 };
      const { result, ranked } = await run(hosts, { protocol: { budget } });
      expect(ranked).toHaveLength(4);
      for (const { bytes, requests } of result.standings) {
        expect(bytes).toBeLessThanOrEqual(budget.bytes);
        expect(requests).toBeLessThanOrEqual(budget.requests);
      }
    });

    it("which leaves the last check its share, where the downloads take all that they may", async () => {
      const { ranked, asked } = await run(several(2, () => host({ bytesPerSecond: 1e9 })));
      expect(ranked).toHaveLength(2);
      expect(asked("/whole")).toHaveLength(1);
    });
  });

  const burst = host({ latencyMs: 10, faultOn: { "/bulk": { stallsAfter: 16 * 1024 } } });
  const steady = host({ bytesPerSecond: 3_000_000 });

  it("of a first burst and then no more makes nobody the first", async () => {
    const { ranked } = await run({ burst, steady });
    expect(ranked[0]).toBe("steady");
  });

  it("of a first burst and then no more is not that of the burst", async () => {
    const { standing } = await run({ burst, steady });
    expect(standing("burst").bytesPerSecond ?? 0).toBeLessThan(3_000_000);
  });

  it.each(["choose", "judge"] as const)("is shared by the nearest few only: %s", async (purpose) => {
    // All of them serve at the same moment.
    const many = several(9, (index) => host({ latencyMs: 90 - index * 10, connectMs: index * 10 }));
    const ran = await run(many, { purpose });
    expect(limits.field).toBe(6);
    expect(sideBySide(ran).toSorted()).toEqual(["m3", "m4", "m5", "m6", "m7", "m8"]);
    expect(new Set(ran.asked("/bulk")).size).toBeLessThan(9);
  });

  it("is not measured where there is nobody to compare with, or nothing to choose", async () => {
    expect((await run({ a: host(), gone: host({ fault: 500, latencyMs: 10 }) })).ranked).toEqual(["a"]);
    expect(sideBySide(await run({ a: host() }))).toEqual([]);
    expect(sideBySide(await run({ a: host(), b: host() }, { purpose: "prove" }))).toEqual([]);
    expect(sideBySide(await run({ a: host() }, { purpose: "judge" }))).toEqual(["a"]);
  });

  it("is not measured of the stale", async () => {
    const ran = await run({ a: host(), b: host(), old: host({ latencyMs: 1 }, { "/position": "5" }) });
    expect(sideBySide(ran)).toEqual(["a", "b"]);
    expect(ran.asked("/bulk")).not.toContain("old");
  });

  it("that is of no use makes a mirror degraded, and it stands behind the good ones", async () => {
    const slow = host({ latencyMs: 1, bytesPerSecond: 45_000 });
    const { ranked, standing } = await run({ slow, good: host({ bytesPerSecond: 1_000_000 }) });
    expect(ranked).toEqual(["good", "slow"]);
    expect(standing("slow")).toMatchObject({ verdict: "degraded", findings: ["slow"], rateIsLowerBound: false });
  });

  it("is not told where it was stopped before anything came, and not called slow", async () => {
    const { ranked, standing } = await run({ slow: host({ latencyMs: 1, bytesPerSecond: 30_000 }), good: host() });
    expect(ranked).toEqual(["good", "slow"]);
    const nothing = { verdict: "ok", findings: [], bytesPerSecond: null, rateIsLowerBound: false };
    expect(standing("slow")).toMatchObject(nothing);
  });

  it("of one that hangs in the download is none, and it is not chosen before others", async () => {
    const stuck = host({ latencyMs: 1, faultOn: { "/bulk": "hang-body" } });
    const { ranked, standing } = await run({ stuck, good: host({ latencyMs: 90 }) });
    expect(ranked[0]).toBe("good");
    const nothing = { bytesPerSecond: null, rateIsLowerBound: false, expectedInstallSeconds: null, findings: [] };
    expect(standing("stuck")).toMatchObject(nothing);
  });

  it.each([
    ["tampered", "/bulk", "<html>pay</html>"],
    ["http-status", "/bulk", 503],
    ["truncated", "/bulk", { breaksAfter: 300_000 }],
  ] as const)("is not all that a download shows: %s", async (reason, path, wrong) => {
    const bad = typeof wrong === "string" ? host({}, { [path]: wrong }) : host({ faultOn: { [path]: wrong } });
    const { standing, ranked } = await run({ bad, good: host({ latencyMs: 60, bytesPerSecond: 2_000_000 }) });
    expect(standing("bad")).toMatchObject({ verdict: "rejected", reason, rank: null });
    expect(ranked).toEqual(["good"]);
  });

  it("of one that has not this artefact is unknown, and that says nothing against it", async () => {
    const { standing } = await run({ a: host(), without: hostWithout(["/bulk"]) });
    expect(standing("without")).toMatchObject({ verdict: "ok", rank: 2, bytesPerSecond: null, findings: [] });
  });
});

describe("what else is seen", () => {
  it("makes a mirror degraded whose certificate is about to expire, and it stands behind the good ones", async () => {
    const expiring = host({ latencyMs: 1, daysLeft: limits.expiringDays - 1 });
    const good = host({ latencyMs: 200, bytesPerSecond: 3_000_000, daysLeft: limits.expiringDays });
    const { ranked, standing } = await run({ expiring, good });
    expect(standing("expiring")).toMatchObject({ verdict: "degraded", reason: "tls-expiring", tlsDaysLeft: 6 });
    expect(standing("good")).toMatchObject({ verdict: "ok", tlsDaysLeft: 7 });
    expect(ranked).toEqual(["good", "expiring"]);
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
