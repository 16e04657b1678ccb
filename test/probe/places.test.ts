import { describe, expect, it } from "vitest";
import { usualBudget } from "../../src/probe/budget.ts";
import { host, run, several } from "./course.ts";

const first = host({ latencyMs: 10 });
const second = (more = {}, paths = {}) => host({ latencyMs: 40, bytesPerSecond: 3_000_000, ...more }, paths);
const third = host({ latencyMs: 60, bytesPerSecond: 1_500_000 });

describe("a race for two places", () => {
  it("checks the second too, after the first, and nobody else", async () => {
    const { ranked, asked } = await run({ third, second: second(), first }, { places: 2 });
    expect(ranked).toEqual(["first", "second", "third"]);
    expect(asked("/whole")).toEqual(["first", "second"]);
  });

  it.each([
    ["truncated", { faultOn: { "/whole": { breaksAfter: 50_000 } } }, {}],
    ["tampered", {}, { "/whole": "other" }],
  ] as const)("takes the third where the second fails: %s", async (reason, more, paths) => {
    const { ranked, standing, asked } = await run({ third, second: second(more, paths), first }, { places: 2 });
    expect(ranked).toEqual(["first", "third"]);
    expect(standing("second")).toMatchObject({ verdict: "rejected", reason });
    expect(asked("/whole")).toEqual(["first", "second", "third"]);
  });

  it("does not hold it against the second that the time was up", async () => {
    const stuck = second({ faultOn: { "/whole": "hang" } });
    const { ranked, result } = await run({ stuck, first }, { places: 2 });
    expect(ranked).toEqual(["first", "stuck"]);
    expect(result.elapsedMs).toBeLessThanOrEqual(usualBudget.wallMs);
  });

  it("waits for the second's proof, but not beyond the wall", async () => {
    const late = { latencyMs: 40, bytesPerSecond: 3_000_000, faultOn: { "/position": { bytesPerSecond: 3 } } };
    const hosts = { first, open: host(late), third };
    expect((await run(hosts)).standing("open")).toMatchObject({ verdict: "unfinished" });
    const { standing } = await run(hosts, { places: 2 });
    expect(standing("open")).toMatchObject({ verdict: "ok", rank: 2 });
    const hanging = { first, open: second({ faultOn: { "/position": "hang" } }), third };
    const { result, ranked } = await run(hanging, { places: 2 });
    expect(ranked).toEqual(["first", "third"]);
    expect(result.elapsedMs).toBeLessThanOrEqual(usualBudget.wallMs + 100);
  });
});

describe("a reference that comes late", () => {
  const lateMs = usualBudget.wallMs + 300;
  const reference = host({ connectMs: lateMs }, { "/position": "2000" });
  const hanging = several(1, () => host({ fault: "hang" }), "hang");

  it("is waited for where nobody else could tell that the winner is stale", async () => {
    const { standing, ranked } = await run({ alone: host(), ...hanging, reference });
    expect(standing("alone")).toMatchObject({ verdict: "rejected", reason: "stale" });
    expect(ranked).toEqual([]);
  });

  it("is not waited for where another mirror is as far", async () => {
    const alike = { near: host(), far: host({ latencyMs: 80 }) };
    const { result, ranked } = await run({ ...alike, ...hanging, reference });
    expect(ranked.toSorted()).toEqual(["far", "near"]);
    expect(result.elapsedMs).toBeLessThanOrEqual(usualBudget.wallMs);
  });

  it("is waited for no longer than the proofs have", async () => {
    const { result, ranked } = await run({ alone: host(), ...hanging, reference: host({ fault: "hang" }) });
    expect(ranked).toEqual(["alone"]);
    expect(result.elapsedMs).toBeLessThanOrEqual(5000);
  });
});
