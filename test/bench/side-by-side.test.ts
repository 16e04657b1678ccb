import { expect, it } from "vitest";
import { usualBudget } from "../../src/probe/budget.ts";
import { limits } from "../../src/probe/limits.ts";
import { makeLink } from "../../src/probe/link.ts";
import type { RaceResult } from "../../src/probe/types.ts";
import { raceIn } from "./ours.ts";
import { networkOf, portsOf } from "./run.ts";
import { sets } from "./sets.ts";
import { virtualClock } from "./sim/clock.ts";
import { Link } from "./sim/link.ts";
import { drawWorld, type World } from "./worlds.ts";

/** How races of one line are run: with the seats of our link, or each as if it were alone. */
interface Running {
  readonly areSeated: boolean;
  /** Milliseconds that each begins after the first: its tools are asked before. */
  readonly lateMs?: readonly number[];
}

interface Ran {
  readonly results: readonly RaceResult[];
  readonly wallMs: number;
}

/** Races that share the client's line, in virtual time. */
async function runAll(worlds: readonly World[], { areSeated, lateMs = [] }: Running): Promise<Ran> {
  const clock = virtualClock();
  const line = new Link(clock, worlds[0]?.line.bytesPerSecond ?? 0);
  const link = makeLink(clock);
  const races = worlds.map(async (world, index) => {
    const seat = areSeated ? link.join() : null;
    await clock.sleep(lateMs[index] ?? 0);
    const candidates = world.mirrors.map(({ candidate }) => candidate);
    const result = await raceIn(world, candidates, portsOf(networkOf(world, clock, line), clock), seat);
    seat?.leave();
    return result;
  });
  const results = await clock.run(Promise.all(races));
  return { results, wallMs: clock.now() };
}

const kinds = ["go", "npm", "pip"] as const;
const drawn = (index: number) => kinds.map((kind) => drawWorld({ ...sets[kind], faulty: 0 }, `${kind}/all/${index}`));

/** Latencies in this run ÷ those of the same mirrors alone, smallest first. */
function ratios(run: Ran, alone: readonly RaceResult[]): number[] {
  const all = run.results.flatMap(({ standings }, index) =>
    standings.flatMap(({ candidate, latencyMs }) => {
      const own = alone[index]?.standings.find((other) => other.candidate.id === candidate.id)?.latencyMs ?? null;
      return latencyMs === null || own === null ? [] : [latencyMs / own];
    }),
  );
  return all.toSorted((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;

it("sees the same latencies when all ecosystems race as when each races alone, in little more time", async () => {
  const lateMs = [0, 150, 500];
  const seated: number[] = [];
  const unseated: number[] = [];
  const walls: number[] = [];
  for (let index = 0; index < 12; index += 1) {
    const alone: RaceResult[] = [];
    for (const world of drawn(index)) alone.push(...(await runAll([world], { areSeated: false })).results);
    const all = await runAll(drawn(index), { areSeated: true, lateMs });
    seated.push(...ratios(all, alone));
    unseated.push(...ratios(await runAll(drawn(index), { areSeated: false, lateMs }), alone));
    walls.push(all.wallMs);
  }
  const [ours, theirs] = [seated.toSorted((a, b) => a - b), unseated.toSorted((a, b) => a - b)];
  expect(at(ours, 0.5)).toBeLessThan(1.05);
  expect(at(ours, 0.95)).toBeLessThan(1.1);
  expect(at(theirs, 0.95)).toBeGreaterThan(1.5);
  const budgets = [usualBudget.wallMs, usualBudget.wallMs, 3500];
  for (const wallMs of walls) expect(wallMs).toBeLessThanOrEqual(Math.max(...lateMs) + budgets.reduce((a, b) => a + b));
  expect(walls.reduce((sum, wallMs) => sum + wallMs, 0) / walls.length).toBeLessThanOrEqual(4500);
});

it("lets one whose mirrors all hang hold up the others for a bounded time", async () => {
  const [go, npm, pip] = [0, 1, 2].map((index) => drawn(1)[index] as World);
  const dead = drawWorld(
    { ...sets.pip, noneHealthy: true, last: Array.from({ length: 8 }, () => "dead" as const) },
    "pip/all/1",
  );
  if (go === undefined || npm === undefined || pip === undefined) throw new Error("three worlds");
  const [all, without] = [
    await runAll([go, npm, dead], { areSeated: true }),
    await runAll([go, npm], { areSeated: true }),
  ];
  // Who is held up hears more mirrors meanwhile, and may have one more to measure.
  for (const [index, { elapsedMs }] of all.results.slice(0, 2).entries()) {
    const heldUpMs = elapsedMs - (without.results[index]?.elapsedMs ?? 0);
    expect(heldUpMs).toBeLessThanOrEqual(limits.quietMs + limits.warmUpMs + limits.measureMs);
  }
  expect(all.results.map(({ standings }) => standings[0]?.rank ?? null)).toEqual([1, 1, null]);
});
