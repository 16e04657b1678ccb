import { cleanText } from "./clean.ts";
import type { Dictionary } from "./language.ts";
import type { Detail, Message } from "./types.ts";

/** Fills in `{name}`; a name that is not given stays as it is. */
export function fill(template: string, args: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

/** A message in words. The only place that makes them. */
export function say(message: Message, dictionary: Dictionary): string {
  const args: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(message.args)) {
    const text = typeof value === "object" ? value[dictionary.language] : value;
    args[name] = typeof text === "number" ? text : cleanText(worded(name, text, dictionary));
  }
  return fill(dictionary.messages[message.code], args);
}

/** Places in messages that have several names in them. */
const lists = new Set(["known", "near", "tools"]);

/** Codes that stand in a message are put into words by the name of their place: a `why`, and what a value comes from. */
function worded(name: string, text: string, { words }: Dictionary): string {
  if (name === "why") return codeIn(words.why, text);
  if (name === "reason") return codeIn(words.reason, text);
  if (lists.has(name)) return text.replaceAll(", ", words.list);
  const fromEnvironment = (name === "winner" || name === "source") && text.startsWith("env:");
  return fromEnvironment ? fill(words.fromEnv, { name: text.slice("env:".length) }) : text;
}

/** What was seen of a mirror, in words. */
export function sayDetail(detail: Detail | null, { details, words }: Dictionary): string | null {
  if (detail === null) return null;
  const args =
    detail.code === "behind-by" ? { ...detail.args, unit: codeIn(words.unit, detail.args.unit) } : detail.args;
  return cleanText(fill(details[detail.code], args));
}

function codeIn(words: Readonly<Record<string, string>>, code: string | number): string {
  return words[code] ?? String(code);
}
