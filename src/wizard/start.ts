import type { Catalog } from "../catalog/types.ts";
import { type Chosen, preview, proveNamed, workOut, writeChosen } from "../core/chosen.ts";
import { done, interrupted, refuse } from "../core/outcome.ts";
import { chainFrom } from "../core/survey.ts";
import type { ChangeOutcome, Outcome, Services } from "../core/types.ts";
import { converse } from "./flow.ts";
import { lookAround } from "./look-around.ts";
import { makePrompter, wizardWords } from "./prompter.ts";
import { isTold } from "./review.ts";
import { toolsOf } from "./rows.ts";
import type { Actions, Place, State, Terminal, Voice, Wished } from "./types.ts";

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
  const opened = await lookAround(request, catalog, services, terminal, voice);
  if (!opened.ok) return opened;
  const places = opened.value;
  const actions = actionsFor(request, catalog, services, terminal);
  const { state, how } = await converse(places, voice, actions);
  if (how.kind === "interrupted" || services.signal.aborted) return interrupted;
  if (how.kind === "shown") return done(how.outcome);
  if (how.kind === "left") return left(places);
  const outcome = await writeChosen(how.work, chosenIn(state), request, catalog, services);
  const news = outcome.messages.filter((message) => message.level === "error" || !isTold(message, how.told));
  return done({ ...outcome, messages: news });
}

/** Nothing is changed. Where no mirror proved good that is the reason. */
function left(places: readonly Place[]): Ended {
  const offers = places.flatMap(({ offer }) => (offer === null ? [] : [offer]));
  if (offers.length === 0 || offers.some(({ chain }) => chain.length > 0)) return done(null);
  const count = offers.reduce((sum, { race }) => sum + race.standings.length, 0);
  return refuse(3, { code: "none-usable", level: "error", args: { count } });
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
  return places.flatMap((place) => {
    const { id, offer, without } = place;
    const pick = picks.get(id);
    if (pick === undefined || pick.kind === "keep" || place.field.tools.length === 0) return [];
    const only = without.length === 0 ? {} : { only: toolsOf(place) };
    const field = { ...place.field, selection: { ...place.field.selection, ...only } };
    return [{ id, field, offer, chain: pick.kind === "reset" ? null : pick.chain }];
  });
}
