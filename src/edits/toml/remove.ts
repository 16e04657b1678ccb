import { linesOf, type Splice, spliced } from "../lines.ts";
import {
  type Document,
  documentOf,
  isBelow,
  type Node,
  type Path,
  pathId,
  type Section,
  type Statement,
} from "./document.ts";
import { follow, stepsOf } from "./keys.ts";
import { afterSpaces, afterVoid } from "./values.ts";

/** The text without a key, which `obstacle` has nothing against; of an item that is chosen by a field nothing is left but its comments. */
export function removeKey(text: string, key: string): string {
  const document = documentOf(text);
  const target = follow(document, stepsOf(key));
  if ("array" in target) return text;
  const node = document.nodes.get(pathId(target.path));
  if (node === undefined) return text;
  const item = target.item === null ? undefined : document.nodes.get(pathId(target.item));
  if (item !== undefined) return spliced(text, memberGone(document, item));
  if (target.item !== null) return withoutItem(document, target.item);
  const inline = pathId(node.path) !== pathId([...node.section.path, ...node.statement.names]);
  return inline ? spliced(text, memberGone(document, node)) : withoutStatement(document, node);
}

/** Where keys stand, the later first: a table at the end can go only when those behind it are gone. */
export function laterFirst(text: string, keys: readonly string[]): string[] {
  const document = documentOf(text);
  const place = (key: string) => {
    const target = follow(document, stepsOf(key));
    return "array" in target ? -1 : (document.nodes.get(pathId(target.path))?.value.start ?? -1);
  };
  return [...keys].sort((a, b) => place(b) - place(a));
}

function withoutStatement(document: Document, { section, statement }: Node): string {
  const { text } = document;
  const rest = spliced(text, [gone(statement)]);
  const { header } = section;
  if (header === null || section.statements.length > 1 || section.path.some((step) => typeof step === "number"))
    return rest;
  // A table that we added looks so: a header alone on its line, our pair right below, and nothing behind.
  const alone = /^\[[^\]#]*\]\r?\n$/.test(text.slice(header.start, header.next)) && header.next === statement.lineStart;
  const apart = /(?:^\uFEFF?|\n\r?\n)$/.test(text.slice(0, header.start));
  return alone && apart && statement.next === text.length ? withoutBlock(text, header.start) : rest;
}

function withoutItem({ text, sections }: Document, item: Path): string {
  const own = sections.filter(({ path }) => isBelow(path, item));
  const splices = own.flatMap((section) => [
    ...(section.header === null ? [] : [gone(section.header)]),
    ...section.statements.map(gone),
  ]);
  const first = splices[0]?.start ?? 0;
  const size = splices.reduce((sum, { start, end }) => sum + end - start, 0);
  return first + size === text.length ? withoutBlock(text, first) : spliced(text, splices);
}

/** Without all from here on, and without the empty line above. */
function withoutBlock(text: string, start: number): string {
  const above = linesOf(text.slice(0, start)).at(-1);
  return text.slice(0, above !== undefined && above.end === above.start ? above.start : start);
}

function gone(lines: Statement | NonNullable<Section["header"]>): Splice {
  return { start: "lineStart" in lines ? lines.lineStart : lines.start, end: lines.next, text: "" };
}

/** An item of an array, or a pair of an inline table, with its comma, or else the comma before; with its lines where nothing else is on them. */
function memberGone({ text, nodes }: Document, node: Node): Splice[] {
  const holder = [...nodes.values()].findLast(
    ({ path, value, statement }) =>
      statement === node.statement &&
      value.start < node.value.start &&
      value.end > node.value.start &&
      isBelow(node.path, path),
  );
  const spans = [
    ...(holder?.value.items ?? []),
    ...(holder?.value.members ?? []).map(({ start, value }) => ({ start, end: value.end })),
  ];
  const index = spans.findIndex(({ start, end }) => start <= node.value.start && node.value.end <= end);
  const span = spans[index] ?? node.value;
  const before = spans[index - 1];
  const own = commaAfter(text, span.end);
  const comma = own ?? (before === undefined ? null : commaAfter(text, before.end));
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const behind = afterSpaces(text, own?.start === span.end ? own.end : span.end);
  const feed = /^\r?\n/.exec(text.slice(behind, behind + 2))?.[0];
  const wholeLine = feed !== undefined && afterSpaces(text, lineStart) === span.start;
  if (wholeLine && own?.start === span.end) return [{ start: lineStart, end: behind + feed.length, text: "" }];
  const value = wholeLine ? { start: lineStart, end: behind + feed.length } : span;
  return [{ ...value, text: "" }, ...(comma === null ? [] : [{ ...comma, text: "" }])];
}

/** The comma and the spaces behind it. */
function commaAfter(text: string, end: number): { start: number; end: number } | null {
  const start = afterVoid(text, end);
  return text.charAt(start) === "," ? { start, end: afterSpaces(text, start + 1) } : null;
}
