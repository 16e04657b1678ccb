import { lineEndOf, spliced, withLines } from "../lines.ts";
import type { KeyEdit } from "../types.ts";
import { namesOf } from "./names.ts";
import { doubleQuoted, writtenLike } from "./scalars.ts";
import { type Pair, treeOf } from "./tree.ts";

/** The text with one key set or removed, which `problem` has nothing against. */
export function editOne(text: string, { key, value }: KeyEdit): string {
  const names = namesOf(key);
  const root = treeOf(text).pairs;
  const way = wayTo(root, names);
  const last = way.at(-1);
  if (value === null) return way.length < names.length ? text : without(text, root, way);
  if (way.length < names.length || last === undefined) return added(text, root, way, names, value);
  if (last.kind === "scalar" && last.text === value) return text;
  const { start, end, kind } = last;
  const written = kind === "scalar" ? writtenLike(text.slice(start, end), value) : ` ${doubleQuoted(value)}`;
  return spliced(text, [{ start, end, text: written }]);
}

/** The pairs that are there of those on the way to a key. */
function wayTo(root: readonly Pair[], names: readonly string[]): Pair[] {
  const way: Pair[] = [];
  for (const name of names) {
    const found = (way.at(-1)?.pairs ?? root).find((pair) => pair.name === name);
    if (found === undefined) break;
    way.push(found);
  }
  return way;
}

/** Without the key and the mappings that have nothing else. Comments between stay, but for those that a text block above would swallow. */
function without(text: string, root: readonly Pair[], way: readonly Pair[]): string {
  const shared = way.findLastIndex((_, index) => (way[index - 1]?.pairs ?? root).length > 1);
  const gone = way.slice(Math.max(shared, 0));
  const [outer] = gone as [Pair, ...Pair[]];
  const siblings = way[shared - 1]?.pairs ?? root;
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const above = blockIn(text, siblings[siblings.indexOf(outer) - 1]);
  if (above !== null) {
    const empty = emptyLines(text, outer.next);
    const swallowed = /[ \t]/.test(empty) || above.includes("+") ? empty.length : 0;
    return text.slice(0, outer.line.start) + text.slice(outer.next + swallowed);
  }
  return spliced(
    text,
    gone.map(({ line: { start, next } }) => ({ start: Math.max(start, mark), end: next, text: "" })),
  );
}

/** How the text blocks begin that a pair may end in; null where there is none. */
function blockIn(text: string, pair: Pair | undefined): string | null {
  if (pair?.kind === "mapping") return blockIn(text, pair.pairs.at(-1));
  if (pair?.kind !== "other") return null;
  const heads = text.slice(pair.line.start, pair.next).match(/[ \t][|>][-+\d]*(?=[ \t\r\n]|$)/g);
  return heads === null ? null : heads.join("");
}

/** The empty lines from here on. Behind a text block they may be of its text, be it for their spaces or because it keeps them (`|+`). */
function emptyLines(text: string, at: number): string {
  return /^(?:[ \t]*(?:\r\n|\r|\n))*(?:[ \t]+$)?/.exec(text.slice(at))?.[0] ?? "";
}

function added(
  text: string,
  root: readonly Pair[],
  way: readonly Pair[],
  names: readonly string[],
  value: string,
): string {
  const siblings = way.at(-1)?.pairs ?? root;
  const behind = siblings.at(-1);
  const step = stepOf(root);
  const missing = names.slice(way.length);
  const lines = missing.map((name, index) => {
    const margin = " ".repeat((behind?.indent ?? 0) + index * step);
    return `${margin}${nameText(name)}:${index === missing.length - 1 ? ` ${doubleQuoted(value)}` : ""}`;
  });
  const empty = behind !== undefined && blockIn(text, behind) !== null ? emptyLines(text, behind.next).length : 0;
  const at = behind === undefined ? text.length : behind.next + empty;
  return withLines(text, at, lines.join(lineEndOf(text)));
}

/** How much deeper a mapping stands here than its key. */
function stepOf(pairs: readonly Pair[]): number {
  const outer = pairs.find(({ pairs: below }) => below.length > 0);
  return outer === undefined ? 2 : (outer.pairs[0]?.indent ?? 0) - outer.indent;
}

function nameText(name: string): string {
  return /^[A-Za-z][\w-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(name)
    ? name
    : doubleQuoted(name);
}
