import { isUsable } from "../probe/rank.ts";
import type { Candidate, RaceResult } from "../probe/types.ts";
import type { Message } from "../report/types.ts";
import { sittingOut } from "./remembered.ts";
import { type RaceSetting, runRace } from "./run-race.ts";

/** A race, and what is to be said of who was not in it. */
export interface RestedRace {
  readonly probe: RaceResult;
  readonly messages: readonly Message[];
}

/**
 * A race among mirrors that nobody has named. Those that were rejected a short while ago sit it out, unless it ends with fewer good ones than are wanted:
 * then all of them race after all.
 */
export async function restedRace(
  setting: RaceSetting,
  candidates: readonly Candidate[],
  inUse: readonly string[],
  wanted: number,
): Promise<RestedRace> {
  const { ecosystem, services, wish } = setting;
  const mayRest = !wish.noCache && wish.names.length === 0;
  const resting = mayRest ? await sittingOut(ecosystem.id, candidates, inUse, services) : [];
  const racing = candidates.filter((candidate) => !resting.includes(candidate));
  const probe = await runRace(setting, racing, "choose");
  if (resting.length === 0) return { probe, messages: [] };
  const isEnough = probe.standings.filter(isUsable).length >= wanted;
  if (!isEnough && !services.signal.aborted)
    return { probe: await runRace(setting, candidates, "choose"), messages: [] };
  return { probe, messages: [{ code: "sat-out", level: "info", args: { count: resting.length } }] };
}
