import { describe, expect, it } from "vitest";
import { commonCause } from "../../src/core/diagnose.ts";
import { usualBudget } from "../../src/probe/budget.ts";
import { limits } from "../../src/probe/limits.ts";
import { host, hostWithout, type Ran, run, several } from "./course.ts";

const hanging = (count: number) => several(count, () => host({ fault: "hang" }), "hang");
const unfinished = { verdict: "unfinished", rank: null, reason: null };
/** When the proofs end in a whole race of that long, and the looks that are a little late. */
const provingMs = (capMs: number) => capMs - limits.sharedMostMs - limits.finalMs;
const tickMs = 10;

/** When not even a mirror of twice the leader's rate could still beat it, given that its latency is a part of the time gone. */
function hopelessMs({ standing }: Ran, leader: string): number {
  const { expectedInstallSeconds: seconds, bytesPerSecond: rate } = standing(leader);
  const left = limits.promising * (seconds ?? Number.NaN) - 40_000_000 / (2 * (rate ?? Number.NaN));
  return (left * 1000 * limits.roundsToServe) / 25;
}

describe("a race to choose", () => {
  it("is over when the only one has passed its check, and downloads nothing side by side", async () => {
    const { result, standing, asked } = await run({ near: host() });
    expect(result.elapsedMs).toBeLessThan(100);
    expect(asked("/bulk")).toEqual([]);
    expect(asked("/whole")).toEqual(["near"]);
    expect(standing("near")).toMatchObject({ verdict: "ok", rank: 1, reason: null, traits: ["answered"] });
    expect(standing("near").latencyMs).toBe(20);
  });

  it("waits for nobody who has failed", async () => {
    const { http, ranked, standing } = await run({ near: host(), gone: host({ fault: "refuse" }) });
    expect(http.asked.find(({ url }) => url.endsWith("/whole"))?.at).toBeLessThan(limits.gateMs);
    expect(ranked).toEqual(["near"]);
    expect(standing("gone")).toMatchObject({ verdict: "rejected", rank: null, reason: "connect" });
  });

  it("waits for those that hang no longer than one of them could still win", async () => {
    const ran = await run({ near: host({ bytesPerSecond: 3_000_000 }), ...hanging(9) });
    const checkMs = 20 + 100 / 3 + 3 * tickMs;
    expect(ran.ranked).toEqual(["near"]);
    expect(hopelessMs(ran, "near")).toBeGreaterThan(500);
    expect(ran.result.elapsedMs).toBeGreaterThanOrEqual(hopelessMs(ran, "near"));
    expect(ran.result.elapsedMs).toBeLessThanOrEqual(hopelessMs(ran, "near") + checkMs);
    for (let index = 0; index < 9; index += 1) expect(ran.standing(`hang${index}`)).toMatchObject(unfinished);
  });

  it("pays for those that hang only the gate where two good ones leave them no hope", async () => {
    const pair = { a: host(), b: host() };
    const [without, beside] = [await run(pair), await run({ ...pair, ...hanging(9) })];
    const extra = beside.result.elapsedMs - without.result.elapsedMs;
    expect(beside.ranked).toEqual(without.ranked);
    expect(extra).toBeLessThanOrEqual(limits.gateMs + 2 * tickMs);
  });

  it("opens the downloads at once when enough have served, whoever else hangs", async () => {
    const { http } = await run({ ...several(limits.field, () => host()), ...hanging(3) });
    const firstAt = http.asked.find(({ url }) => url.endsWith("/bulk"))?.at;
    expect(firstAt).toBeLessThan(20 + limits.gateMs);
  });

  it("waits for one that serves late and would be much better", async () => {
    const late = host({ connectMs: 1200 });
    const { ranked, result } = await run({ slow: host({ bytesPerSecond: 1_500_000 }), late });
    expect(ranked).toEqual(["late", "slow"]);
    expect(result.elapsedMs).toBeLessThanOrEqual(usualBudget.wallMs);
  });

  it("does not wait for a late one that could not be much better, and writes nothing of it", async () => {
    const { ranked, result, standing } = await run({ a: host(), b: host(), late: host({ connectMs: 1200 }) });
    expect(result.elapsedMs).toBeLessThan(1200);
    expect(ranked.toSorted()).toEqual(["a", "b"]);
    expect(standing("late")).toMatchObject({ ...unfinished, bytesPerSecond: null });
  });

  it("writes nothing of one that served and measured well, but whose proof was not complete", async () => {
    const open = host({ bytesPerSecond: 2_000_000, faultOn: { "/position": "hang" } });
    const { ranked, standing } = await run({ best: host(), open });
    expect(ranked).toEqual(["best"]);
    expect(standing("open")).toMatchObject(unfinished);
    expect(standing("open").bytesPerSecond).toBeGreaterThan(1_000_000);
  });

  it("does not take the leader before its proof is complete, and takes the next if that never is", async () => {
    const open = host({ faultOn: { "/position": "hang" } });
    const { ranked, standing, asked } = await run({ open, next: host({ bytesPerSecond: 2_000_000 }) });
    expect(ranked).toEqual(["next"]);
    // Its last check has begun meanwhile: that is no reason to take it.
    expect(asked("/whole")).toEqual(["open", "next"]);
    expect(standing("open")).toMatchObject({ verdict: "rejected", reason: "timeout" });
  });

  it("ends at the wall, though somebody could still win", async () => {
    const ran = await run({ fair: host({ latencyMs: 80, bytesPerSecond: 1_200_000 }), ...hanging(3) });
    expect(hopelessMs(ran, "fair")).toBeGreaterThan(usualBudget.wallMs);
    expect(ran.result.elapsedMs).toBeGreaterThan(usualBudget.wallMs - limits.closingMs);
    // Of the only one that served, the last check wants a large stretch.
    expect(ran.result.elapsedMs).toBeLessThanOrEqual(usualBudget.wallMs + limits.finalAloneStretchMs);
    expect(ran.ranked).toEqual(["fair"]);
  });

  it.each([5000, 3000])("rejects for hanging only who had all the time there was, of %s ms", async (capMs) => {
    const { result, standing, ranked } = await run({ ...hanging(2), body: host({ fault: "hang-body" }) }, { capMs });
    expect(result.elapsedMs).toBeGreaterThanOrEqual(provingMs(capMs));
    expect(result.elapsedMs).toBeLessThanOrEqual(capMs);
    expect(ranked).toEqual([]);
    for (const id of ["hang0", "hang1", "body"])
      expect(standing(id)).toMatchObject({ verdict: "rejected", reason: "timeout" });
  });

  it("does not wait for those that hang where no rate can be measured either", async () => {
    const { result } = await run({ near: hostWithout(["/bulk"]), ...hanging(1) });
    expect(result.elapsedMs).toBeLessThanOrEqual(usualBudget.wallMs);
  });
});

