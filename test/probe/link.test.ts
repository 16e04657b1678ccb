import { describe, expect, it } from "vitest";
import { limits } from "../../src/probe/limits.ts";
import { makeLink } from "../../src/probe/link.ts";
import { race } from "../../src/probe/race.ts";
import { virtualClock } from "./clock.ts";
import { host, protocol, run, several } from "./course.ts";
import { virtualHttp } from "./virtual.ts";

const never = new AbortController().signal;

describe("the link", () => {
  it("goes to those who wait in their order, and to nobody twice", async () => {
    const clock = virtualClock();
    const link = makeLink(clock);
    const [one, two, three] = [link.join(), link.join(), link.join()];
    const had: string[] = [];
    const first = one.take(never);
    const rest = [two, three].map(async (seat, index) => {
      const giveBack = await seat.take(never);
      had.push(`${index}`);
      return giveBack;
    });
    (await clock.run(first))();
    const second = await clock.run(rest[0] ?? first);
    expect(had).toEqual(["0"]);
    (await first)();
    await Promise.resolve();
    expect(had).toEqual(["0"]);
    second();
    (await clock.run(rest[1] ?? first))();
    expect(had).toEqual(["0", "1"]);
    expect(clock.now()).toBe(0);
  });

  it("is not waited for by who wants out, and passes them by", async () => {
    const clock = virtualClock();
    const link = makeLink(clock);
    const out = new AbortController();
    const giveBack = await clock.run(link.join().take(never));
    const left = link.join().take(out.signal);
    const next = link.join().take(never);
    out.abort();
    (await clock.run(left))();
    giveBack();
    (await clock.run(next))();
    (await clock.run(link.join().take(out.signal)))();
    (await clock.run(link.join().take(never)))();
  });

  it("goes to nobody before all the others are ready or have left", async () => {
    const clock = virtualClock();
    const link = makeLink(clock);
    const [first, second, third] = [link.join(), link.join(), link.join()];
    void clock.sleep(300).then(() => second.take(never));
    void clock.sleep(700).then(() => third.leave());
    (await clock.run(first.take(never)))();
    expect(clock.now()).toBe(700);
  });

  it("waits so long and no longer for one that is never ready, and not for who wants out", async () => {
    const clock = virtualClock();
    const link = makeLink(clock);
    const [first, second] = [link.join(), link.join()];
    link.join();
    const out = new AbortController();
    void clock.sleep(100).then(() => out.abort());
    (await clock.run(second.take(out.signal)))();
    expect(clock.now()).toBe(100);
    (await clock.run(first.take(never)))();
    expect(clock.now()).toBe(100 + limits.quietMs);
  });
});

describe("a race that waits for the link", () => {
  const hosts = { near: host({ bytesPerSecond: 3_000_000 }), far: host({ latencyMs: 80, bytesPerSecond: 8_000_000 }) };

  it.each(["choose", "judge"] as const)("proves meanwhile, and downloads only then: %s", async (purpose) => {
    const { http, ranked } = await run(hosts, { purpose, lineTakenMs: 3000 });
    for (const { url, at } of http.asked) {
      const isBulk = /bulk|whole/.test(url);
      if (isBulk) expect(at).toBeGreaterThanOrEqual(3000);
    }
    expect(http.asked.filter(({ at }) => at < 100).length).toBeGreaterThanOrEqual(5);
    expect(ranked).toEqual(["far", "near"]);
  });

  it.each([100, 3000, 60_000])("has as much time as if it had not waited, after %s ms", async (lineTakenMs) => {
    // The waiting race needs nearly all that the wall leaves it.
    const many = several(4, (index) => host({ latencyMs: 100 + index, bytesPerSecond: 300_000 }));
    const [waiting, free] = [await run(many, { lineTakenMs }), await run(many)];
    const shift = waiting.result.elapsedMs - free.result.elapsedMs;
    expect(waiting.ranked).toEqual(free.ranked);
    expect(waiting.result.bytes).toBe(free.result.bytes);
    expect(free.result.elapsedMs).toBeGreaterThan(1500);
    expect(shift).toBeLessThanOrEqual(lineTakenMs);
    expect(shift).toBeGreaterThanOrEqual(lineTakenMs - 400);
  });

  it("has the whole of its cap left", async () => {
    const { result } = await run({ a: host(), b: host({ bytesPerSecond: 1000 }) }, { capMs: 200, lineTakenMs: 1000 });
    expect(result.elapsedMs).toBeGreaterThan(1100);
    expect(result.elapsedMs).toBeLessThanOrEqual(1200);
  });

  it("ends when the person wants out", async () => {
    const { result, http } = await run(hosts, { lineTakenMs: 3000, abortAfterMs: 500 });
    expect(result.elapsedMs).toBe(500);
    expect(http.seen.open).toBe(0);
  });

  it("needs no line to find that nobody proves good, or where no rate is wanted", async () => {
    const nobody = await run({ gone: host({ fault: "refuse" }) }, { lineTakenMs: 3000 });
    expect(nobody.result.elapsedMs).toBeLessThan(100);
    expect((await run(hosts, { purpose: "prove", lineTakenMs: 3000 })).result.elapsedMs).toBeLessThan(1500);
  });
});

it("keeps the bulk downloads of races side by side apart, and nothing else", async () => {
  const clock = virtualClock();
  const link = makeLink(clock);
  const races = ["a", "b", "c"].map((name) => {
    const ids = ["0", "1"].map((each) => name + each);
    const http = virtualHttp(clock, Object.fromEntries(ids.map((id) => [`${id}.example`, host()])));
    const options = { capMs: 5000, purpose: "choose", places: 1, toolVersion: null, signal: never } as const;
    const seat = link.join();
    const candidates = ids.map((id) => ({ id, url: `https://${id}.example`, mirror: null }));
    const rest = { forbiddenHosts: new Set<string>(), onProgress: () => undefined };
    const run = async () => {
      const { standings } = await race(candidates, protocol, { http, clock }, { ...options, ...rest, seat });
      const bulk = http.asked.filter(({ url }) => /bulk|whole/.test(url)).map(({ at }) => at);
      expect(standings.filter(({ rank }) => rank !== null)).toHaveLength(2);
      expect(http.asked[0]?.at).toBe(0);
      return { from: Math.min(...bulk), to: clock.now() };
    };
    return run();
  });
  const spans = (await clock.run(Promise.all(races))).toSorted((one, other) => one.from - other.from);
  for (const [index, { from }] of spans.entries()) expect(from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? 0);
});
