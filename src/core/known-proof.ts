import { isUsable } from "../probe/rank.ts";
import type { Candidate, RaceResult } from "../probe/types.ts";

/** The part of a race that is about these, if all of them proved good in it. */
export function proofIn(race: RaceResult | undefined, candidates: readonly Candidate[]): RaceResult | null {
  if (race === undefined) return null;
  const standings = race.standings.filter(
    (standing) => isUsable(standing) && candidates.some(({ url }) => url === standing.candidate.url),
  );
  return standings.length === candidates.length ? { ...race, standings } : null;
}
