import { describe, expect, it } from "vitest";
import { commonCause } from "../../src/core/diagnose.ts";
import { limits } from "../../src/probe/limits.ts";
import { host, run, several } from "./course.ts";

const down = { verdict: "rejected", reason: "connect", rank: null };
const vanished = (count: number) => several(count, () => host({ fault: "vanish" }), "gone");
const now = new Date();

describe("a network that is down, and lets packets vanish", () => {
  it.each(["choose", "judge", "prove"] as const)("is said within two seconds: %s", async (purpose) => {
    const { result, standing } = await run({ ...vanished(5), reference: host({ fault: "vanish" }) }, { purpose });
    expect(result.elapsedMs).toBeLessThanOrEqual(2000);
    expect(standing("gone0")).toMatchObject(down);
    expect(commonCause(result, now)).toMatchObject({ code: "cause-offline" });
  });

  it("is said also where names come from a cache", async () => {
    const { result } = await run(several(3, () => host({ connectMs: 1e9, reachMs: 1e9, nameMs: 5 })));
    expect(result.elapsedMs).toBeLessThanOrEqual(2000);
    expect(commonCause(result, now)).toMatchObject({ code: "cause-offline" });
  });
});

describe("a network that is only slow", () => {
  it.each([
    ["round trips of 600 ms", { nameMs: 600, reachMs: 1200, connectMs: 1800, latencyMs: 620 }],
    ["a packet lost on the way", { nameMs: 20, reachMs: 1650, connectMs: 2250, latencyMs: 600 }],
    ["a name server that takes its time", { nameMs: 1500, reachMs: 2100, connectMs: 2700, latencyMs: 300 }],
  ] as const)("is not cut off: %s", async (_, slow) => {
    const { standing, result } = await run({ a: host(slow), b: host(slow), ...vanished(2) });
    expect(standing("a").traits).toEqual(["answered"]);
    expect(result.elapsedMs).toBeGreaterThan(limits.offlineMs);
    expect(commonCause(result, now)?.code).not.toBe("cause-offline");
  });

  it("is not down where one host says no", async () => {
    const { result } = await run({ ...vanished(3), no: host({ fault: "refuse" }) });
    expect(result.elapsedMs).toBeGreaterThan(3000);
    expect(commonCause(result, now)?.code).not.toBe("cause-offline");
  });

  it("is not down where the reference can be reached, and no mirror", async () => {
    const { result, standing } = await run({ ...vanished(3), reference: host() });
    expect(result.elapsedMs).toBeGreaterThan(3000);
    expect(standing("gone0")).toMatchObject({ reason: "timeout" });
  });
});
