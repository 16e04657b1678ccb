import { parse } from "smol-toml";
import { afterSpaces, afterVoid, keyAt, type Pair, pairAt, scalarText, type Value } from "./values.ts";

/** Names of tables and keys, and positions in arrays. */
export type Path = readonly (string | number)[];

/** A pair on lines of its own. */
export interface Statement extends Pair {
  /** Of the first line. */
  readonly lineStart: number;
  /** Where the line after the last one starts. */
  readonly next: number;
  readonly line: number;
}

/** What stands under one header, or before the first. */
export interface Section {
  readonly path: Path;
  /** Null before the first header. */
  readonly header: { readonly start: number; readonly next: number; readonly line: number } | null;
  readonly statements: Statement[];
}

/** A value with the path that leads to it. */
export interface Node {
  readonly path: Path;
  readonly value: Value;
  readonly statement: Statement;
  readonly section: Section;
}

/** A text that the referee can read, with the places of everything in it. */
export interface Document {
  readonly text: string;
  readonly sections: readonly Section[];
  readonly nodes: ReadonlyMap<string, Node>;
}

/** The line where the referee stops reading, or null: it reads all. */
export function syntaxError(text: string): number | null {
  try {
    parse(text, { integersAsBigInt: "asNeeded" });
    return null;
  } catch (error) {
    return error instanceof Error && "line" in error && typeof error.line === "number" ? error.line : 1;
  }
}

/** Where everything is in a text without a syntax error. */
export function documentOf(text: string): Document {
  const sections = sectionsOf(text);
  const found = sections.flatMap((section) => section.statements.flatMap((statement) => nodesOf(section, statement)));
  return { text, sections, nodes: new Map(found.map((node) => [pathId(node.path), node])) };
}

/** The same for equal paths only. */
export function pathId(path: Path): string {
  return JSON.stringify(path);
}

/** Whether a path leads on from another, or is the same. */
export function isBelow(path: Path, above: Path): boolean {
  return above.every((step, index) => path[index] === step);
}

/** What a scalar says. */
export function textOf({ text }: Document, { value }: Node): string {
  return scalarText(text.slice(value.start, value.end));
}

/** The line a node stands on. */
export function lineOf({ text }: Document, { value, statement }: Node): number {
  return statement.line + linesIn(text.slice(statement.start, value.start));
}

function linesIn(text: string): number {
  return text.split("\n").length - 1;
}

function sectionsOf(text: string): Section[] {
  const sections: [Section, ...Section[]] = [{ path: [], header: null, statements: [] }];
  const arrays = new Map<string, number>();
  let section: Section = sections[0];
  let line = 1;
  let seen = 0;
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  for (let at = afterVoid(text, mark); at < text.length; at = afterVoid(text, at)) {
    line += linesIn(text.slice(seen, at));
    seen = at;
    const lineStart = Math.max(mark, text.lastIndexOf("\n", at - 1) + 1);
    if (text.charAt(at) === "[") {
      const array = text.charAt(at + 1) === "[";
      const { names, end } = keyAt(text, afterSpaces(text, at + (array ? 2 : 1)));
      const next = nextLine(text, end);
      section = { path: headerPath(names, array, arrays), header: { start: lineStart, next, line }, statements: [] };
      sections.push(section);
      at = next;
    } else {
      const pair = pairAt(text, at);
      at = nextLine(text, pair.value.end);
      section.statements.push({ ...pair, lineStart, next: at, line });
    }
  }
  return sections;
}

/** A header leads through the last item of each array on its way; that of an array makes the next one. */
function headerPath(names: readonly string[], array: boolean, arrays: Map<string, number>): Path {
  let path: Path = [];
  for (const [index, name] of names.entries()) {
    path = [...path, name];
    const id = pathId(path);
    if (array && index === names.length - 1) arrays.set(id, (arrays.get(id) ?? -1) + 1);
    const item = arrays.get(id);
    if (item !== undefined) path = [...path, item];
  }
  return path;
}

function nextLine(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  return feed === -1 ? text.length : feed + 1;
}

function nodesOf(section: Section, statement: Statement): Node[] {
  const walk = (path: Path, value: Value): Node[] => [
    { path, value, statement, section },
    ...value.items.flatMap((item, index) => walk([...path, index], item)),
    ...value.members.flatMap((member) => walk([...path, ...member.names], member.value)),
  ];
  return walk([...section.path, ...statement.names], statement.value);
}
