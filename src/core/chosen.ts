import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Draft } from "../plan/draft.ts";
import { makeLink } from "../probe/link.ts";
import type { RaceResult, Standing } from "../probe/types.ts";
import { barMessages, barsOf, isBarred } from "./bars.ts";
import { conclude } from "./configure.ts";
import { drawUp } from "./draw-up.ts";
import { namedMirrors } from "./mirrors.ts";
import { done, interrupted, refuse } from "./outcome.ts";
import { type Part, prepare, upstreamNamed } from "./prepare.ts";
import { remember } from "./remembered.ts";
import { runRace } from "./run-race.ts";
import type { Field, Offer } from "./survey.ts";
import type { ChangeOutcome, ChangeRequest, Outcome, Services, Wish } from "./types.ts";

/** Milliseconds: an older proof says too little to write by. */
const freshMs = 600_000;

/** What somebody has chosen for one ecosystem: these mirrors, or (null) none at all. */
export interface Chosen {
  readonly id: EcosystemId;
  readonly field: Field;
  readonly offer: Offer | null;
  readonly chain: readonly Standing[] | null;
}

/** What was chosen, worked out to the last byte. */
export interface WorkedOut {
  readonly parts: readonly Part[];
  readonly drafted: Draft;
}

/** Proves one mirror that somebody named, or that a race left unfinished. */
export async function proveNamed(
  { ecosystem, tools }: Field,
  name: string,
  wish: Wish,
  catalog: Catalog,
  services: Services,
): Promise<Outcome<Standing>> {
  const upstream = upstreamNamed([name], ecosystem.id, tools);
  if (upstream !== null) return upstream;
  const named = namedMirrors(catalog, ecosystem.id, [name]);
  if (!named.ok) return named;
  const setting = { ecosystem, tools, catalog, services, wish, seat: makeLink(services.clock).join() };
  const { standings } = await runRace(setting, named.value.candidates, "accept");
  if (services.signal.aborted) return interrupted;
  const [standing] = standings;
  const bars = barsOf({ tools, wish });
  if (standing !== undefined && isBarred(standing, bars))
    return refuse(3, ...barMessages([standing.candidate], bars, "named-barred"));
  return standing === undefined ? refuse(2, { code: "bad-url", level: "error", args: { url: name } }) : done(standing);
}

/** Plans what was chosen, by the same way as a command that names it. */
export async function workOut(
  chosen: readonly Chosen[],
  request: ChangeRequest,
  catalog: Catalog,
  services: Services,
): Promise<WorkedOut> {
  const link = makeLink(services.clock);
  const parts = await Promise.all(
    chosen.map(({ id, field, offer, chain }) => {
      const seat = link.join();
      const wish = chain === null ? null : wishFor(chain, offer, request, services);
      return prepare(id, { ...request, selection: field.selection, wish }, catalog, services, seat).finally(seat.leave);
    }),
  );
  return { parts, drafted: await drawUp(parts, request, services) };
}

function wishFor(
  chain: readonly Standing[],
  offer: Offer | null,
  { wish }: ChangeRequest,
  { clock }: Services,
): Wish | null {
  if (wish === null) return null;
  const named = { ...wish, names: chain.map(({ candidate }) => candidate.url), fastest: false };
  const isFresh = offer !== null && clock.now() - offer.at < freshMs;
  return isFresh ? { ...named, race: withThese(offer.race, chain) } : named;
}

/** The race, with what was found out one by one after it. */
function withThese(race: RaceResult, chain: readonly Standing[]): RaceResult {
  const urls = new Set(chain.map(({ candidate }) => candidate.url));
  return { ...race, standings: [...chain, ...race.standings.filter(({ candidate }) => !urls.has(candidate.url))] };
}

/** What would be written. */
export function preview(
  { parts, drafted }: WorkedOut,
  request: ChangeRequest,
  catalog: Catalog,
  services: Services,
): Promise<ChangeOutcome> {
  return conclude(parts, { ...request, dryRun: true }, catalog, services, drafted);
}

/** Writes just what the preview showed, and remembers the races that led to it. */
export async function writeChosen(
  { parts, drafted }: WorkedOut,
  chosen: readonly Chosen[],
  request: ChangeRequest,
  catalog: Catalog,
  services: Services,
): Promise<ChangeOutcome> {
  const outcome = await conclude(parts, request, catalog, services, drafted);
  if (request.wish?.noCache === true || outcome.exitCode === 130) return outcome;
  for (const { id, offer } of chosen) {
    if (offer !== null) await remember(id, offer.candidates, offer.race, services);
  }
  return outcome;
}
