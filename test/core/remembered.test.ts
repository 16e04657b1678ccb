import { describe, expect, it } from "vitest";
import { forgetRaces, recall, remember, sittingOut } from "../../src/core/remembered.ts";
import type { Services } from "../../src/core/types.ts";
import type { PathState, Replacement } from "../../src/ports/types.ts";
import type { Candidate, RaceResult, Reason, Standing } from "../../src/probe/types.ts";

const minute = 60_000;

/** A machine with one file, whose clock, network and program are ours to set. */
function machine() {
  const state = { now: Date.parse("2026-11-20T10:00:00Z"), network: "home", version: "1.0.0" };
  let file: Replacement | null = null;
  const read = async (): Promise<PathState> =>
    file === null
      ? { kind: "missing" }
      : { kind: "file", realPath: "/c/probe.json", bytes: file.bytes, mode: file.mode, uid: 0, gid: 0 };
  const services = {
    read: { read, facts: { os: "linux", env: {}, home: "/h", uid: 0, cwd: "/" } },
    write: {
      makeDirectory: async () => [],
      replace: async (_: string, content: Replacement) => {
        file = content;
      },
    },
    clock: { now: () => 0, date: () => new Date(state.now), sleep: async () => undefined },
    fingerprint: async () => state.network,
    version: async () => state.version,
    own: { config: "/f", state: "/s", cache: "/c" },
  } as unknown as Services;
  const text = () => new TextDecoder().decode(file?.bytes);
  const damage = (damaged: string) => {
    file = { bytes: new TextEncoder().encode(damaged), mode: 0o600, owner: null };
  };
  return { state, services, file: () => file, text, damage };
}

const candidates = ["a", "b", "c", "d"].map((id): Candidate => ({ id, url: `https://${id}.example`, mirror: null }));

/** A race in which all prove good but those that are named here. */
function race(rejected: Readonly<Record<string, Reason>> = {}): RaceResult {
  const standings = candidates.map((candidate) => {
    const reason = rejected[candidate.id] ?? null;
    return {
      candidate,
      verdict: reason === null ? "ok" : "rejected",
      reason,
      bytesPerSecond: 1e6,
      rateIsLowerBound: true,
    } as Standing;
  });
  return { standings } as unknown as RaceResult;
}

