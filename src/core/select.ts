import { canonical } from "../catalog/find.ts";
import { limits } from "../probe/limits.ts";
import { isUsable } from "../probe/rank.ts";
import type { Standing } from "../probe/types.ts";

/**
 * The chain to write, from a finished race: the best first, each next one of another operator as far as there are any. Who holds a place now
 * keeps it unless another is clearly better, so that a second run changes nothing.
 *
 * @param holders the mirrors in use now, first choice first.
 * @param begin what the chain begins with, whatever else there is.
 */
export function selectChain(
  standings: readonly Standing[],
  holders: readonly string[],
  length: number,
  begin: readonly Standing[] = [],
): Standing[] {
  const chosen = [...begin];
  while (chosen.length < length) {
    const next = nextMember(standings, chosen, holders[chosen.length]);
    if (next === null) break;
    chosen.push(next);
  }
  return chosen;
}

function nextMember(
  standings: readonly Standing[],
  chosen: readonly Standing[],
  holder: string | undefined,
): Standing | null {
  const free = standings.filter((standing) => isUsable(standing) && !chosen.some((other) => sameHost(standing, other)));
  const diverse = free.filter((standing) => !chosen.some((other) => sameOperator(standing, other)));
  const [best] = diverse.length > 0 ? diverse : free;
  if (best === undefined) return null;
  const held =
    holder === undefined ? undefined : free.find(({ candidate }) => canonical(candidate.url) === canonical(holder));
  return held !== undefined && held.verdict === best.verdict && !isClearlyBetter(best, held) ? held : best;
}

function isClearlyBetter(best: Standing, held: Standing): boolean {
  const [now, then] = costs(held, best);
  return now === null || then === null || then < limits.stay * now;
}

/** Both by expected install time, or, where one of them has none, both by latency. */
function costs(a: Standing, b: Standing): [number | null, number | null] {
  const timed = a.expectedInstallSeconds !== null && b.expectedInstallSeconds !== null;
  return timed ? [a.expectedInstallSeconds, b.expectedInstallSeconds] : [a.latencyMs, b.latencyMs];
}

function sameHost(a: Standing, b: Standing): boolean {
  return a === b || new URL(a.candidate.url).host === new URL(b.candidate.url).host;
}

function sameOperator(a: Standing, b: Standing): boolean {
  const operator = a.candidate.mirror?.operator ?? null;
  return operator !== null && operator === (b.candidate.mirror?.operator ?? null);
}
