import { parse } from "smol-toml";

/** A value in the text: where it is, and what is in it. */
export interface Value {
  readonly kind: "scalar" | "array" | "table";
  readonly start: number;
  readonly end: number;
  /** Of an array. */
  readonly items: readonly Value[];
  /** Of an inline table. */
  readonly members: readonly Pair[];
}

/** `key = value`, in a table or in an inline one. */
export interface Pair {
  /** A dotted key has several names. */
  readonly names: readonly string[];
  readonly start: number;
  readonly keyEnd: number;
  readonly value: Value;
}

/** The value that starts here. The text is TOML that the referee has read; these functions only find where things are. */
export function valueAt(text: string, start: number): Value {
  const sign = text.charAt(start);
  if (sign === "[") return arrayAt(text, start);
  if (sign === "{") return tableAt(text, start);
  const end = sign === '"' || sign === "'" ? stringEnd(text, start) : bareEnd(text, start);
  return { kind: "scalar", start, end, items: [], members: [] };
}

/** The pair that starts here. */
export function pairAt(text: string, start: number): Pair {
  const { names, end } = keyAt(text, start);
  const sign = afterSpaces(text, end);
  return { names, start, keyEnd: end, value: valueAt(text, afterSpaces(text, sign + 1)) };
}

/** The names of the key that starts here, and where the last one ends. */
export function keyAt(text: string, start: number): { names: string[]; end: number } {
  const names: string[] = [];
  for (let at = start; ; ) {
    const quoted = text.charAt(at) === '"' || text.charAt(at) === "'";
    const end = quoted ? stringEnd(text, at) : matchEnd(/[\w-]*/y, text, at);
    const written = text.slice(at, end);
    names.push(quoted ? scalarText(written) : written);
    const dot = afterSpaces(text, end);
    if (text.charAt(dot) !== ".") return { names, end };
    at = afterSpaces(text, dot + 1);
  }
}

/** A string's content, by the referee's reading; any other scalar as it is written. */
export function scalarText(written: string): string {
  return /^["']/.test(written) ? String(parse(`x=${written}`).x) : written;
}

/** Past spaces and tabs. */
export function afterSpaces(text: string, at: number): number {
  return matchEnd(/[ \t]*/y, text, at);
}

/** Past spaces, line ends and comments. */
export function afterVoid(text: string, at: number): number {
  for (let next = at; ; ) {
    next = matchEnd(/[ \t\r\n]*/y, text, next);
    if (text.charAt(next) !== "#") return next;
    next = matchEnd(/[^\n]*/y, text, next);
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function arrayAt(text: string, start: number): Value {
  const items: Value[] = [];
  let at = afterVoid(text, start + 1);
  while (at < text.length && text.charAt(at) !== "]") {
    const item = valueAt(text, at);
    items.push(item);
    at = pastComma(text, item.end);
  }
  return { kind: "array", start, end: at + 1, items, members: [] };
}

function tableAt(text: string, start: number): Value {
  const members: Pair[] = [];
  let at = afterVoid(text, start + 1);
  while (at < text.length && text.charAt(at) !== "}") {
    const member = pairAt(text, at);
    members.push(member);
    at = pastComma(text, member.value.end);
  }
  return { kind: "table", start, end: at + 1, items: [], members };
}

function pastComma(text: string, end: number): number {
  const at = afterVoid(text, end);
  return text.charAt(at) === "," ? afterVoid(text, at + 1) : at;
}

function stringEnd(text: string, start: number): number {
  const quote = text.charAt(start);
  const mark = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  let at = start + mark.length;
  while (at < text.length && !text.startsWith(mark, at)) at += quote === '"' && text.charAt(at) === "\\" ? 2 : 1;
  at += mark.length;
  // Up to two quotes right before the closing three are part of the text.
  for (let more = 0; mark.length === 3 && more < 2 && text.charAt(at) === quote; more += 1) at += 1;
  return at;
}

/** Numbers, dates and booleans end where anything else begins; never at their start, so that every step gets on. */
function bareEnd(text: string, start: number): number {
  return Math.max(start + 1, matchEnd(/[^,\]}\r\n#]*[^,\]}\r\n# \t]/y, text, start));
}
