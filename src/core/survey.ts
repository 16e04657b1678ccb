import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Ecosystem } from "../ecosystems/types.ts";
import { makeLink, type Seat } from "../probe/link.ts";
import { isUsable } from "../probe/rank.ts";
import type { Candidate, RaceResult, Standing } from "../probe/types.ts";
import type { InForce, Message, Skipped } from "../report/types.ts";
import { barMessages, barsOf, permittedRace } from "./bars.ts";
import { commonCause } from "./diagnose.ts";
import { inForceRows } from "./in-force.ts";
import { knowledgeOf } from "./knowledge.ts";
import { offeredMirrors } from "./mirrors.ts";
import { done } from "./outcome.ts";
import { unique } from "./prepare.ts";
import { chainLength } from "./run-race.ts";
import { selectChain } from "./select.ts";
import { type ToolAtHand, toolsAtHand } from "./tools.ts";
import type { Outcome, Services, ToolSelection, Wish } from "./types.ts";

/** One ecosystem as somebody finds it who is about to choose. */
export interface Field {
  readonly ecosystem: Ecosystem;
  /** The tools that can be set, and a selection of just these. */
  readonly tools: readonly ToolAtHand[];
  readonly selection: ToolSelection;
  readonly inForce: readonly InForce[];
  readonly skipped: readonly Skipped[];
  /** What a person should know, with what is in the way of the tools that cannot be set. */
  readonly messages: readonly Message[];
  /** Mirrors in use now, first choice first. */
  readonly inUse: readonly string[];
}

/** A finished race, and what it recommends. */
export interface Offer {
  readonly candidates: readonly Candidate[];
  readonly race: RaceResult;
  /** What would be written: none where no mirror proved good. */
  readonly chain: readonly Standing[];
  /** Good ones that must not be set here. */
  readonly barred: readonly Candidate[];
  /** Why they must not; and what all that failed have in common. */
  readonly messages: readonly Message[];
  /** When the race ended, by the clock that only goes on. */
  readonly at: number;
}

/** An ecosystem that is being looked at. The race begins as soon as its tools are known; null where there is nobody to race for. */
export interface Survey {
  readonly id: EcosystemId;
  readonly found: Promise<Outcome<Field>>;
  readonly offered: Promise<Offer | null>;
}

/** Looks at all of these at once. Nothing is written, nor remembered. */
export function survey(
  shares: readonly { readonly id: EcosystemId; readonly selection: ToolSelection }[],
  wish: Wish,
  catalog: Catalog,
  services: Services,
): Survey[] {
  const link = makeLink(services.clock);
  return shares.map(({ id, selection }) => {
    const seat = link.join();
    const found = look(id, selection, catalog, services);
    const offered = found
      .then((field) => (field.ok ? offer(field.value, wish, catalog, services, seat) : null))
      .finally(seat.leave);
    return { id, found, offered };
  });
}

async function look(
  id: EcosystemId,
  selection: ToolSelection,
  catalog: Catalog,
  { read }: Services,
): Promise<Outcome<Field>> {
  const found = await toolsAtHand(id, selection, read, catalog.probes);
  if (!found.ok) return found;
  const { ecosystem, tools, skipped, remarks } = found.value;
  const free = tools.filter(({ current }) => current.obstacle === null);
  const messages = tools.flatMap(({ current }): Message[] => [
    ...current.messages,
    ...(current.obstacle === null ? [] : [{ ...current.obstacle, level: "warn" } as const]),
  ]);
  return done({
    ecosystem,
    tools: free,
    selection: free.length === tools.length ? selection : { ...selection, only: free.map(({ tool }) => tool.id) },
    inForce: tools.flatMap(({ tool, current }) => inForceRows(tool, current, catalog)),
    skipped,
    messages: unique([...remarks, ...messages]),
    inUse: (free[0]?.current.chain ?? []).filter((url) => URL.canParse(url)),
  });
}

async function offer(
  { ecosystem, tools, inUse }: Field,
  wish: Wish,
  catalog: Catalog,
  services: Services,
  seat: Seat,
): Promise<Offer | null> {
  if (tools.length === 0) return null;
  const knowledge = await knowledgeOf(catalog, ecosystem.id, services);
  const candidates = offeredMirrors(catalog, ecosystem.id, inUse, knowledge.isMirror);
  // Everybody is to be seen: nobody sits it out for having failed a while ago.
  const setting = { ecosystem, tools, catalog, knowledge, services, seat, isOneOfSeveral: false };
  const length = chainLength(wish, ecosystem);
  const full = await permittedRace({ ...setting, wish: { ...wish, noCache: true } }, candidates, inUse, length);
  const { probe: race, barred } = full;
  const chain = selectChain(permitted(race, barred), inUse, length);
  const cause = race.standings.some(isUsable) ? null : commonCause(race, services.clock.date());
  const messages = [...barMessages(barred, barsOf({ tools, wish }), "passed-over"), ...(cause === null ? [] : [cause])];
  return { candidates, race, barred, chain, messages, at: services.clock.now() };
}

function permitted({ standings }: RaceResult, barred: readonly Candidate[]): Standing[] {
  return standings.filter(({ candidate }) => !barred.includes(candidate));
}

/** The chain that begins with a mirror of one's choice. One that no catalog knows stands alone: it may hold what no other is to be asked for. */
export function chainFrom(first: Standing, { inUse, ecosystem }: Field, offered: Offer, wish: Wish): Standing[] {
  const length = first.candidate.mirror === null ? 1 : chainLength(wish, ecosystem);
  return selectChain(permitted(offered.race, offered.barred), inUse, length, [first]);
}