describe("a race to judge, or to prove", () => {
  const hosts = { near: host(), late: host({ latencyMs: 3500 }), ...hanging(1) };

  it.each(["judge", "prove"] as const)("hears everybody out up to the cap: %s", async (purpose) => {
    const { result, standing, ranked } = await run(hosts, { purpose });
    expect(ranked).toEqual(["near", "late"]);
    expect(standing("hang0")).toMatchObject({ verdict: "rejected", reason: "timeout", rank: null });
    expect(result.elapsedMs).toBeGreaterThan(3500);
    expect(result.elapsedMs).toBeLessThanOrEqual(5000);
  });

  it("gives the proofs all the time where no rate is wanted, and asks for nothing else", async () => {
    const later = { ...hosts, later: host({ latencyMs: 4500 }) };
    const [proved, judged] = [await run(later, { purpose: "prove" }), await run(later, { purpose: "judge" })];
    expect(proved.ranked).toEqual(["near", "late", "later"]);
    expect(judged.ranked).toEqual(["near", "late"]);
    expect([...proved.asked("/bulk"), ...proved.asked("/whole")]).toEqual([]);
    expect(judged.asked("/bulk")).toContain("near");
  });

  it.each(["judge", "choose"] as const)("ends at the cap that was asked for, rates included: %s", async (purpose) => {
    const { result } = await run({ a: host(), b: host({ bytesPerSecond: 1000 }) }, { purpose, capMs: 200 });
    expect(result.elapsedMs).toBe(200);
  });
});

describe("a field too large to ask at once", () => {
  const many = 10 * limits.abreast;

  it("is asked by turns: in a choice so many as it takes, and the others stay unasked", async () => {
    const { http, result, ranked } = await run(several(many, () => host()));
    expect(ranked.length).toBeGreaterThanOrEqual(limits.abreast);
    expect(new Set(http.asked.map(({ url }) => new URL(url).host)).size).toBeLessThan(many / 2);
    expect(result.standings.filter(({ requests }) => requests === 0)).not.toEqual([]);
  });

  it("is heard out to the last by who judges, with few connections open at a time", async () => {
    const { http, ranked } = await run(
      several(many, () => host()),
      { purpose: "judge" },
    );
    expect(ranked).toHaveLength(many);
    expect(http.seen.most).toBeLessThanOrEqual(2 * (limits.abreast + limits.keptOpen) + 2 * limits.field);
  });

  it("is blamed for nothing where the time is up soon after, or before, its turn", async () => {
    const { result, ranked } = await run(
      several(many, () => host({ latencyMs: 400 })),
      { purpose: "judge" },
    );
    const unfinished = result.standings.filter(({ verdict }) => verdict === "unfinished");
    expect([unfinished.length, ranked.length]).not.toContain(0);
    for (const { detail } of unfinished) expect(detail?.code).toBe("no-time-left");
    expect(unfinished.length + ranked.length).toBe(many);
  });

  it("is not waited for in vain: who has no turn any more cannot come", async () => {
    const only = (index: number) => host(index === 0 ? { bytesPerSecond: 3_000_000 } : { fault: 500, latencyMs: 600 });
    const [all, some] = [many, limits.abreast].map((count) => run(several(count, only)));
    const [longer, shorter] = [await all, await some].map((ran) => ran?.result.elapsedMs ?? Number.NaN);
    expect(longer).toBeLessThanOrEqual((shorter ?? Number.NaN) + 2 * tickMs);
  });

  it("is said to be down with the network, though not all had their turn", async () => {
    const { result } = await run(several(many, () => host({ fault: "vanish" })));
    expect(result.standings.filter(({ requests }) => requests === 0)).not.toEqual([]);
    expect(commonCause(result, new Date())).toMatchObject({ code: "cause-offline" });
  });

  it("is not kept waiting by those in front that hang", async () => {
    const { ranked } = await run({ ...several(limits.abreast, () => host({ fault: "hang" }), "hang"), good: host() });
    expect(ranked).toEqual(["good"]);
  });
});
