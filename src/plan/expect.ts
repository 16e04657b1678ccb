import { decodeText } from "../edits/text.ts";
import type { Format } from "../edits/types.ts";
import { listIn } from "./activate.ts";
import { bytesOf, toBase64 } from "./stored.ts";
import type { Change, Expectation, FileActivation, StoredFile } from "./types.ts";

/** Works an activation out for a file, either way: what the program is to have in force, and what makes it forget where the text would not. */
export function activationOf(
  { activation, newFileMode }: Change,
  format: Format,
  before: StoredFile | null,
  after: StoredFile,
): FileActivation | null {
  if (activation === null) return null;
  const { key, none, ...given } = activation;
  // What the system's daemon says is for root to hear, too.
  const kept = { ...given, inForce: { ...given.inForce, rights: "ours" } } as const;
  const expect = (stored: StoredFile): Expectation => {
    const { text, encode } = decodeText(bytesOf(stored));
    const value = format.entries(text).find((entry) => entry.key === key)?.value;
    if (value !== undefined || none === null) return { mirrors: listIn(value ?? "[]") ?? [], interim: null };
    const bytes = encode(format.edit(text, [{ key, value: none }]));
    return { mirrors: [], interim: bytes === null ? null : { ...stored, base64: toBase64(bytes) } };
  };
  const nothing: StoredFile = { base64: "", mode: newFileMode, owner: null };
  return { ...kept, before: expect(before ?? nothing), after: expect(after) };
}
