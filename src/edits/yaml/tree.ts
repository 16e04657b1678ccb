import { type Line, linesOf } from "../lines.ts";
import { scalarAt, unquoted } from "./scalars.ts";

/** `key: value`, or a key with a mapping below it. */
export interface Pair {
  readonly name: string;
  readonly line: Line;
  readonly indent: number;
  /** Behind the colon. */
  readonly colon: number;
  /** Nothing, a scalar on this line, a mapping below, or something that is left alone. */
  readonly kind: "nothing" | "scalar" | "mapping" | "other";
  /** Of the scalar, as it is written. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Of the mapping. */
  readonly pairs: readonly Pair[];
  /** Where the line after its last one starts. */
  readonly next: number;
}

/** A mapping, and the first line that is none of it. */
interface Mapping {
  readonly pairs: Pair[];
  readonly trouble: Line | null;
}

interface Row extends Line {
  readonly indent: number;
  /** Without the indentation. */
  readonly body: string;
  readonly kind: "blank" | "comment" | "content";
}

/**
 * Reads the block mappings of a YAML text: keys and one-line scalars, plain or quoted. Whatever else there is, sequences, text blocks, flow
 * collections, anchors, is kept together by its indentation and not looked into. `trouble` is the first line at the top that cannot be told.
 */
export function treeOf(text: string): Mapping {
  const rows = linesOf(text).map((line) => rowOf(text, line));
  const first = rows.findIndex(({ kind }) => kind === "content");
  const marked = /^---[ \t]*$|^---[ \t]+#/.test(rows[first]?.body ?? "") && rows[first]?.indent === 0;
  const content = marked ? rows.slice(first + 1) : rows;
  const indent = content.find(({ kind }) => kind === "content")?.indent ?? 0;
  return mappingOf(text, content, indent);
}

function rowOf(text: string, line: Line): Row {
  const start = line.start === 0 && text.startsWith("\uFEFF") ? 1 : line.start;
  const raw = text.slice(start, line.end);
  const body = raw.replace(/^ +/, "");
  const kind = /^[ \t]*$/.test(body) ? "blank" : /^[ \t]*#/.test(body) ? "comment" : "content";
  return { ...line, indent: raw.length - body.length, body, kind };
}

function mappingOf(text: string, rows: readonly Row[], indent: number): Mapping {
  const pairs: Pair[] = [];
  for (let at = 0; at < rows.length; ) {
    const row = rows[at];
    if (row === undefined) break;
    if (row.kind !== "content") {
      at += 1;
      continue;
    }
    const key = row.indent === indent ? keyOf(row.body) : null;
    if (key === null) return { pairs, trouble: row };
    const size = sizeOf(rows.slice(at), key.rest);
    pairs.push(pairOf(text, rows.slice(at, at + size), key));
    at += size;
  }
  return { pairs, trouble: null };
}

/** The name before a colon, and what is behind it. */
function keyOf(body: string): { name: string; colon: number; rest: string } | null {
  const quoted = /^('(?:[^']|'')*'|"(?:[^"\\]|\\.)*")[ \t]*:(?=[ \t]|$)/.exec(body);
  const plain = /^([^\s\-?:,[\]{}#&*!|>'"%@`].*?)[ \t]*:(?=[ \t]|$)/.exec(body);
  const written = (quoted ?? plain)?.[1];
  const name = quoted === null ? written : unquoted(quoted[1] ?? "");
  if (name === undefined || name === null || (quoted === null && /[ \t]#|^\.\.\.[ \t]/.test(name))) return null;
  const colon = (quoted ?? plain)?.[0].length ?? 0;
  return { name, colon, rest: body.slice(colon).replace(/^[ \t]+(#.*)?/s, "") };
}

/** How many rows belong to the first: all that are deeper, and, below a key without a value, a sequence that is not. */
function sizeOf(rows: readonly Row[], rest: string): number {
  const [first] = rows;
  let size = 1;
  for (const [index, row] of rows.entries()) {
    if (index === 0 || row.kind === "blank") continue;
    const item = rest === "" && /^-(?:[ \t]|$)/.test(row.body) && row.indent === first?.indent;
    const deeper = row.indent > (first?.indent ?? 0);
    if (row.kind === "content" && !deeper && !item) break;
    if (deeper || item) size = index + 1;
  }
  return size;
}

function pairOf(text: string, rows: readonly Row[], key: { name: string; colon: number; rest: string }): Pair {
  const [row] = rows as [Row, ...Row[]];
  const below = rows.slice(1).filter(({ kind }) => kind === "content");
  const colon = row.end - row.body.length + key.colon;
  const scalar = below.length === 0 ? scalarAt(key.rest) : null;
  const start = scalar === null ? colon : row.end - key.rest.length;
  const pair = {
    name: key.name,
    line: row,
    indent: row.indent,
    colon,
    start,
    end: start + (scalar?.written.length ?? 0),
    text: scalar?.text ?? "",
    pairs: [],
    next: rows.at(-1)?.next ?? row.next,
  };
  if (scalar !== null) return { ...pair, kind: "scalar" };
  if (key.rest !== "") return { ...pair, kind: "other" };
  if (below[0] === undefined) return { ...pair, kind: "nothing" };
  const { pairs, trouble } = mappingOf(text, rows.slice(1), below[0].indent);
  return below[0].indent > row.indent && trouble === null
    ? { ...pair, kind: "mapping", pairs }
    : { ...pair, kind: "other" };
}
