import type { Field } from "../core/survey.ts";
import { cleanText } from "../report/clean.ts";
import { fill } from "../report/say.ts";
import { messageLines, type Screen } from "../report/screen.ts";
import type { InForce, Message } from "../report/types.ts";
import { passedOver, sourceText } from "../report/views/change.ts";
import { fold } from "./rows.ts";
import type { Place, Voice } from "./types.ts";

/** What stands below them all: tools that are not here, and what a person should know. */
export function remarkLines(fields: readonly Field[], { screen }: Voice): string[] {
  const skipped = fields.flatMap((field) => field.skipped);
  const missing = passedOver(skipped, screen).map((line) => `  ${line}`);
  const messages = fields.flatMap((field) => field.messages);
  return [...missing, ...lines(messages, screen), ""];
}

/** A tool's first key is its mirror; others only count where they are set to one, or cannot be. */
function isWorthALine({ mirror, shadowedBy }: InForce, isFirst: boolean): boolean {
  return isFirst || mirror !== null || shadowedBy !== null;
}

/** What each tool uses now, where that is set, and what wins over it. Tools that say the same share a line. */
export function foundLines({ inForce }: Field, voice: Voice): string[] {
  const byText = new Map<string, string[]>();
  for (const [index, row] of inForce.entries()) {
    const isFirst = inForce.findIndex(({ tool }) => tool === row.tool) === index;
    if (!isWorthALine(row, isFirst)) continue;
    const text = textOf(row, isFirst, voice).join("\n    ");
    byText.set(text, [...(byText.get(text) ?? []), row.tool]);
  }
  return [...byText].flatMap(([text, tools]) =>
    `  ${voice.screen.bold(tools.join(", "))}  ${text}`.split("\n").flatMap((line) => fold(line, voice.screen)),
  );
}

function textOf(
  { key, value, mirror, source, line, shadowedBy, tool }: InForce,
  isFirst: boolean,
  voice: Voice,
): string[] {
  const { screen, words } = voice;
  const set = value === null || value === "" ? screen.dictionary.words.notSet : cleanText(value);
  const text = isFirst ? set : `${key}=${set}`;
  const known = mirror === null ? "" : `  ${screen.good(cleanText(mirror))}`;
  const isDefault = source === "default";
  const winner = shadowedBy === null ? null : sourceText(shadowedBy, null, tool, screen);
  return [
    isDefault ? `${text}${known}  ${screen.dim(words.byDefault)}` : `${text}${known}`,
    ...(isDefault ? [] : [screen.dim(sourceText(source, line, tool, screen))]),
    ...(winner === null ? [] : [screen.caution(fill(screen.dictionary.words.shadowed, { winner }))]),
  ];
}

/** How many proved good; where none did, what they have in common. */
export function tellOffers(places: readonly Place[], { prompter, words, screen }: Voice): void {
  const raced = places.flatMap(({ id, offer }) =>
    offer === null || offer.candidates.length === 0 ? [] : [{ id, ...offer }],
  );
  const counts = raced.map(({ id, race }) => {
    const usable = race.standings.filter(({ rank }) => rank !== null).length;
    return fill(words.count, { ecosystem: id, usable, total: race.standings.length });
  });
  const total = raced.reduce((sum, { race }) => sum + race.standings.length, 0);
  const seconds = (Math.max(0, ...raced.map(({ race }) => race.elapsedMs)) / 1000).toFixed(1);
  const messages = raced.flatMap((each) => each.messages);
  prompter.tell([
    ...(raced.length === 0
      ? []
      : fold(fill(words.asked, { total, seconds, counts: counts.join(words.comma) }), screen)),
    ...lines(messages, screen),
    "",
  ]);
}

/** Messages as lines, each once. */
function lines(messages: readonly Message[], screen: Screen): string[] {
  return [...new Set(messages.map((message) => messageLines(message, screen).join("\n")))];
}
