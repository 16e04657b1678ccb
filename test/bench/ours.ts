import { selectChain } from "../../src/core/select.ts";
import { limits } from "../../src/probe/limits.ts";
import { type RaceOptions, race } from "../../src/probe/race.ts";
import type { Candidate, RaceResult } from "../../src/probe/types.ts";
import { upstreamHost } from "./content.ts";
import type { Ports } from "./policies.ts";
import { bestOf } from "./truth.ts";
import type { World } from "./worlds.ts";

function options(purpose: RaceOptions["purpose"], seat: RaceOptions["seat"] = null): RaceOptions {
  return {
    capMs: limits.capMs,
    purpose,
    places: 1,
    toolVersion: null,
    seat,
    forbiddenHosts: new Set([upstreamHost]),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
}

/** The race of `src/probe`, as `mirror-setup go --fastest --chain 1` runs it; `seat` where others run beside it. */
export function raceIn(
  world: World,
  candidates: readonly Candidate[],
  { http, clock }: Ports,
  seat: RaceOptions["seat"] = null,
): Promise<RaceResult> {
  return race(candidates, world.protocol, { http, clock }, options("choose", seat));
}

/** Its pick; the second choice is what a chain of two would add. */
export async function ours(candidates: readonly Candidate[], ports: Ports, world: World): Promise<readonly string[]> {
  return picksOf(await raceIn(world, candidates, ports));
}

export function picksOf({ standings }: RaceResult): readonly string[] {
  const first = selectChain(standings, [], 1);
  const second = selectChain(standings, [], 2).slice(1);
  return [...first, ...second].map(({ candidate }) => candidate.id);
}

/** Knows which mirror is best, and only has it prove itself. */
export async function oracle(candidates: readonly Candidate[], ports: Ports, world: World): Promise<readonly string[]> {
  const best = bestOf(world);
  const known = candidates.filter(({ id }) => id === best?.candidate.id);
  if (known.length === 0) return [];
  const { http, clock } = ports;
  return picksOf(await race(known, world.protocol, { http, clock }, options("prove")));
}
