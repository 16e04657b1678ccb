import { canonical, mirrorAt } from "../catalog/find.ts";
import type { ChosenMirror, Ecosystem } from "../ecosystems/types.ts";
import { limits } from "../probe/limits.ts";
import { isUsable, withKnownRates } from "../probe/rank.ts";
import type { Candidate, RaceResult, Standing } from "../probe/types.ts";
import type { Message } from "../report/types.ts";
import { barMessages, barsOf, isBarred, permittedRace } from "./bars.ts";
import { commonCause } from "./diagnose.ts";
import { proofIn } from "./known-proof.ts";
import { candidateAt, namedMirrors, offeredMirrors } from "./mirrors.ts";
import { done, interrupted, refuse } from "./outcome.ts";
import { recall, remember } from "./remembered.ts";
import { chainLength, type RaceSetting, runRace } from "./run-race.ts";
import { selectChain } from "./select.ts";
import type { Outcome, Refusal, Services } from "./types.ts";

/** What was decided. `chain` null: leave everything as it is. */
export interface Decision {
  readonly chain: readonly ChosenMirror[] | null;
  readonly messages: readonly Message[];
  readonly probe: RaceResult | null;
}

/** A decision that failed after a probe still has the probe to show. */
export type Decided = Outcome<Decision> & { readonly probe?: RaceResult };

/** Settles which mirrors are to be written: the named ones once they are proved, or the best of a race. */
export async function decide(setting: RaceSetting): Promise<Decided> {
  const { wish, ecosystem, catalog } = setting;
  const named = namedMirrors(catalog, ecosystem.id, wish.names);
  if (!named.ok) return named;
  const { candidates, messages } = named.value;
  const length = wish.fastest ? (setting.isOneOfSeveral ? 1 : (wish.chain ?? 1)) : candidates.length;
  if (length > ecosystem.longestChain) return refuse(2, tooMany(ecosystem));
  if (wish.ifBroken) {
    const healthy = await currentStillGood(setting);
    if (healthy !== null) return healthy;
  }
  if (wish.fastest) return decideByRace(setting, candidates, messages);
  return wish.noProbe ? unproved(setting, candidates, messages) : decideByProof(setting, candidates, messages);
}

function tooMany({ id, longestChain }: Ecosystem): Message {
  if (longestChain === 1) return { code: "one-index", level: "error", args: { ecosystem: id } };
  return { code: "chain-too-long", level: "error", args: { most: longestChain } };
}

/** What a mirror asks for is not known unless it is asked; where a trait is barred, that is as bad. */
function unproved(setting: RaceSetting, candidates: readonly Candidate[], messages: readonly Message[]): Decided {
  const bars = barsOf(setting);
  if (bars.length > 0) return refuse(3, ...messages, ...barMessages(candidates, bars, "named-barred"));
  const chain = candidates.map(({ url, mirror }) => ({ url, mirror, traits: null }));
  const warnings: Message[] = candidates.map(({ id }) => ({ code: "unproved", level: "warn", args: { id } }));
  return done({ chain, messages: [...messages, ...warnings], probe: null });
}

async function decideByProof(
  setting: RaceSetting,
  candidates: readonly Candidate[],
  messages: readonly Message[],
): Promise<Decided> {
  const probe = proofIn(setting.wish.race, candidates) ?? (await runRace(setting, candidates, "accept"));
  if (setting.services.signal.aborted) return interrupted;
  const refused = probe.standings.filter((standing) => !isUsable(standing));
  if (refused.length > 0) {
    const reasons = refused.map(
      ({ candidate }): Message => ({ code: "named-rejected", level: "error", args: { id: candidate.id } }),
    );
    return { ...refuse(3, ...messages, ...reasons), probe };
  }
  const bars = barsOf(setting);
  const barred = probe.standings.filter((standing) => isBarred(standing, bars)).map(({ candidate }) => candidate);
  if (barred.length > 0) return { ...refuse(3, ...messages, ...barMessages(barred, bars, "named-barred")), probe };
  const chain = candidates
    .flatMap((named) => probe.standings.filter(({ candidate }) => candidate.url === named.url))
    .map(chosen);
  return done({ chain, messages, probe });
}

