import { describe, expect, it } from "vitest";
import { usualBudget } from "../../src/probe/budget.ts";
import { limits } from "../../src/probe/limits.ts";
import type { Protocol } from "../../src/probe/types.ts";
import { host, hostWithout, protocol, run, several } from "./course.ts";
import type { HostScript } from "./virtual.ts";

/** Better than the next one in all that is measured before the last check. */
const best = (more: Partial<HostScript> = {}, paths = {}) => host({ latencyMs: 10, ...more }, paths);
const next = host({ latencyMs: 40, bytesPerSecond: 2_000_000 });
const drip = { "/whole": { bytesPerSecond: 1000 } } as const;

/** A proof that takes no answer about the position for none. */
const proveWithoutPosition: Protocol["prove"] = async (visit) => {
  const proof = await protocol.prove(visit);
  return { ...proof, reason: null };
};

describe("the last check", () => {
  it("is of the winner only, and once", async () => {
    for (const purpose of ["choose", "judge"] as const) {
      const { ranked, asked } = await run({ next, best: best() }, { purpose });
      expect(ranked).toEqual(["best", "next"]);
      expect(asked("/whole")).toEqual(["best"]);
    }
  });

  it.each([
    ["truncated", best({ faultOn: { "/whole": { breaksAfter: 50_000 } } })],
    ["tampered", best({}, { "/whole": "WHOLE".repeat(19_999) })],
    ["http-status", best({ faultOn: { "/whole": 503 } })],
    ["connect", best({ faultOn: { "/whole": "refuse" } })],
    ["slow", best({ faultOn: drip })],
    ["slow", best({ faultOn: { "/whole": "hang" } })],
  ] as const)("rejects as %s, and the next in line is checked", async (reason, bad) => {
    const { ranked, standing, asked, result } = await run({ next, bad });
    expect(standing("bad")).toMatchObject({ verdict: "rejected", reason, rank: null });
    expect(standing("bad").bytesPerSecond).toBeGreaterThan(standing("next").bytesPerSecond ?? Number.NaN);
    expect(ranked).toEqual(["next"]);
    expect(asked("/whole")).toEqual(["bad", "next"]);
    expect(result.elapsedMs).toBeLessThanOrEqual(usualBudget.wallMs);
  });

  it("goes down the line until one passes, and to its end if none does", async () => {
    const broken = (index: number) =>
      host({ latencyMs: 10 + 20 * index, bytesPerSecond: 3_000_000, faultOn: { "/whole": { breaksAfter: 9 } } });
    const some = await run({ ...several(3, broken), next });
    expect(some.asked("/whole")).toEqual(["m0", "m1", "m2", "next"]);
    expect(some.ranked).toEqual(["next"]);
    const none = await run(several(3, broken));
    expect(none.asked("/whole")).toEqual(["m0", "m1", "m2"]);
    expect(none.ranked).toEqual([]);
  });

  it.each([
    ["truncated", host({ faultOn: { "/whole": { breaksAfter: 50_000 } } })],
    ["tampered", host({}, { "/whole": "other" })],
    ["slow", host({ faultOn: drip })],
  ] as const)("is not spared the only one: %s", async (reason, alone) => {
    const { standing, ranked, result } = await run({ alone });
    expect(ranked).toEqual([]);
    expect(standing("alone")).toMatchObject({ verdict: "rejected", reason });
    expect(result.elapsedMs).toBeLessThanOrEqual(limits.finalAloneMs + 100);
  });

  it("is a complete stretch of the large artefact where the other is missing", async () => {
    const late = { bytesPerSecond: 700_000, faultOn: { "/bulk": { breaksAfter: 500_000 } } };
    const breaking = hostWithout(["/whole"], late);
    const { ranked, standing, asked } = await run({ breaking, next: host({ bytesPerSecond: 500_000 }) });
    expect(asked("/bulk").filter((id) => id === "breaking")).toHaveLength(2);
    expect(standing("breaking")).toMatchObject({ verdict: "rejected", reason: "truncated", rank: null });
    expect(ranked).toEqual(["next"]);
  });

  it("asks for no stretch that was already delivered, and passes who has neither", async () => {
    const { ranked, asked } = await run({ best: hostWithout(["/whole"], { bytesPerSecond: 3_000_000 }), next });
    expect(ranked).toEqual(["best", "next"]);
    expect(asked("/bulk").filter((id) => id === "best")).toHaveLength(1);
    const bare = await run({ bare: hostWithout(["/whole", "/bulk"]) });
    expect(bare.ranked).toEqual(["bare"]);
    expect(bare.asked("/bulk")).toEqual(["bare"]);
  });

  it("asks a few small things more, and a mirror that fails one of them is not taken", async () => {
    // The first of these are part of its proof.
    const failing = best({ failsFrom: { "/artefact": 2, "/position": 2 } });
    const { ranked, standing, asked } = await run({ next, failing });
    const small = [...asked("/artefact"), ...asked("/position")];
    expect(small.filter((id) => id === "next").length).toBeGreaterThan(2);
    expect(standing("next").requests).toBeLessThanOrEqual(usualBudget.evidence + 1);
    expect(standing("failing")).toMatchObject({ verdict: "rejected", reason: "http-status", rank: null });
    expect(ranked).toEqual(["next"]);
  });

  it("asks more of one that has failed a request before, which stands behind those that have not", async () => {
    const unsteady = best({ faultOn: { "/position": 500 } });
    const mild = { protocol: { prove: proveWithoutPosition } };
    const beside = await run({ next, unsteady }, mild);
    expect(beside.ranked).toEqual(["next", "unsteady"]);
    expect(beside.standing("unsteady")).toMatchObject({ verdict: "degraded", findings: ["http-status"] });
    const alone = await run({ unsteady }, mild);
    expect(alone.ranked).toEqual(["unsteady"]);
    expect(alone.asked("/artefact").length).toBeGreaterThanOrEqual(limits.repeatsAfterFailure);
  });

  it("is not made where nothing is to be chosen", async () => {
    const { ranked, asked } = await run({ bad: host({ faultOn: drip }) }, { purpose: "prove" });
    expect(ranked).toEqual(["bad"]);
    expect(asked("/whole")).toEqual([]);
  });

  it("is passed by whoever is first in the end, also when the time runs out", async () => {
    const { ranked, asked } = await run(several(9, (index) => host({ latencyMs: 20 + index, faultOn: drip })));
    expect(asked("/whole").length).toBeLessThan(9);
    expect(ranked).toEqual([]);
  });

  it("leaves somebody on a slow line where all are slow, and none is of no use", async () => {
    const slow = 2 * limits.slowRate;
    const { ranked } = await run(several(3, (index) => host({ latencyMs: 20 + index, bytesPerSecond: slow })));
    expect(ranked.length).toBeGreaterThan(0);
  });

  it("is of whoever stands first, which need not be the fastest: one whose certificate expires soon stands behind", async () => {
    const expiring = host({ latencyMs: 10, daysLeft: limits.expiringDays - 1 });
    const broken = host({ latencyMs: 40, bytesPerSecond: 2_000_000, faultOn: { "/whole": { breaksAfter: 9 } } });
    const { ranked, asked } = await run({ expiring, broken });
    expect(asked("/whole")).toEqual(["broken", "expiring"]);
    expect(ranked).toEqual(["expiring"]);
  });
});
