import { type Line, linesOf } from "./lines.ts";

/** A line that sets a key. */
export interface NpmrcKey {
  readonly key: string;
  readonly value: string;
  /** The `[section]` it stands under; null at the top, where npm looks. */
  readonly section: string | null;
  readonly line: Line;
  /** The value as it is written, without the spaces around it and the comment behind it. */
  readonly start: number;
  readonly end: number;
  /** Null: the line has no `=`, and npm takes the key for `true`. */
  readonly equals: number | null;
}

/** A whole file: its keys, and the lines of its sections' headers. */
export interface Npmrc {
  readonly keys: readonly NpmrcKey[];
  readonly headers: readonly { readonly name: string; readonly line: Line }[];
}

/**
 * Reads a text as npm's `ini` package does: the same pattern for a line, the same rules for what is in quotes and what is escaped. A byte
 * order mark counts as white space there, as it does here. Source: lib/ini.js of the package `ini`, `decode`.
 */
export function scanNpmrc(text: string): Npmrc {
  const keys: NpmrcKey[] = [];
  const headers: { name: string; line: Line }[] = [];
  for (const line of linesOf(text)) {
    const raw = text.slice(line.start, line.end);
    const match = /^\s*([;#]|$)/.test(raw) ? null : /^\[([^\]]*)\]\s*$|^([^=]+)(=(.*))?$/.exec(raw);
    if (match === null) continue;
    const [, header, name = "", assigned, written = ""] = match;
    if (header !== undefined) headers.push({ name: decode(header), line });
    else keys.push(keyOf(line, headers.at(-1)?.name ?? null, name, assigned === undefined ? null : written));
  }
  // The package leaves this one out.
  return { keys: keys.filter(({ key }) => key !== "__proto__"), headers };
}

function keyOf(line: Line, section: string | null, name: string, written: string | null): NpmrcKey {
  const key = decode(name);
  if (written === null) {
    const { end } = spanOf(name, line.start);
    return { key, value: "true", section, line, start: end, end, equals: null };
  }
  const equals = line.start + name.length;
  return { key, value: decode(written), section, line, ...spanOf(written, equals + 1), equals };
}

/** What npm reads for a value that is written so, as text. */
export function decode(written: string): string {
  const trimmed = written.trim();
  if (!isQuoted(trimmed)) return unescaped(trimmed).trim();
  const inside = trimmed.startsWith("'") ? trimmed.slice(1, -1) : trimmed;
  try {
    const value: unknown = JSON.parse(inside);
    return typeof value === "string" ? value : JSON.stringify(value);
  } catch {
    return inside;
  }
}

/** Whether npm takes it for a text in quotes: only the two ends count. */
export function isQuoted(trimmed: string): boolean {
  return /^"(.*")?$|^'(.*')?$/s.test(trimmed);
}

/** Backslashes go before `;`, `#` and themselves; the first `;` or `#` without one ends the value. */
function unescaped(text: string): string {
  return text.slice(0, commentStart(text)).replace(/\\([\\;#])/g, "$1");
}

/** Where the comment starts, or the end. */
function commentStart(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === "\\") at += 1;
    else if (sign === ";" || sign === "#") return at;
  }
  return text.length;
}

function spanOf(written: string, at: number): { start: number; end: number } {
  const trimmed = written.trim();
  const start = at + (trimmed === "" ? written.length : written.indexOf(trimmed));
  if (isQuoted(trimmed)) return { start, end: start + trimmed.length };
  return { start, end: start + trimmed.slice(0, commentStart(trimmed)).trimEnd().length };
}
