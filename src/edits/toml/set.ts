import { lineEndOf, linesOf, spliced, withLines } from "../lines.ts";
import {
  type Document,
  documentOf,
  isBelow,
  type Path,
  pathId,
  type Section,
  type Statement,
  textOf,
} from "./document.ts";
import { follow, type Missing, stepsOf } from "./keys.ts";
import { nameText, stringLike, stringText } from "./strings.ts";

/** The text with a key set, which `obstacle` has nothing against. */
export function setKey(text: string, key: string, value: string): string {
  const document = documentOf(text);
  const target = follow(document, stepsOf(key));
  if ("array" in target) return withItem(text, target, value);
  const node = document.nodes.get(pathId(target.path));
  if (node === undefined) return withPair(document, target.path, value);
  if (textOf(document, node) === value) return text;
  const { start, end } = node.value;
  return spliced(text, [{ start, end, text: stringLike(text.slice(start, end), value) }]);
}

/** Where a new pair of a table goes. */
interface Place {
  readonly section: Section;
  /** The pair it goes behind; null: it goes right under the header. */
  readonly behind: Statement | null;
}

/** The section of the table's own header, or the one in which dotted keys make the table. */
export function placeFor({ sections }: Document, table: Path): Place | null {
  const own = sections.find((section) => pathId(section.path) === pathId(table));
  if (own !== undefined) return { section: own, behind: own.statements.at(-1) ?? null };
  for (const section of sections) {
    const dotted = section.statements.findLast(({ names }) => isBelow([...section.path, ...names.slice(0, -1)], table));
    if (dotted !== undefined && isBelow(table, section.path)) return { section, behind: dotted };
  }
  return null;
}

function withPair(document: Document, path: Path, value: string): string {
  const { text } = document;
  const place = placeFor(document, path.slice(0, -1));
  if (place === null) {
    const end = lineEndOf(text);
    const header = `[${path.slice(0, -1).map(nameOf).join(".")}]`;
    return withBlock(text, `${header}${end}${nameOf(path.at(-1))} = ${stringText(value)}`);
  }
  const { section, behind } = place;
  const names = path.slice(section.path.length).map(nameOf).join(".");
  const margin = behind === null ? "" : text.slice(behind.lineStart, behind.start);
  const sign = behind === null || /^[ \t]/.test(text.slice(behind.keyEnd)) ? " = " : "=";
  const at = behind?.next ?? section.header?.next ?? topOf(document);
  return withLines(text, at, `${margin}${names}${sign}${stringText(value)}`);
}

function nameOf(step: string | number | undefined): string {
  return nameText(String(step));
}

/** Where the first pair before all headers goes: above the comments that lead to the first one. */
function topOf({ text, sections }: Document): number {
  const header = sections[1]?.header;
  if (header === null || header === undefined) return text.length;
  const other = linesOf(text.slice(0, header.start)).findLast(
    ({ start, end }) => !/^\uFEFF?[ \t]*#/.test(text.slice(start, end)),
  );
  return Math.max(other?.next ?? 0, text.startsWith("\uFEFF") ? 1 : 0);
}

function withItem(text: string, { array, flag, rest }: Missing, value: string): string {
  const name = rest.map((step) => nameText(String(step))).join(".");
  const lines = [`[[${array.map(nameOf).join(".")}]]`, `${name} = ${stringText(value)}`, `${flag} = true`];
  return withBlock(text, lines.join(lineEndOf(text)));
}

/** Behind everything else, with an empty line between. */
function withBlock(text: string, block: string): string {
  const gap = /^\uFEFF?$/.test(text) ? "" : lineEndOf(text);
  return withLines(text, text.length, gap + block);
}