describe("the memory of races", () => {
  const ids = (found: readonly Candidate[]) => found.map(({ id }) => id).join("");
  const out = async ({ services }: ReturnType<typeof machine>, inUse: readonly string[] = []) =>
    ids(await sittingOut("go", candidates, inUse, services));

  it("has an order for six hours, and calls it verified for a quarter of an hour", async () => {
    const { state, services } = machine();
    await remember("go", candidates, race(), services);
    const ages = [0, 14, 16, 359, 361].map((age) => age * minute);
    const found = [];
    const start = state.now;
    for (const age of ages) {
      state.now = start + age;
      found.push((await recall("go", candidates, services))?.verified);
    }
    expect(found).toEqual([true, true, false, false, undefined]);
  });

  it.each<Reason>(["denied", "not-a-mirror", "tampered", "stale", "tls"])(
    "lets %s sit out for ten minutes",
    async (why) => {
      const world = machine();
      await remember("go", candidates, race({ b: why }), world.services);
      expect(await out(world)).toBe("b");
      world.state.now += 10 * minute;
      expect(await out(world)).toBe("");
    },
  );

  it.each<Reason>(["timeout", "connect", "dns", "slow", "http-status", "rate-limited"])(
    "does not for %s",
    async (why) => {
      const world = machine();
      await remember("go", candidates, race({ b: why }), world.services);
      expect(await out(world)).toBe("");
    },
  );

  it("doubles that while it repeats, up to two hours, and an hour for what may have synchronised meanwhile", async () => {
    for (const [why, expected] of [
      ["denied", [10, 20, 40, 80, 120, 120]],
      ["stale", [10, 20, 40, 60, 60, 60]],
    ] as const) {
      const world = machine();
      for (const minutes of expected) {
        await remember("go", candidates, race({ b: why }), world.services);
        world.state.now += minutes * minute - 1;
        expect(await out(world)).toBe("b");
        world.state.now += 1;
        expect(await out(world)).toBe("");
      }
    }
  });

  it("starts anew once the mirror has proved good, or after a day", async () => {
    const world = machine();
    const twice = async () => {
      await remember("go", candidates, race({ b: "denied" }), world.services);
      await remember("go", candidates, race({ b: "denied" }), world.services);
    };
    await twice();
    await remember("go", candidates, race(), world.services);
    expect(await out(world)).toBe("");
    await twice();
    world.state.now += 25 * 60 * minute;
    await remember("go", candidates, race({ b: "denied" }), world.services);
    world.state.now += 10 * minute;
    expect(await out(world)).toBe("");
  });

  it("lets nobody sit out who is in use, and nobody at all where fewer than two others would race", async () => {
    const world = machine();
    await remember("go", candidates, race({ a: "denied", b: "tampered" }), world.services);
    expect(await out(world)).toBe("ab");
    expect(await out(world, ["https://a.example/"])).toBe("b");
    await remember("go", candidates, race({ a: "denied", b: "denied", c: "tls" }), world.services);
    expect(await out(world)).toBe("");
  });

  it.each<[string, (state: ReturnType<typeof machine>["state"]) => unknown]>([
    ["on another network", (state) => Object.assign(state, { network: "office" })],
    ["to another version of the program", (state) => Object.assign(state, { version: "1.0.1" })],
    ["when the clock has jumped back", (state) => Object.assign(state, { now: state.now - 1 })],
  ])("says nothing %s", async (_, change) => {
    const world = machine();
    await remember("go", candidates, race({ b: "denied" }), world.services);
    change(world.state);
    expect(await recall("go", candidates, world.services)).toBeNull();
    expect(await out(world)).toBe("");
  });

  it("forgets the races of an ecosystem whose choice has failed, and nothing else", async () => {
    const { services } = machine();
    await remember("go", candidates, race(), services);
    await remember("npm", candidates, race({ b: "denied" }), services);
    await forgetRaces("go", services);
    expect(await recall("go", candidates, services)).toBeNull();
    expect(await recall("npm", candidates, services)).not.toBeNull();
    expect(ids(await sittingOut("npm", candidates, [], services))).toBe("b");
  });

  it("keeps what races that end side by side have to tell", async () => {
    const { services } = machine();
    const all = ["go", "pip", "npm", "docker"] as const;
    await Promise.all(all.map((id) => remember(id, candidates, race({ b: "denied" }), services)));
    expect(await Promise.all(all.map((id) => recall(id, candidates, services)))).not.toContain(null);
  });

  it("is private, bounded, and names no host that was rejected", async () => {
    const { services, file, text, state } = machine();
    for (let index = 0; index < 60; index += 1) {
      state.now += minute;
      state.network = `network ${index}`;
      await remember("go", candidates, race({ a: "denied", b: "denied", c: "tls", d: "tls" }), services);
    }
    expect(file()?.mode).toBe(0o600);
    const { races, rejections } = JSON.parse(text());
    expect([Object.keys(races).length, Object.keys(rejections).length]).toEqual([20, 200]);
    expect(text()).not.toContain("example");
  });

  it.each([
    "",
    "null",
    "[]",
    '{"format":2,"program":"1.0.0","at":7}',
    '{"format":2,"program":"1.0.0","at":"2026-11-20T09:00:00Z","races":[[]],"rejections":{"x":null}}',
  ])("passes over what it did not write: %s", async (damaged) => {
    const world = machine();
    world.damage(damaged);
    expect(await recall("go", candidates, world.services)).toBeNull();
    expect(await out(world)).toBe("");
  });

  it("passes over entries that were tampered with, and keeps the others", async () => {
    const world = machine();
    await remember("go", candidates, race({ b: "denied" }), world.services);
    const memory = JSON.parse(world.text());
    for (const entry of Object.values<Record<string, unknown>>(memory.races)) entry.mirrors = [{ url: "no address" }];
    world.damage(JSON.stringify(memory));
    expect(await recall("go", candidates, world.services)).toBeNull();
    expect(await out(world)).toBe("b");
  });
});
