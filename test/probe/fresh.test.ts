import { describe, expect, it } from "vitest";
import { usualBudget } from "../../src/probe/budget.ts";
import { limits } from "../../src/probe/limits.ts";
import { host, run } from "./course.ts";

const stale = { verdict: "rejected", reason: "stale", rank: null };
const at = (position: string, more = {}) => host(more, { "/position": position });

describe("freshness", () => {
  it("is measured by the reference, up to the lag that is allowed", async () => {
    const { standing } = await run({ at: at("990"), behind: at("989"), reference: host() });
    expect(standing("at")).toMatchObject({ verdict: "ok", behind: 10 });
    expect(standing("behind")).toMatchObject({ ...stale, behind: 11 });
    expect(standing("behind").detail).toEqual({ code: "behind-by", args: { count: 11, unit: "records" } });
  });

  it("is measured by the reference also when that is slower than the mirrors", async () => {
    const slow = host({ latencyMs: 500 });
    const alone = await run({ old: at("5"), reference: slow });
    expect(alone.standing("old")).toMatchObject(stale);
    expect(alone.ranked).toEqual([]);
    const beside = await run({ old: at("5"), older: at("5", { latencyMs: 60 }), reference: slow });
    expect(beside.ranked).toEqual([]);
    expect(beside.result.elapsedMs).toBeLessThan(1000);
  });

  it("is measured by the furthest mirror where the reference is silent or behind", async () => {
    const hosts = { far: at("2000"), old: host() };
    for (const reference of [host({ fault: 500 }), host()]) {
      const { standing, ranked } = await run({ ...hosts, reference });
      expect(standing("old")).toMatchObject(stale);
      expect(ranked).toEqual(["far"]);
    }
  });

  it("that one alone claims, and nobody signs, makes no other stale; two that agree do", async () => {
    const hearsay = { purpose: "judge", protocol: { reference: null, isHearsay: true } } as const;
    const claimed = await run({ boasts: at("9000"), plain: at("1000"), other: at("1000"), old: at("5") }, hearsay);
    expect(claimed.ranked.toSorted()).toEqual(["boasts", "other", "plain"]);
    expect(claimed.standing("old")).toMatchObject(stale);
    const vouched = await run({ new: at("9000"), newer: at("9001"), plain: at("1000") }, hearsay);
    expect(vouched.standing("plain")).toMatchObject(stale);
    const two = await run({ new: at("9000"), plain: at("1000") }, hearsay);
    expect(two.standing("plain")).toMatchObject(stale);
  });

  it("that shows late costs the leader its place, and the next is checked", async () => {
    const old = at("5", { faultOn: { "/position": { bytesPerSecond: 2 } } });
    const { ranked, standing, asked } = await run({
      old,
      next: host({ bytesPerSecond: 2_000_000 }),
      reference: host(),
    });
    expect(standing("old")).toMatchObject(stale);
    expect(standing("old").bytesPerSecond).toBeGreaterThan(standing("next").bytesPerSecond ?? Number.NaN);
    expect(ranked).toEqual(["next"]);
    expect(asked("/whole")).toEqual(["old", "next"]);
  });

  it("does not count against a mirror that cannot tell it", async () => {
    const { standing } = await run({ mute: at("?"), reference: host() });
    expect(standing("mute")).toMatchObject({ verdict: "ok", rank: 1, behind: null });
  });
});

describe("where there is no reference", () => {
  const old = at("5");
  /** Serves at once, and says only after two seconds how far it is. */
  const slow = host({ bytesPerSecond: 500_000, faultOn: { "/position": { bytesPerSecond: 2 } } });

  it("the others are waited for that can tell that the first is behind", async () => {
    const { ranked, standing } = await run({ old, far: slow });
    expect(standing("old")).toMatchObject(stale);
    expect(ranked).toEqual(["far"]);
  });

  it("nobody is waited for who has not answered anything, or where another is as far", async () => {
    const alone = await run({ old, hang: host({ fault: "hang" }) });
    expect(alone.ranked).toEqual(["old"]);
    const vouched = await run({ old, other: at("6"), slow });
    expect(vouched.ranked.toSorted()).toEqual(["old", "other"]);
    for (const { result } of [alone, vouched]) expect(result.elapsedMs).toBeLessThan(1200);
  });

  it("whoever has not failed yet is heard out when all the others have", async () => {
    const broken = host({ faultOn: { "/whole": 500 } });
    const { ranked, result } = await run({ broken, far: host({ latencyMs: 1000 }) });
    expect(ranked).toEqual(["far"]);
    expect(result.elapsedMs).toBeGreaterThan(1000);
  });
});

describe("a reference that hangs", () => {
  const reference = host({ fault: "hang" });

  it("has no more than its time after the last mirror, though downloads have begun meanwhile", async () => {
    const late = host({ faultOn: { "/position": { bytesPerSecond: 10 } } });
    const { result, ranked, asked } = await run({ late, far: at("2000"), reference });
    expect([ranked, asked("/bulk").includes("far")]).toEqual([["far"], true]);
    expect(result.elapsedMs).toBeGreaterThan(limits.refereeMs);
    expect(result.elapsedMs).toBeLessThan(usualBudget.wallMs);
  });

  it.each(["choose", "judge"] as const)("holds nobody up beyond its time: %s", async (purpose) => {
    const hosts = { near: host(), far: host({ latencyMs: 80 }) };
    const [with_, without] = [await run({ ...hosts, reference }, { purpose }), await run(hosts, { purpose })];
    expect(with_.ranked.toSorted()).toEqual(["far", "near"]);
    expect(with_.result.elapsedMs - without.result.elapsedMs).toBeLessThanOrEqual(limits.refereeMs);
  });

  it("holds nobody up beyond the wall where a mirror hangs too", async () => {
    const { ranked, result } = await run({ near: host(), far: host(), hang: host({ fault: "hang" }), reference });
    expect(ranked.toSorted()).toEqual(["far", "near"]);
    expect(result.elapsedMs).toBeLessThanOrEqual(usualBudget.wallMs);
  });
});
