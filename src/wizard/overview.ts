import { cleanText } from "../report/clean.ts";
import { fill } from "../report/say.ts";
import { chainText, figures, isWide, listed, listTable, nowOf, summaryOf, toolsOf, verdictOf } from "./rows.ts";
import type { Item, Move, Pick, Place, Question, State, Step, Voice } from "./types.ts";

const goOn = "go-on";
const leave = "leave";

/** The first step, and the one that all others come back to: what stands for each ecosystem, to go on with or to change. */
export async function overview(state: State, voice: Voice): Promise<Move> {
  const answer = await voice.prompter.choose(() => question(state, voice));
  return { state, next: stepFor(answer, state) };
}

function question(state: State, voice: Voice): Question<string> {
  const { words } = voice;
  const lines = rowsOf(state, voice);
  const rows = state.places.map((place, index): Item<string> => {
    const isBarred = place.field.tools.length === 0;
    return {
      value: place.id,
      name: lines[index] ?? "",
      short: place.id,
      isBarred,
      about: aboutOf(place, state, voice),
    };
  });
  const isIdle = [...state.picks.values()].every(({ kind }) => kind === "keep");
  const on = isIdle
    ? { value: leave, name: words.nothingYet, short: words.leaveShort }
    : { value: goOn, name: words.goOn, short: words.goOnShort };
  const out = isIdle ? [] : [{ value: leave, name: words.leave, short: words.leaveShort }];
  return { title: words.overview, items: [on, ...rows, ...out], preset: on.value };
}

function stepFor(answer: string | null, { places }: State): Step {
  if (answer === null) return { at: "end", how: { kind: "interrupted" } };
  if (answer === leave) return { at: "end", how: { kind: "left" } };
  const place = places.find(({ id }) => id === answer);
  return place === undefined ? { at: "review" } : { at: "pick", id: place.id };
}

/** A line for each ecosystem: its mirrors with the figures of the first, or what else is to become of it. */
function rowsOf({ places, picks }: State, voice: Voice): string[] {
  const chains = new Map(
    places.flatMap((place) => {
      const pick = picks.get(place.id);
      return pick?.kind === "mirrors" ? [[place, cellsOf(pick.chain, place, voice)] as const] : [];
    }),
  );
  const laidOut = listTable([...chains.values()], "lrr", voice);
  const texts = new Map([...chains.keys()].map((place, index) => [place, laidOut[index] ?? ""]));
  return listTable(
    places.map((place) => [place.id, texts.get(place) ?? otherwise(place, picks.get(place.id), voice)]),
    "",
    voice,
  );
}

function cellsOf(chain: Extract<Pick, { kind: "mirrors" }>["chain"], place: Place, voice: Voice): string[] {
  const [first] = chain;
  const cells = [chainText(chain, place, voice)];
  if (first === undefined || !isWide(voice)) return cells.map((cell) => withoutText(cell, place, voice));
  return [...cells, ...figures(first, voice), withoutText(verdictOf(first, voice), place, voice)];
}

/** Says, too, which tools are left out. */
function withoutText(text: string, { without }: Place, voice: Voice): string {
  const { words } = voice;
  return without.length === 0 ? text : text + words.comma + fill(words.without, { tools: listed(without, voice) });
}

function otherwise(place: Place, pick: Pick | undefined, voice: Voice): string {
  const { words } = voice;
  if (place.field.tools.length === 0) return words.blocked;
  if (pick?.kind === "reset") return withoutText(words.resetRow, place, voice);
  if (place.offer?.candidates.length === 0) return words.noneOffered;
  const isHopeless = (place.offer?.chain ?? []).length === 0;
  return isHopeless ? words.noneGood : fill(words.keepNow, { value: nowOf(place, voice) });
}

function aboutOf(place: Place, { picks }: State, voice: Voice): string {
  const pick = picks.get(place.id);
  const tools = listed(toolsOf(place), voice);
  const about = fill(voice.words.aboutTools, { tools, now: nowOf(place, voice) });
  const chain = pick?.kind === "mirrors" ? pick.chain : [];
  const mirrors = chain.map((standing) => {
    const { id, url } = standing.candidate;
    return cleanText(`${id}  ${url}`) + (isWide(voice) ? "" : `${voice.words.comma}${summaryOf(standing, voice)}`);
  });
  return [about, ...mirrors].join("\n");
}
