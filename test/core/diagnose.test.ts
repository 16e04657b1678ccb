import { describe, expect, it } from "vitest";
import { commonCause } from "../../src/core/diagnose.ts";
import type { RaceResult, Reason, Standing } from "../../src/probe/types.ts";
import type { Detail } from "../../src/report/types.ts";

const now = new Date("2031-02-03T04:05:06Z");

/** A race in which every mirror ended so; null stands for one that proved good. */
function raceOf(...ends: readonly (readonly [Reason, Detail] | null)[]): RaceResult {
  const standings = ends.map((end, index) => {
    const [reason, detail] = end ?? [null, null];
    const candidate = { id: `m${index}`, url: `https://m${index}.example`, mirror: null };
    return { candidate, verdict: end === null ? "ok" : "rejected", reason, detail } as Standing;
  });
  return { standings, lagUnit: "records", elapsedMs: 0, requests: 0, bytes: 0 };
}

const refused = ["connect", { code: "no-connection", args: { code: "ECONNREFUSED" } }] as const;
const unknownName = ["dns", { code: "no-address", args: { host: "x", code: "EAI_AGAIN" } }] as const;
const expired = ["tls", { code: "cert-expired", args: {} }] as const;
const early = ["tls", { code: "cert-not-yet", args: {} }] as const;
const unknown = ["tls", { code: "cert-unknown", args: {} }] as const;
const page = ["not-a-mirror", { code: "other-content", args: { type: "text/html" } }] as const;
const image = ["not-a-mirror", { code: "other-content", args: { type: "image/png" } }] as const;
const noProxy = [
  "connect",
  { code: "proxy-unreachable", args: { proxy: "127.0.0.1:7890", code: "ECONNREFUSED" } },
] as const;
const silentProxy = ["timeout", { code: "proxy-silent", args: {} }] as const;
const mute = ["timeout", { code: "no-answer", args: {} }] as const;
const login = ["connect", { code: "proxy-login", args: {} }] as const;
const error = ["http-status", { code: "http-status", args: { status: 500 } }] as const;
const silent = ["stale", { code: "nothing-new", args: { count: 30 } }] as const;
const behind = ["stale", { code: "behind-by", args: { count: 9, unit: "days" } }] as const;
const needsLogin = ["http-status", { code: "http-status", args: { status: 511 } }] as const;

describe("what all mirrors have in common", () => {
  it.each([
    ["nobody can be reached", [refused, unknownName, refused], "cause-offline"],
    ["certificates of the wrong time", [expired, early], "cause-clock"],
    ["an authority nobody knows", [unknown, unknown], "cause-interception"],
    ["one page for all", [page, page, page], "cause-login"],
    ["a network that says it wants a login", [needsLogin, needsLogin], "cause-login"],
    ["nothing new on any of them", [silent, behind, silent], "cause-stale"],
    ["a proxy that is gone, or silent", [noProxy, silentProxy], "cause-proxy"],
    ["hosts that take connections and say nothing", [mute, mute], "cause-silent"],
    ["a proxy that wants a password", [login, login], "cause-proxy-login"],
  ] as const)("%s", (_, ends, code) => {
    expect(commonCause(raceOf(...ends), now)?.code).toBe(code);
  });

  it("names the time that the clock has", () => {
    expect(commonCause(raceOf(expired, expired), now)?.args).toEqual({ now: "2031-02-03 04:05" });
  });

  it.each([
    ["one that proved good", [refused, refused, null]],
    ["faults of different kinds", [refused, page]],
    ["pages of different kinds", [page, image]],
    ["errors", [error, error]],
    ["only one mirror", [expired]],
  ] as const)("is nothing with %s", (_, ends) => {
    expect(commonCause(raceOf(...ends), now)).toBeNull();
  });
});
