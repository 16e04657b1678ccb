import { type Document, isBelow, type Node, type Path, pathId } from "./document.ts";
import { nameText } from "./strings.ts";

/** A part of a key: a name, a position in an array, or the item of an array in which a field is true. */
export type Step = string | number | { readonly flag: string };

/** Where a key leads in a document. */
export interface Target {
  readonly path: Path;
  /** The item that the key selects by a field, if it does. */
  readonly item: Path | null;
  /** A second item that the selection fits, which leaves open what is meant. */
  readonly rival: Node | null;
}

/** No item fits: what a new one would be. */
export interface Missing {
  readonly flag: string;
  /** Of the array. */
  readonly array: Path;
  /** What the key names in the item. */
  readonly rest: readonly Step[];
}

const nameForm = /"(?:[^"\\]|\\.)*"|[\w-]+/y;
const choiceForm = /\[(?:(\d+)|([\w-]+)=true)\]/y;

/**
 * `install.registry`, `index[default=true].url`, `index[0].url`: names with dots between them, in JSON's quotes where they are not made of
 * letters, digits, `_` and `-`; an item of an array by its position (from 0) or by a field of it that is true.
 */
export function stepsOf(key: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; ; at += 1) {
    const name = matchAt(nameForm, key, at)[0];
    steps.push(unquoted(name));
    at += name.length;
    while (key.charAt(at) === "[") {
      const [all, position, flag = ""] = matchAt(choiceForm, key, at);
      steps.push(position === undefined ? { flag } : Number(position));
      at += all.length;
    }
    if (at === key.length) return steps;
    if (key.charAt(at) !== ".") throw new TypeError(`not a key: ${key}`);
  }
}

function matchAt(form: RegExp, key: string, at: number): RegExpExecArray {
  form.lastIndex = at;
  const match = form.exec(key);
  if (match === null) throw new TypeError(`not a key: ${key}`);
  return match;
}

function unquoted(name: string): string {
  return name.startsWith('"') ? String(JSON.parse(name)) : name;
}

/** Where a key leads: to a path, which may have nothing at its end, or to an item that is missing. */
export function follow(document: Document, steps: readonly Step[]): Target | Missing {
  let path: Path = [];
  let item: Path | null = null;
  let rival: Node | null = null;
  for (const [index, step] of steps.entries()) {
    if (typeof step !== "object") {
      path = [...path, step];
      continue;
    }
    const [first, second] = itemsWith(document, path, step.flag);
    if (first === undefined) return { array: path, ...step, rest: steps.slice(index + 1) };
    path = first.path.slice(0, path.length + 1);
    item = path;
    rival ??= second ?? null;
  }
  return { path, item, rival };
}

function itemsWith(document: Document, array: Path, flag: string): Node[] {
  return [...document.nodes.values()].filter(
    (node) =>
      node.path.length === array.length + 2 &&
      isBelow(node.path, array) &&
      typeof node.path[array.length] === "number" &&
      node.path.at(-1) === flag &&
      isTrue(document, node),
  );
}

function isTrue({ text }: Document, { value }: Node): boolean {
  return text.slice(value.start, value.end) === "true";
}

/** Every way to write the key of a path: an item of an array by its position, and by each of its fields that is true. */
export function keysOf(path: Path, flags: ReadonlyMap<string, readonly string[]>): string[] {
  let keys = [""];
  for (const [index, step] of path.entries()) {
    const ways =
      typeof step === "string"
        ? [`${index === 0 ? "" : "."}${nameText(step)}`]
        : [`[${step}]`, ...(flags.get(pathId(path.slice(0, index + 1))) ?? []).map((flag) => `[${flag}=true]`)];
    keys = keys.flatMap((key) => ways.map((way) => key + way));
  }
  return keys;
}

/** The fields that are true, by their item. */
export function flagsOf(document: Document): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const node of document.nodes.values()) {
    const field = node.path.at(-1);
    if (typeof field !== "string" || typeof node.path.at(-2) !== "number" || !/^[\w-]+$/.test(field)) continue;
    const item = pathId(node.path.slice(0, -1));
    if (isTrue(document, node)) found.set(item, [...(found.get(item) ?? []), field]);
  }
  return found;
}