async function decideByRace(
  setting: RaceSetting,
  named: readonly Candidate[],
  messages: readonly Message[],
): Promise<Decided> {
  const { catalog, ecosystem, wish } = setting;
  const inUse = chainInUse(setting);
  const candidates =
    named.length > 0 ? named : offeredMirrors(catalog, ecosystem.id, inUse, setting.knowledge.isMirror);
  if (candidates.length === 0)
    return refuse(3, { code: "no-candidates", level: "error", args: { ecosystem: ecosystem.id } });
  const quick = wish.noCache ? null : await quickRace(setting, candidates, inUse);
  const length = chainLength(wish, ecosystem);
  const full =
    quick === null
      ? await permittedRace(setting, candidates, inUse, length)
      : { probe: quick, messages: [], barred: [] };
  const { probe } = full;
  if (setting.services.signal.aborted) return interrupted;
  const bars = barsOf(setting);
  const passedOver = barMessages(full.barred, bars, "passed-over");
  const members = selectChain(
    probe.standings.filter((standing) => !isBarred(standing, bars)),
    inUse,
    length,
  );
  if (members.length === 0) {
    const none =
      passedOver.length > 0
        ? refuse(3, ...messages, ...passedOver.map((each): Message => ({ ...each, level: "error" })))
        : noneUsable(probe, messages, setting.services);
    return { ...none, probe };
  }
  if (quick === null && !wish.noCache) await remember(ecosystem.id, candidates, probe, setting.services);
  return done({ chain: members.map(chosen), messages: [...messages, ...full.messages, ...passedOver], probe });
}

function noneUsable(probe: RaceResult, messages: readonly Message[], services: Services): Refusal {
  const cause = commonCause(probe, services.clock.date());
  const none: Message = { code: "none-usable", level: "error", args: { count: probe.standings.length } };
  return refuse(3, ...messages, ...(cause === null ? [] : [cause]), none);
}

/**
 * The short way when the last race on this network is no older than some hours: those in use and the two best others prove themselves anew, and keep the
 * rates they had. If it was just now, only as many as are wanted. Null where nothing is remembered, or where fewer prove good than are wanted: then all
 * of them race.
 */
async function quickRace(
  setting: RaceSetting,
  candidates: readonly Candidate[],
  inUse: readonly string[],
): Promise<RaceResult | null> {
  const { ecosystem, catalog, services } = setting;
  const last = await recall(ecosystem.id, candidates, services);
  if (last === null) return null;
  const used = new Set(inUse.map(canonical));
  const spare = last.verified ? Math.max(0, chainLength(setting.wish, setting.ecosystem) - used.size) : 2;
  const best = last.mirrors.filter(({ url }) => !used.has(canonical(url))).slice(0, spare);
  const urls = new Set([...used, ...best.map(({ url }) => canonical(url))]);
  const few = candidates.filter(({ url }) => urls.has(canonical(url)));
  const wanted = Math.min(chainLength(setting.wish, setting.ecosystem), last.mirrors.length);
  if (few.length === 0 || few.length < wanted) return null;
  const probe = await runRace(setting, few, "prove");
  const rates = new Map(last.mirrors.map((known) => [known.url, known]));
  const standings = withKnownRates(probe.standings, rates, ecosystem.protocol(catalog.probes).weights);
  const bars = barsOf(setting);
  const permitted = standings.filter((standing) => isUsable(standing) && !isBarred(standing, bars));
  return permitted.length >= wanted ? { ...probe, standings } : null;
}

/** Milliseconds: a mirror that takes longer to prove itself is broken enough to look for another. */
const quickProofMs = 1_500;

/** `--if-broken`: a decision to leave everything as it is, or null when the mirror in use no longer proves good, or there is none. */
async function currentStillGood(setting: RaceSetting): Promise<Decided | null> {
  const [first] = chainInUse(setting);
  if (first === undefined) return null;
  const candidate = candidateAt(first, mirrorAt(setting.catalog, setting.ecosystem.id, first));
  const timeoutMs = Math.min(setting.wish.timeoutMs ?? limits.capMs, quickProofMs);
  const probe = await runRace({ ...setting, wish: { ...setting.wish, timeoutMs } }, [candidate], "prove");
  if (setting.services.signal.aborted) return interrupted;
  const bars = barsOf(setting);
  if (!probe.standings.some((standing) => isUsable(standing) && !isBarred(standing, bars))) return null;
  return done({ chain: null, messages: [{ code: "current-good", level: "info", args: { id: candidate.id } }], probe });
}

/** The addresses that the main tool uses now, as far as they are addresses. */
function chainInUse({ tools }: RaceSetting): string[] {
  return (tools[0]?.current.chain ?? []).filter((url) => URL.canParse(url));
}

function chosen({ candidate, traits }: Standing): ChosenMirror {
  return { url: candidate.url, mirror: candidate.mirror, traits };
}
