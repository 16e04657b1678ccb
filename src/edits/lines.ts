/** A line of a text: where it is, without and with its end. */
export interface Line {
  readonly start: number;
  /** Before the line's end. */
  readonly end: number;
  /** After the line's end: where the next line starts. */
  readonly next: number;
  /** Counted from 1. */
  readonly number: number;
}

/** A stretch of text and what comes into its place. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The lines of a text, ended by LF, CRLF or a lone CR. An empty text has none, and what follows the last end is one only if it is not empty. */
export function linesOf(text: string): Line[] {
  const found: Line[] = [];
  const ends = /\r\n|\r|\n|$/g;
  for (let start = 0; start < text.length; start = ends.lastIndex) {
    ends.lastIndex = start;
    const match = ends.exec(text);
    const end = match?.index ?? text.length;
    ends.lastIndex = end + (match?.[0].length ?? 0);
    found.push({ start, end, next: ends.lastIndex, number: found.length + 1 });
  }
  return found;
}

/** The line end that a text uses first; a lone CR only where it has no other, and LF where it has none. */
export function lineEndOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? (text.includes("\r") ? "\r" : "\n");
}

/** A line taken out, with its end. */
export function gone({ start, next }: Pick<Line, "start" | "next">): Splice {
  return { start, end: next, text: "" };
}

/** The text with its splices made, which must not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const sorted = [...splices].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = 0;
  for (const splice of sorted) {
    parts.push(text.slice(at, splice.start), splice.text);
    at = splice.end;
  }
  return parts.join("") + text.slice(at);
}

/** Puts lines (without the last one's end) where a line starts, or at the end of a text: a last line without an end stays the way of the file. */
export function withLines(text: string, at: number, lines: string): string {
  const end = lineEndOf(text);
  const open = at === text.length && !/(^\uFEFF?|[\r\n])$/.test(text);
  return text.slice(0, at) + (open ? end + lines : lines + end) + text.slice(at);
}
