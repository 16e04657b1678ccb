import { type Line, linesOf, type Splice, spliced, withLines } from "./lines.ts";
import { decode, isQuoted, type Npmrc, type NpmrcKey, scanNpmrc } from "./npmrc-scan.ts";
import type { Entry, Format, KeyEdit } from "./types.ts";

/**
 * `.npmrc`, pnpm's `rc` and `auth.ini`: `key=value` as npm's `ini` package reads it, case and all. Of duplicates the last wins, and it is
 * the one that is changed. Keys under a `[section]` are called `section.key`; npm does not look there, and they are never touched.
 * `${VARIABLES}` stay as they are written.
 */
export const npmrc: Format = {
  entries: (text) => [...winners(scanNpmrc(text)).values()],
  edit: (text, edits) => edits.reduce(editOne, text),
  problem: (text, keys) => {
    const file = scanNpmrc(text);
    const number = Math.min(...keys.flatMap((key) => unclear(file, key)).map((line) => line.number));
    return Number.isFinite(number) ? { code: "unsupported-form", line: number } : null;
  },
};

function winners({ keys }: Npmrc): Map<string, Entry> {
  return new Map(
    keys.map((each) => {
      const key = each.section === null ? each.key : `${each.section}.${each.key}`;
      return [key, { key, value: each.value, line: each.line.number }];
    }),
  );
}

/** Lines that make more of the key than one value at the top: `key[]`, `[key]`, `[key.more]`, or a key that is in a section itself. */
function unclear({ keys, headers }: Npmrc, key: string): Line[] {
  const list = key.endsWith("[]") ? key.slice(0, -2) : `${key}[]`;
  return [
    ...keys.filter((each) => each.section === null && each.key === list),
    ...keys.filter((each) => each.section !== null && `${each.section}.${each.key}` === key),
    ...headers.filter(({ name }) => name === key || name.startsWith(`${key}.`)),
  ].map(({ line }) => line);
}

function editOne(text: string, { key, value }: KeyEdit): string {
  const file = scanNpmrc(text);
  const same = file.keys.filter((each) => each.section === null && each.key === key);
  if (value === null) {
    const splices = same.map((each) => gone(text, each));
    return withoutGluedMark(text, spliced(text, splices));
  }
  const last = same.at(-1);
  if (last === undefined) return added(text, file, key, value);
  return last.value === value ? text : spliced(text, [replaced(text, last, value)]);
}

function gone(text: string, { line }: NpmrcKey): Splice {
  const mark = line.start === 0 && text.startsWith("\uFEFF") ? 1 : 0;
  return { start: line.start + mark, end: line.next, text: "" };
}

/** A byte order mark right before a `[section]` would hide it from npm, and what is under it would count; before a `=` it would make a key. */
function withoutGluedMark(before: string, after: string): string {
  const glued = /^\uFEFF[[=]/;
  return glued.test(after) && !glued.test(before) ? after.slice(1) : after;
}

/** Written like the old value where npm then reads the new one; a comment behind it goes only where no way of writing goes with it. */
function replaced(text: string, { start, end, equals, line }: NpmrcKey, value: string): Splice {
  const old = text.slice(start, end);
  const sign = equals === null ? "=" : "";
  const behind = text.slice(end, line.end);
  // A comment needs a space before it only for the eye; where the value was empty there may be none.
  const gap = old === "" && behind !== "" && !/^\s/.test(behind) ? " " : "";
  const ways = [...(isQuoted(old) && old.length > 1 ? quoted(value, old.charAt(0)) : []), ...plain(value)];
  const fits = ways.find((way) => reads(way + gap + behind, value));
  if (fits !== undefined) return { start, end, text: sign + fits + gap };
  return { start, end: line.end, text: sign + inQuotes(value) };
}

function quoted(value: string, quote: string): string[] {
  return quote === "'" ? [`'${value}'`, inQuotes(value)] : [inQuotes(value)];
}

function plain(value: string): string[] {
  return [value, value.replace(/[\\;#]/g, "\\$&")];
}

/** Two line ends that JSON leaves as they are would hide the line from npm. */
function inQuotes(value: string): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
}

/** Whether npm reads this value when a line goes on so behind its `=`. */
function reads(written: string, value: string): boolean {
  return /^.*$/.test(written) && decode(written) === value;
}

function added(text: string, { keys, headers }: Npmrc, key: string, value: string): string {
  const top = keys.filter(({ section }) => section === null);
  const written = plain(value).find((way) => reads(way, value)) ?? inQuotes(value);
  const line = `${key}${signLike(text, top.at(-1))}${written}`;
  const [first] = headers;
  if (first === undefined) return withLines(text, text.length, line);
  return withLines(text, top.at(-1)?.line.next ?? aboveComments(text, first.line.start), line);
}

function signLike(text: string, model: NpmrcKey | undefined): string {
  if (model === undefined || model.equals === null) return "=";
  return /^[ \t]=[ \t]/.test(text.slice(model.equals - 1)) ? " = " : "=";
}

/** Before the comments that lead to a section. */
function aboveComments(text: string, header: number): number {
  const above = linesOf(text.slice(0, header));
  const other = above.findLast(({ start, end }) => !/^\s*[;#]/.test(text.slice(start, end)));
  return other?.next ?? (text.startsWith("\uFEFF") ? 1 : 0);
}
