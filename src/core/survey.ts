import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Ecosystem } from "../ecosystems/types.ts";
import { type Link, makeLink } from "../probe/link.ts";
import type { Candidate, RaceProgress, RaceResult, Standing } from "../probe/types.ts";
import type { InForce, Message, Skipped } from "../report/types.ts";
import { commonCause } from "./diagnose.ts";
import { inForceRows } from "./in-force.ts";
import { knowledgeOf } from "./knowledge.ts";
import { offeredMirrors } from "./mirrors.ts";
import { done } from "./outcome.ts";
import { unique } from "./prepare.ts";
import { chainLength, runRace } from "./run-race.ts";
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
  /** What all that failed have in common. */
  readonly cause: Message | null;
  /** When the race ended, by the clock that only goes on. */
  readonly at: number;
}

/** An ecosystem that is being looked at. The race begins as soon as its tools are known; null where there is nobody to race for. */
export interface Survey {
  readonly id: EcosystemId;
  readonly found: Promise<Outcome<Field>>;
  readonly offered: Promise<Offer | null>;
}

/** Looks at all of these at once. Nothing is written, nor remembered. `onProgress` is told of each race by its ecosystem. */
export function survey(
  shares: readonly { readonly id: EcosystemId; readonly selection: ToolSelection }[],
  wish: Wish,
  catalog: Catalog,
  services: Services,
  onProgress: (id: EcosystemId, progress: RaceProgress) => void,
): Survey[] {
  const link = makeLink();
  return shares.map(({ id, selection }) => {
    const own = { ...services, onProgress: (progress: RaceProgress) => onProgress(id, progress) };
    const found = look(id, selection, catalog, services);
    const offered = found.then((field) => (field.ok ? offer(field.value, wish, catalog, own, link) : null));
    return { id, found, offered };
  });
}

async function look(
  id: EcosystemId,
  selection: ToolSelection,
  catalog: Catalog,
  { read }: Services,
): Promise<Outcome<Field>> {
  const found = await toolsAtHand(id, selection, read);
  if (!found.ok) return found;
  const { ecosystem, tools, skipped } = found.value;
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
    messages: unique(messages),
    inUse: (free[0]?.current.chain ?? []).filter((url) => URL.canParse(url)),
  });
}

async function offer(
  { ecosystem, tools, inUse }: Field,
  wish: Wish,
  catalog: Catalog,
  services: Services,
  link: Link,
): Promise<Offer | null> {
  if (tools.length === 0) return null;
  const { isMirror } = await knowledgeOf(catalog, ecosystem.id, services);
  const candidates = offeredMirrors(catalog, ecosystem.id, inUse, isMirror);
  const race = await runRace({ ecosystem, tools, catalog, services, wish, link }, candidates, "choose");
  const chain = selectChain(race.standings, inUse, chainLength(wish, ecosystem));
  const cause = chain.length > 0 ? null : commonCause(race, services.clock.date());
  return { candidates, race, chain, cause, at: services.clock.now() };
}

/** The chain that begins with a mirror of one's choice. One that no catalog knows stands alone: it may hold what no other is to be asked for. */
export function chainFrom(first: Standing, { inUse, ecosystem }: Field, offered: Offer, wish: Wish): Standing[] {
  const length = first.candidate.mirror === null ? 1 : chainLength(wish, ecosystem);
  return selectChain(offered.race.standings, inUse, length, [first]);
}
