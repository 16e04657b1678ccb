import { describe, expect, it } from "vitest";
import { limits } from "../../src/probe/limits.ts";
import { host, run } from "./course.ts";

const ids = (ran: Awaited<ReturnType<typeof run>>) =>
  ran.result.standings.filter(({ rank }) => rank !== null).map(({ candidate }) => candidate.id);

describe("a race to choose", () => {
  it("is over when all have answered", async () => {
    const { result, standing } = await run({ near: host({ latencyMs: 20 }), gone: host({ fault: "refuse" }) });
    expect(result.elapsedMs).toBeLessThan(limits.graceLeastMs);
    expect(standing("near")).toMatchObject({
      verdict: "ok",
      rank: 1,
      reason: null,
      traits: ["answered"],
      latencyMs: 20,
    });
    expect(standing("gone")).toMatchObject({ verdict: "rejected", rank: null, reason: "connect" });
  });

  it("pays nothing for mirrors that hang beyond the grace after the first proof", async () => {
    const hanging = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`hang${i}`, host({ fault: "hang" })]));
    const { result, standing } = await run({ near: host({ latencyMs: 20 }), ...hanging });
    expect(result.elapsedMs).toBeGreaterThan(20);
    expect(result.elapsedMs).toBeLessThanOrEqual(limits.graceLeastMs + 1);
    expect(standing("hang3")).toMatchObject({ verdict: "unfinished", rank: null, reason: null });
  });

  it("gives the others a time that follows the first, within bounds", async () => {
    const first = 800;
    const last = Math.min(limits.graceFactor * first + limits.graceMs, limits.graceMostMs);
    const hosts = {
      first: host({ latencyMs: first }),
      in: host({ latencyMs: last - 50 }),
      out: host({ latencyMs: last + 50 }),
    };
    const { standing } = await run(hosts);
    expect([standing("in").verdict, standing("out").verdict]).toEqual(["degraded", "unfinished"]);
  });

  it("rejects for slowness only who had all the time there was", async () => {
    const { result, standing } = await run(
      { a: host({ fault: "hang" }), b: host({ fault: "hang-body" }) },
      { capMs: 3000 },
    );
    expect(result.elapsedMs).toBeGreaterThanOrEqual(1500);
    expect(result.elapsedMs).toBeLessThanOrEqual(3000);
    expect([standing("a"), standing("b")]).toMatchObject(
      Array(2).fill({ verdict: "rejected", reason: "timeout", rank: null }),
    );
    expect(ids(await run({ a: host({ fault: "hang" }) }))).toEqual([]);
  });

  it("does not let a reference that hangs hold it up", async () => {
    const { result, standing } = await run({ near: host(), far: host(), reference: host({ fault: "hang" }) });
    expect(result.elapsedMs).toBeLessThanOrEqual(limits.graceLeastMs + limits.rateMs + 100);
    expect(standing("near").verdict).toBe("ok");
  });
});

describe("a race to judge", () => {
  it("hears everybody out up to the cap", async () => {
    const { result, standing } = await run(
      { near: host(), late: host({ latencyMs: 3500 }), hang: host({ fault: "hang" }) },
      { purpose: "judge" },
    );
    expect(standing("late").rank).toBe(2);
    expect(standing("hang")).toMatchObject({ verdict: "rejected", reason: "timeout" });
    expect(result.elapsedMs).toBeLessThanOrEqual(5000);
  });

  it("ends at the cap that was asked for, rates included", async () => {
    const { result } = await run({ a: host(), b: host({ bytesPerSecond: 1000 }) }, { purpose: "judge", capMs: 400 });
    expect(result.elapsedMs).toBeLessThanOrEqual(400);
  });
});

describe("freshness", () => {
  const stale = { verdict: "rejected", reason: "stale", rank: null };

  it("is measured by the reference, up to the lag that is allowed", async () => {
    const hosts = { at: host({}, { "/proof": "990" }), behind: host({}, { "/proof": "989" }), reference: host() };
    const { standing } = await run(hosts);
    expect(standing("at")).toMatchObject({ verdict: "ok", behind: 10 });
    expect(standing("behind")).toMatchObject({ ...stale, behind: 11 });
  });

  it("is measured by the furthest mirror where the reference is silent or behind", async () => {
    const hosts = { a: host({}, { "/proof": "2000" }), b: host() };
    expect((await run({ ...hosts, reference: host({ fault: 500 }) })).standing("b")).toMatchObject(stale);
    expect((await run({ ...hosts, reference: host() })).standing("b")).toMatchObject(stale);
  });

  it("does not count against a mirror that cannot tell it", async () => {
    const { standing } = await run({ mute: host({}, { "/proof": "?" }), reference: host() });
    expect(standing("mute")).toMatchObject({ verdict: "ok", behind: null });
  });
});

describe("the end of a race", () => {
  it("closes every session, whatever happened", async () => {
    const hosts = {
      a: host(),
      b: host({ fault: "hang" }),
      c: host({ fault: "refuse" }),
      reference: host({ fault: "hang" }),
    };
    for (const purpose of ["choose", "judge", "prove"] as const)
      expect((await run(hosts, { purpose })).http.open()).toBe(0);
  });

  it("comes at once when the person wants out", async () => {
    const { result, http } = await run(
      { a: host({ fault: "hang" }), b: host({ latencyMs: 900 }) },
      { abortAfterMs: 100 },
    );
    expect(result.elapsedMs).toBe(100);
    expect(http.open()).toBe(0);
    expect(result.standings.filter(({ rank }) => rank !== null)).toEqual([]);
  });

  it("counts requests and bytes of all", async () => {
    const { result, http } = await run({ a: host(), b: host(), reference: host() });
    expect(result.requests).toBe(http.asked.length);
    expect(result.bytes).toBeGreaterThan(100_000);
  });
});
