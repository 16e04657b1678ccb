import type { Catalog, EcosystemId } from "../catalog/types.ts";
import { type Chosen, preview, proveNamed, workOut, writeChosen } from "../core/chosen.ts";
import { done, interrupted, refuse } from "../core/outcome.ts";
import { shareOut } from "../core/share-out.ts";
import { chainFrom, type Offer, survey } from "../core/survey.ts";
import type { ChangeOutcome, ChangeRequest, Outcome, Services, Wish } from "../core/types.ts";
import type { RaceProgress } from "../probe/types.ts";
import { converse } from "./flow.ts";
import { tellFound, tellOffers } from "./opening.ts";
import { makePrompter, wizardWords } from "./prompter.ts";
import type { Actions, Place, State, Terminal, Voice } from "./types.ts";

/** A command that the wizard is to fill in. */
export type Wished = ChangeRequest & { readonly wish: Wish };

/** What came of it. Null: everything was left as it is. */
export type Ended = Outcome<ChangeOutcome | null>;

/** The wizard: looks at the tools while all mirrors are asked, proposes, lets the person choose, shows what would be written, asks once, and writes. */
export async function runWizard(
  request: Wished,
  catalog: Catalog,
  services: Services,
  terminal: Terminal,
): Promise<Ended> {
  const words = await wizardWords(terminal.screen.dictionary.language);
  const prompter = await makePrompter(terminal, words, services.signal);
  const voice: Voice = { prompter, words, screen: terminal.screen };
  const opened = await open(request, catalog, services, terminal, voice);
  if (!opened.ok) return opened;
  const places = opened.value;
  const actions = actionsFor(request, catalog, services, terminal);
  const { state, how } = await converse(places, voice, actions);
  if (how.kind === "interrupted" || services.signal.aborted) return interrupted;
  if (how.kind === "shown") return done(how.outcome);
  if (how.kind === "left") return left(places);
  return done(await writeChosen(how.work, chosenIn(state), request, catalog, services));
}

/** Nothing is changed. Where no mirror proved good that is the reason. */
function left(places: readonly Place[]): Ended {
  const offers = places.flatMap(({ offer }) => (offer === null ? [] : [offer]));
  if (offers.length === 0 || offers.some(({ chain }) => chain.length > 0)) return done(null);
  const count = offers.reduce((sum, { race }) => sum + race.standings.length, 0);
  return refuse(3, { code: "none-usable", level: "error", args: { count } });
}

/** Looks and races; says what was found as soon as it is, and what was offered when all races are over. */
async function open(
  { selection, wish }: Wished,
  catalog: Catalog,
  services: Services,
  { progress }: Terminal,
  voice: Voice,
): Promise<Outcome<readonly Place[]>> {
  const shares = await shareOut(selection);
  if (!shares.ok) return shares;
  const running = new Map<EcosystemId, RaceProgress>();
  let isTold = false;
  const surveys = survey(shares.value, wish, catalog, services, (id, each) => {
    running.set(id, each);
    if (isTold) progress.show(inAll([...running.values()]));
  });
  voice.prompter.tell([voice.words.intro]);
  const found = await Promise.all(surveys.map((each) => each.found));
  if (services.signal.aborted) return interrupted;
  const refused = found.find((field) => !field.ok);
  if (refused !== undefined && !refused.ok) return refused;
  const fields = found.flatMap((field) => (field.ok ? [field.value] : []));
  const here = fields.filter(({ inForce }) => inForce.length > 0);
  if (here.length === 0) {
    const tool = fields.flatMap(({ skipped }) => skipped.map((each) => each.tool)).join(", ");
    return refuse(4, { code: "tool-missing", level: "error", args: { tool } });
  }
  tellFound(fields, voice);
  isTold = true;
  const offers: (Offer | null)[] = await Promise.all(surveys.map((each) => each.offered));
  progress.clear();
  if (services.signal.aborted) return interrupted;
  const places = fields.flatMap((field, index) => {
    return field.inForce.length === 0 ? [] : [{ id: field.ecosystem.id, field, offer: offers[index] ?? null }];
  });
  tellOffers(places, voice);
  return done(places);
}

/** Several races as one. */
function inAll(all: readonly RaceProgress[]): RaceProgress {
  const sum = (of: (each: RaceProgress) => number) => all.reduce((total, each) => total + of(each), 0);
  return {
    total: sum(({ total }) => total),
    proved: sum(({ proved }) => proved),
    rejected: sum(({ rejected }) => rejected),
    phase: all.some(({ phase }) => phase === "prove") ? "prove" : "rate",
  };
}

function actionsFor(request: Wished, catalog: Catalog, services: Services, { progress }: Terminal): Actions {
  const { wish } = request;
  return {
    prove: async ({ field }, url) => {
      const proved = await proveNamed(field, url, wish, catalog, services);
      progress.clear();
      return proved;
    },
    chainFrom: ({ field, offer }, first) => (offer === null ? [first] : chainFrom(first, field, offer, wish)),
    workOut: (state) => workOut(chosenIn(state), request, catalog, services),
    preview: (work) => preview(work, request, catalog, services),
    isDryRun: request.dryRun,
  };
}

/** What is to be changed: all but what is kept. */
function chosenIn({ places, picks }: State): Chosen[] {
  return places.flatMap(({ id, field, offer }) => {
    const pick = picks.get(id);
    if (pick === undefined || pick.kind === "keep" || field.tools.length === 0) return [];
    return [{ id, field, offer, chain: pick.kind === "reset" ? null : pick.chain }];
  });
}
