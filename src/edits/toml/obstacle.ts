import { type Document, isBelow, lineOf, type Node, type Path, pathId } from "./document.ts";
import { follow, type Step, stepsOf } from "./keys.ts";
import { placeFor } from "./set.ts";

/** The line of what makes a key one that cannot be set and removed by its own span alone, or null. */
export function obstacle(document: Document, key: string): number | null {
  const steps = stepsOf(key);
  const target = follow(document, steps);
  if ("array" in target) return forNew(document, [...target.array, newItem, ...target.rest.map(nameOf)]);
  if (target.rival !== null) return lineOf(document, target.rival);
  const node = document.nodes.get(pathId(target.path));
  if (node === undefined) return forNew(document, target.path);
  if (node.value.kind !== "scalar") return lineOf(document, node);
  return inLongTable(document, node) ? lineOf(document, node) : null;
}

/** The place of an item that is still to come: a number, and no other item's. */
const newItem = -1;

function nameOf(step: Step): string | number {
  return typeof step === "object" ? newItem : step;
}

/** What is new needs a table that is written as one, and that has nothing of this name. */
function forNew(document: Document, path: Path): number | null {
  const node = [...document.nodes.values()].find((each) => isBelow(path, each.path) || clash(each.path, path));
  const header = document.sections.find((section) => section.header !== null && clash(section.path, path))?.header;
  const lines = [...(node === undefined ? [] : [lineOf(document, node)]), ...(header ? [header.line] : [])];
  if (lines.length > 0) return Math.min(...lines);
  const item = path.indexOf(newItem);
  const named = path.filter((step) => typeof step === "string").length === path.length - (item === -1 ? 0 : 1);
  if (item === -1 ? named || placeFor(document, path.slice(0, -1)) !== null : named && item === path.length - 2)
    return null;
  return lineOfItem(document, path);
}

/** Whether what is at one path, or leads to it, leaves no room for a value at another: it is the same or below, or one of a table and an array where the other is needed. */
function clash(other: Path, path: Path): boolean {
  const different = other.findIndex((step, index) => step !== path[index]);
  if (different === -1) return other.length === path.length || typeof path[other.length] === "number";
  return different === path.length || typeof other[different] !== typeof path[different];
}

/** Of what a position in an array leads to, in default of anything there the first line. */
function lineOfItem(document: Document, path: Path): number {
  const array = path.slice(
    0,
    path.findIndex((step) => typeof step === "number"),
  );
  const node = [...document.nodes.values()].find((each) => isBelow(each.path, array));
  return node === undefined ? 1 : lineOf(document, node);
}

/** An inline table on several lines may have comments between its commas. */
function inLongTable({ text, nodes }: Document, node: Node): boolean {
  return [...nodes.values()].some(
    ({ value, statement }) =>
      statement === node.statement &&
      value.kind === "table" &&
      value.start < node.value.start &&
      value.end > node.value.end &&
      text.slice(value.start, value.end).includes("\n"),
  );
}
