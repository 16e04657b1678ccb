import type { EcosystemId } from "../catalog/types.ts";
import type { Standing } from "../probe/types.ts";
import { cleanText } from "../report/clean.ts";
import { fill } from "../report/say.ts";
import { messageLines } from "../report/screen.ts";
import {
  fold,
  groupsOf,
  isBarredHere,
  isWide,
  lagOf,
  listed,
  nowOf,
  raceRows,
  summaryOf,
  toolsOf,
  verdictOf,
} from "./rows.ts";
import type { Actions, Item, Move, Pick, Place, State, Step, Voice } from "./types.ts";

/** The second step: every mirror that was asked, with what it was found to be, and what there is beside mirrors; what cannot be chosen comes last. */
export async function pick(state: State, place: Place, voice: Voice, actions: Actions): Promise<Move> {
  const answer = await voice.prompter.choose(() => ({
    title: fill(voice.words.pick, { ecosystem: place.id }),
    items: itemsOf(place, voice, actions),
    preset: presetOf(state.picks.get(place.id)),
    back: "back",
  }));
  const chosen = place.offer?.race.standings.find(({ candidate }) => candidate.url === answer);
  if (chosen !== undefined) return take(state, place, chosen, voice, actions);
  return {
    state: answer === "keep" || answer === "reset" ? withPick(state, place.id, { kind: answer }) : state,
    next: stepFor(answer, place.id),
  };
}

function itemsOf(place: Place, voice: Voice, actions: Actions): (Item<string> | string)[] {
  const { words } = voice;
  const { heading, lines } = raceRows(place, voice);
  const standings = place.offer?.race.standings ?? [];
  const mirrors = standings.map((standing, index) => mirrorItem(standing, lines[index] ?? "", place, voice, actions));
  const others: Item<string>[] = [
    { value: "keep", name: fill(words.keep, { value: nowOf(place, voice) }), short: words.keepShort },
    { value: "reset", name: words.reset, short: words.resetShort },
    ...(groupsOf(place).length > 1
      ? [
          {
            value: "tools",
            name: fill(words.tools, { tools: listed(toolsOf(place), voice) }),
            short: words.toolsShort,
          },
        ]
      : []),
    { value: "own", name: words.own, short: words.ownShort },
    { value: "back", name: words.back, short: words.back },
  ];
  const [barred, free] = [true, false].map((isBarred) => mirrors.filter((item) => item.isBarred === isBarred));
  const head = mirrors.length > 0 ? [heading] : [];
  return [...head, ...(free ?? []), ...others, ...(barred?.length === 0 ? [] : [words.barredHead]), ...(barred ?? [])];
}

function stepFor(answer: string | null, id: EcosystemId): Step {
  if (answer === null) return { at: "end", how: { kind: "interrupted" } };
  if (answer === "own") return { at: "address", id };
  return answer === "tools" ? { at: "tools", id } : { at: "overview" };
}

function presetOf(chosen: Pick | undefined): string {
  const [first] = chosen?.kind === "mirrors" ? chosen.chain : [];
  return first?.candidate.url ?? chosen?.kind ?? "keep";
}

function mirrorItem(standing: Standing, name: string, place: Place, voice: Voice, actions: Actions): Item<string> {
  const { words, screen } = voice;
  const { id, url, mirror } = standing.candidate;
  const isBarred = standing.verdict === "rejected" || isBarredHere(standing, place.offer);
  const next = isBarred
    ? []
    : actions
        .chainFrom(place, standing)
        .slice(1)
        .map(({ candidate }) => candidate.id);
  const about = [
    cleanText(`${mirror?.name[screen.dictionary.language] ?? id}  ${url}`),
    ...(isBarred || !isWide(voice) ? [summaryOf(standing, voice)] : []),
    ...(mirror?.restriction ? [cleanText(mirror.restriction[screen.dictionary.language])] : []),
    ...(next.length > 0 ? [fill(words.fallback, { tool: place.id, next: cleanText(listed(next, voice)) })] : []),
    ...(standing.behind ? [fill(words.lagOf, { lag: lagOf(standing, place.offer?.race.lagUnit ?? "", voice) })] : []),
  ];
  return { value: url, name, short: cleanText(id), isBarred, about: about.join("\n") };
}

/** A mirror that has proved good is taken; one whose race was stopped has to prove itself first. */
export async function take(
  state: State,
  place: Place,
  standing: Standing,
  voice: Voice,
  actions: Actions,
): Promise<Move> {
  const { id, url } = standing.candidate;
  if (standing.verdict !== "unfinished") {
    const chain = actions.chainFrom(place, standing);
    return { state: withPick(state, place.id, { kind: "mirrors", chain }), next: { at: "overview" } };
  }
  const proved = await proveAloud(place, url, voice, actions);
  if (proved === null) return { state, next: { at: "pick", id: place.id } };
  const known = withStanding(state, place, { ...proved, candidate: { ...proved.candidate, id } });
  const now = known.places.find((each) => each.id === place.id) ?? place;
  return isGood(proved)
    ? take(known, now, proved, voice, actions)
    : { state: known, next: { at: "pick", id: place.id } };
}

/** Proves a mirror and says what came of it. Null: it could not even be asked. */
export async function proveAloud(place: Place, url: string, voice: Voice, actions: Actions): Promise<Standing | null> {
  const { prompter, words, screen } = voice;
  prompter.tell([fill(words.proving, { url: cleanText(url) })]);
  const proved = await actions.prove(place, url);
  if (!proved.ok) {
    prompter.tell(proved.messages.flatMap((message) => messageLines(message, screen)));
    return null;
  }
  const id = cleanText(proved.value.candidate.id);
  const said = isGood(proved.value)
    ? fill(words.taken, { id })
    : fill(words.notTaken, { id, verdict: verdictOf(proved.value, voice) });
  prompter.tell(fold(said, screen));
  return proved.value;
}

export function withPick(state: State, id: EcosystemId, chosen: Pick): State {
  return { ...state, picks: new Map([...state.picks, [id, chosen]]) };
}

/** The state with one mirror's standing as it was found just now. */
function withStanding(state: State, place: Place, found: Standing): State {
  const { offer } = place;
  if (offer === null) return state;
  const standings = offer.race.standings.map((each) => (each.candidate.url === found.candidate.url ? found : each));
  const changed = { ...place, offer: { ...offer, race: { ...offer.race, standings } } };
  return withPlace(state, changed);
}

export function withPlace(state: State, place: Place): State {
  return { ...state, places: state.places.map((each) => (each.id === place.id ? place : each)) };
}

/** Whether a mirror may be written. */
export function isGood({ verdict }: Standing): boolean {
  return verdict === "ok" || verdict === "degraded";
}
