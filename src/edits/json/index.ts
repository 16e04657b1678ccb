import type { Entry, Format } from "../types.ts";
import { type JsonObject, placeOf, read } from "./document.ts";
import { editOne } from "./edit.ts";
import { compact } from "./value.ts";

/**
 * Docker's daemon.json, and the files like it: one JSON object as Go reads it. A key is the name of a member of this object, a value the JSON of
 * what it holds, without spaces: `["https://mirror.example"]`. Of equal names the last wins, and it is the one that is changed; removing takes all.
 */
export const json: Format = {
  entries: (text) => [...new Map(entriesOf(text, objectIn(text)).map((entry) => [entry.key, entry])).values()],
  edit: (text, edits) => edits.reduce((found, edit) => editOne(found, objectIn(found), edit), text),
  problem: (text) => {
    const found = read(text);
    return found !== null && "code" in found ? found : null;
  },
};

/** Null where the text has none: nothing is in force then. */
function objectIn(text: string): JsonObject | null {
  const found = read(text);
  return found === null || "code" in found ? null : found;
}

function entriesOf(text: string, found: JsonObject | null): Entry[] {
  return (found?.members ?? []).map(({ name, value, start }) => {
    return { key: name, value: compact(text, value), line: placeOf(text, start).line };
  });
}
