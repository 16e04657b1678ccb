import { mirrorAt } from "../catalog/find.ts";
import type { RaceResult, Standing } from "../probe/types.ts";
import { candidateAt } from "./mirrors.ts";
import { type RaceSetting, runRace } from "./run-race.ts";

/** A wish for a proof of what is named, and of nothing else. */
export const proofOnly = {
  names: [],
  fastest: false,
  chain: 1,
  noProbe: false,
  ifBroken: false,
  noCache: true,
  allowCredentials: false,
  timeoutMs: null,
};

/** What one address has to show for itself, as a race of one. */
export interface Proved {
  readonly race: RaceResult;
  readonly standing: Standing;
}

/** Has one address prove itself. Null where the race ended without a word on it. */
export async function proveOne(
  setting: Omit<RaceSetting, "knowledge" | "isOneOfSeveral" | "wish">,
  url: string,
): Promise<Proved | null> {
  const candidate = candidateAt(url, mirrorAt(setting.catalog, setting.ecosystem.id, url));
  const race = await runRace({ ...setting, wish: proofOnly }, [candidate], "prove");
  const [standing] = race.standings;
  return standing === undefined ? null : { race, standing };
}
