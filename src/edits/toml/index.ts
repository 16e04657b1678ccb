import type { Entry, Format, KeyEdit } from "../types.ts";
import { documentOf, lineOf, syntaxError, textOf } from "./document.ts";
import { flagsOf, keysOf, stepsOf } from "./keys.ts";
import { obstacle } from "./obstacle.ts";
import { laterFirst, removeKey } from "./remove.ts";
import { setKey } from "./set.ts";

/**
 * uv.toml, pyproject.toml, bunfig.toml: a key is a dotted path, `install.registry`, and in an array of tables it names the item by its
 * position or by what one of its fields says: `index[default=true].url`. Strings are given as they read, other scalars as they are written;
 * what is set is a string. Setting in an item that no field fits adds one at the end; removing from an item so chosen removes the item. A
 * table that was added goes with its last key.
 */
export const toml: Format = {
  entries,
  edit: (text, edits) => {
    const removed = edits.filter(({ value }) => value === null).map(({ key }) => key);
    const rest = laterFirst(text, removed).reduce(removeKey, text);
    return outerFirst(edits).reduce(
      (found, { key, value }) => (value === null ? found : setKey(found, key, value)),
      rest,
    );
  },
  problem: (text, keys) => {
    const line = syntaxError(text);
    if (line !== null) return { code: "syntax", line };
    const document = documentOf(text);
    const lines = keys.flatMap((key) => obstacle(document, key) ?? []);
    return lines.length === 0 ? null : { code: "unsupported-form", line: Math.min(...lines) };
  },
};

/** What stands before all headers, then tables: so that a new table has its empty line above it. */
function outerFirst(edits: readonly KeyEdit[]): KeyEdit[] {
  const depth = ({ key }: KeyEdit) => Math.min(stepsOf(key).length, 2);
  return [...edits].sort((a, b) => depth(a) - depth(b));
}

/** Every scalar under each of its keys; where an item's field gives a key twice, the first item has it. */
function entries(text: string): Entry[] {
  if (syntaxError(text) !== null) return [];
  const document = documentOf(text);
  const flags = flagsOf(document);
  const found = new Map<string, Entry>();
  for (const node of document.nodes.values()) {
    if (node.value.kind !== "scalar") continue;
    for (const key of keysOf(node.path, flags)) {
      if (!found.has(key)) found.set(key, { key, value: textOf(document, node), line: lineOf(document, node) });
    }
  }
  return [...found.values()];
}
