import { canonical } from "../catalog/find.ts";
import type { Standing } from "../probe/types.ts";
import { cleanText } from "../report/clean.ts";
import { fill } from "../report/say.ts";
import type { Screen } from "../report/screen.ts";
import { widthOf } from "../report/table.ts";
import { verdictText } from "../report/views/race.ts";
import { milliseconds, rate } from "../report/views/units.ts";
import { wrap } from "../report/wrap.ts";
import type { Place, Voice } from "./types.ts";

/** From so many columns on there is room for all that is known of a mirror in its line; on fewer, it is told of the one that would be chosen. */
const wide = 60;

export function isWide({ screen }: Voice): boolean {
  return (screen.columns ?? wide) >= wide;
}

/** A line broken between words to fit the screen, what goes on indented. */
export function fold(line: string, { columns }: Screen): string[] {
  if (columns === null || widthOf(line) <= columns) return [line];
  const blanks = /^ */.exec(line)?.[0] ?? "";
  const parts = wrap(line.trimStart(), columns - blanks.length - 2, widthOf);
  return parts.map((part, index) => blanks + (index === 0 ? "" : "  ") + part);
}

/** Names, as a sentence has them. */
export function listed(names: readonly string[], { screen }: Voice): string {
  return names.join(screen.dictionary.words.list);
}

/** The tools that what is chosen is for. */
export function toolsOf({ field, without }: Place): string[] {
  return field.tools.map(({ tool }) => tool.id).filter((id) => !without.includes(id));
}

/** An ecosystem's tools, by who can be set without the others: those that one file is written for share it. */
export function groupsOf({ field }: Place): string[][] {
  const files = [...new Set(field.tools.map(({ current }) => current.file))];
  return files.map((file) => field.tools.flatMap(({ tool, current }) => (current.file === file ? [tool.id] : [])));
}

/** What an ecosystem uses now, in a word. */
export function nowOf({ field }: Place, { words }: Voice): string {
  const [known] = field.inForce.flatMap(({ mirror }) => (mirror === null ? [] : [mirror]));
  const [host] = field.inUse.map((url) => new URL(url).host);
  return cleanText(known ?? host ?? words.none);
}

/** The figures and the verdict of one mirror, as a sentence. */
export function summaryOf(standing: Standing, voice: Voice): string {
  return [...figures(standing, voice), verdictOf(standing, voice)].join(voice.words.comma);
}

/** Latency and rate, and nothing of the kind where they were not measured. */
export function figures(standing: Standing, { screen }: Voice): string[] {
  const { latencyMs, bytesPerSecond, rateIsLowerBound } = standing;
  const speed = bytesPerSecond === null ? screen.dash : (rateIsLowerBound ? screen.atLeast : "") + rate(bytesPerSecond);
  return [milliseconds(latencyMs, screen.dash), speed];
}

/** The verdict; of one whose race was stopped, that it still has to prove itself. */
export function verdictOf(standing: Standing, { screen, words }: Voice): string {
  return standing.verdict === "unfinished" ? words.unfinished : verdictText(standing, screen);
}

/** The lines of a race, one for each mirror, and their heading. */
export function raceRows(
  { offer, field }: Place,
  voice: Voice,
): { readonly heading: string; readonly lines: string[] } {
  const { screen, words } = voice;
  const { heading: h } = screen.dictionary.words;
  const hasRoom = isWide(voice);
  const standings = offer?.race.standings ?? [];
  const head = [h.mirror, h.latency, ...(hasRoom ? [h.rate, words.lag] : []), h.verdict];
  const rows = standings.map((standing) => [
    nameOf(standing, field.inUse, voice),
    ...figures(standing, voice).slice(0, hasRoom ? 2 : 1),
    ...(hasRoom ? [lagOf(standing, offer?.race.lagUnit ?? "", voice)] : []),
    isBarredHere(standing, offer) ? words.notHere : verdictOf(standing, voice),
  ]);
  const [heading = "", ...lines] = listTable([head, ...rows], hasRoom ? "lrrr" : "lr", voice);
  return { heading, lines };
}

/** How far behind the freshest. */
export function lagOf({ behind }: Standing, unit: string, { screen, words }: Voice): string {
  if (behind === null) return screen.dash;
  const units: Readonly<Record<string, string>> = screen.dictionary.words.unit;
  return behind === 0 ? words.upToDate : `${behind} ${units[unit] ?? unit}`;
}

/** A table for a list, which has two columns of its own in front. */
export function listTable(rows: readonly (readonly string[])[], aligns: string, { screen }: Voice): string[] {
  return screen.rows(rows, aligns).map((line) => line.slice(2));
}

/** Mirrors in the order in which the tool would ask them. */
export function chainText(chain: readonly Standing[], { field }: Place, voice: Voice): string {
  const { words } = voice;
  const [first = "", ...others] = chain.map((standing) => nameOf(standing, field.inUse, voice));
  return others.length === 0 ? first : fill(words.chain, { first, next: listed(others, voice) });
}

function nameOf({ candidate }: Standing, inUse: readonly string[], { words }: Voice): string {
  const id = cleanText(candidate.id);
  return inUse.some((url) => canonical(url) === canonical(candidate.url)) ? fill(words.inUse, { mirror: id }) : id;
}

/** Whether a good mirror must not be set here. */
export function isBarredHere({ candidate }: Standing, offer: Place["offer"]): boolean {
  return offer?.barred.some(({ url }) => url === candidate.url) ?? false;
}
