import { canonical } from "../catalog/find.ts";
import type { EcosystemId } from "../catalog/types.ts";
import { isUsable } from "../probe/rank.ts";
import type { Candidate, RaceResult, Reason, Standing } from "../probe/types.ts";
import { ageOf, changeMemory, loadMemory, memoryKey, type PastRejection, type RankedMirror } from "./memory.ts";
import type { Services } from "./types.ts";

const minuteMs = 60_000;

/** How long a ranking says whom to ask first, and how long it is so new that nobody else need be asked beside them. */
const ranksForMs = 360 * minuteMs;
const verifiedForMs = 15 * minuteMs;
/** How long a rejected mirror is left alone: the first time, and at the most after it has been rejected again and again. */
const restsForMs = 10 * minuteMs;
const restsAtMostMs = 120 * minuteMs;
/** Nothing is known of a mirror's freshness after an hour: it may have synchronised meanwhile. */
const staleForMs = 60 * minuteMs;
/** A mirror that was last rejected longer ago than this starts anew. */
const forgivenAfterMs = 24 * 60 * minuteMs;

/** What is wrong with a mirror for longer than a moment. Time-outs, resets and full servers pass. */
const lasting: ReadonlySet<Reason> = new Set(["denied", "not-a-mirror", "tampered", "stale", "tls"]);

/** The last race, as far as it still says anything. */
export interface Recalled {
  /** Usable ones, best first. */
  readonly mirrors: readonly RankedMirror[];
  /** No older than a quarter of an hour: who is first then is first now. */
  readonly verified: boolean;
}

/** Last race's order among just these candidates, on this network; null where there was none in the last six hours. */
export async function recall(
  ecosystem: EcosystemId,
  candidates: readonly Candidate[],
  services: Services,
): Promise<Recalled | null> {
  const race = (await loadMemory(services)).races[await raceKey(ecosystem, candidates, services)];
  if (race === undefined) return null;
  const age = ageOf(race, services);
  return age >= 0 && age < ranksForMs ? { mirrors: race.mirrors, verified: age < verifiedForMs } : null;
}

/** Remembers the order of a finished race among these candidates, whoever of them took part, and who was rejected for something that lasts. */
export async function remember(
  ecosystem: EcosystemId,
  candidates: readonly Candidate[],
  { standings }: RaceResult,
  services: Services,
): Promise<void> {
  const mirrors = standings
    .filter(isUsable)
    .map(({ candidate: { url }, bytesPerSecond, rateIsLowerBound }) => ({ url, bytesPerSecond, rateIsLowerBound }));
  const race = { at: services.clock.date().toISOString(), ecosystem, mirrors };
  const key = await raceKey(ecosystem, candidates, services);
  const keys = await Promise.all(standings.map(({ candidate }) => mirrorKey(ecosystem, candidate, services)));
  await changeMemory(services, ({ races, rejections }) => {
    const kept: Record<string, PastRejection> = { ...rejections };
    for (const [index, standing] of standings.entries()) {
      const name = keys[index] ?? "";
      const rejection = rejectionOf(standing, kept[name], services);
      if (rejection !== null) kept[name] = rejection;
      else if (isUsable(standing)) delete kept[name];
    }
    return { races: { ...races, [key]: race }, rejections: kept };
  });
}

function rejectionOf(
  { verdict, reason }: Standing,
  last: PastRejection | undefined,
  services: Services,
): PastRejection | null {
  if (verdict !== "rejected" || reason === null || !lasting.has(reason)) return null;
  const isAgain = last !== undefined && ageOf(last, services) < forgivenAfterMs;
  return { at: services.clock.date().toISOString(), reason, times: isAgain ? last.times + 1 : 1 };
}

/**
 * Those of the candidates that may sit out a race, because they were rejected a short while ago on this network. None, where fewer than two others would
 * be left to race, and never one that is in use.
 */
export async function sittingOut(
  ecosystem: EcosystemId,
  candidates: readonly Candidate[],
  inUse: readonly string[],
  services: Services,
): Promise<readonly Candidate[]> {
  const { rejections } = await loadMemory(services);
  const used = new Set(inUse.map(canonical));
  const found: Candidate[] = [];
  for (const candidate of candidates) {
    const rejection = rejections[await mirrorKey(ecosystem, candidate, services)];
    if (rejection !== undefined && !used.has(canonical(candidate.url)) && rests(rejection, services))
      found.push(candidate);
  }
  return candidates.length - found.length < 2 ? [] : found;
}

function rests(rejection: PastRejection, services: Services): boolean {
  const most = rejection.reason === "stale" ? staleForMs : restsAtMostMs;
  const age = ageOf(rejection, services);
  return age >= 0 && age < Math.min(restsForMs * 2 ** (rejection.times - 1), most);
}

/** Forgets every race of an ecosystem: what it recommended has failed in the tool's own hands. */
export async function forgetRaces(ecosystem: EcosystemId, services: Services): Promise<void> {
  await changeMemory(services, ({ races, rejections }) => {
    const others = Object.entries(races).filter(([, race]) => race.ecosystem !== ecosystem);
    if (others.length === Object.keys(races).length) return null;
    return { races: Object.fromEntries(others), rejections };
  });
}

/** The network, the ecosystem, and who may take part: with another catalog it is another race. */
function raceKey(ecosystem: EcosystemId, candidates: readonly Candidate[], services: Services): Promise<string> {
  return memoryKey(services, ecosystem, candidates.map(({ url }) => url).sort());
}

function mirrorKey(ecosystem: EcosystemId, { url }: Candidate, services: Services): Promise<string> {
  return memoryKey(services, ecosystem, canonical(url));
}
