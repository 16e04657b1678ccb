import type { Entry, Format, KeyEdit } from "./types.ts";

/** A line that sets a key: where it stands in the text, and where its value does. */
interface Assignment extends Entry {
  readonly start: number;
  readonly valueStart: number;
  /** Before the line feed; a carriage return belongs to the value, as it does for go. */
  readonly valueEnd: number;
  /** After the line feed, or the end of the text. */
  readonly end: number;
}

/**
 * The file that `go env -w` keeps: `KEY=VALUE` lines ended by a line feed; a line that does not begin with A to Z or has no `=` is a comment;
 * no quotes; of duplicates the last wins. Source: cmd/go/internal/cfg, readEnvFile.
 */
export const goenv: Format = {
  entries: (text) => winners(assignments(text)).map(({ key, value, line }) => ({ key, value, line })),
  edit: (text, edits) => edits.reduce(editOne, text),
  // go takes every line that it cannot read for a comment.
  problem: () => null,
  mended: (text) => text.replace(assignmentElsewhere, "$1=$3"),
};

/** What people put before `GOPROXY=`, as in a shell, and what keeps go from reading the line: an editor's byte order mark is one of them. */
const before = String.raw`^(?:\uFEFF|[ \t]+|[Ee]xport[ \t]+|[Ss][Ee][Tt][Xx]?[ \t]+|\$[Ee][Nn][Vv]:|go env -w[ \t]+)+`;

/** A line that goes without saying what it means: one word, in a shell's quotes or none. */
const assignmentElsewhere = new RegExp(
  String.raw`${before}(GO[A-Z0-9]+)[ \t]*=[ \t]*(["']?)([^\s"'$;&\x60]*)\2[ \t]*$`,
  "gm",
);

const unread = new RegExp(String.raw`${before}(GO[A-Z0-9]+)[ \t]*=`, "i");

/** The key that a line was meant to set, and does not: go takes it for a comment. */
export function unreadKey(line: string): string | null {
  return unread.exec(line)?.[1]?.toUpperCase() ?? null;
}

function assignments(text: string): Assignment[] {
  const found: Assignment[] = [];
  for (let start = 0, line = 1; start < text.length; line += 1) {
    const feed = text.indexOf("\n", start);
    const valueEnd = feed === -1 ? text.length : feed;
    const end = feed === -1 ? text.length : feed + 1;
    const equals = text.indexOf("=", start);
    if (equals !== -1 && equals < valueEnd && /[A-Z]/.test(text.charAt(start))) {
      const key = text.slice(start, equals);
      found.push({ key, value: text.slice(equals + 1, valueEnd), line, start, valueStart: equals + 1, valueEnd, end });
    }
    start = end;
  }
  return found;
}

function winners(all: readonly Assignment[]): Assignment[] {
  return [...new Map(all.map((assignment) => [assignment.key, assignment])).values()];
}

function editOne(text: string, { key, value }: KeyEdit): string {
  const same = assignments(text).filter((assignment) => assignment.key === key);
  if (value === null) return same.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
  const last = same.at(-1);
  if (last !== undefined) return text.slice(0, last.valueStart) + value + text.slice(last.valueEnd);
  const joint = text === "" || text.endsWith("\n") ? "" : "\n";
  return `${text}${joint}${key}=${value}\n`;
}
