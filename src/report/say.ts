import { cleanText } from "./clean.ts";
import type { Dictionary } from "./language.ts";
import type { Message } from "./types.ts";

/** Fills in `{name}`; a name that is not given stays as it is. */
export function fill(template: string, args: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

/** A message in words. The only place that makes them. A `why` that is a code of ours, or of the system, is put into words too. */
export function say(message: Message, dictionary: Dictionary): string {
  const args: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(message.args)) {
    const text = typeof value === "object" ? value[dictionary.language] : value;
    args[name] = typeof text === "number" ? text : cleanText(name === "why" ? whyIn(text, dictionary) : text);
  }
  return fill(dictionary.messages[message.code], args);
}

function whyIn(code: string, { words }: Dictionary): string {
  return (words.why as Readonly<Record<string, string>>)[code] ?? code;
}
