import { formats } from "../edits/index.ts";
import { decodeText, isUtf16 } from "../edits/text.ts";
import type { Format, KeyEdit } from "../edits/types.ts";
import type { PathState, ReadPort } from "../ports/types.ts";
import { store, toBase64 } from "./stored.ts";
import type { Change, FilePlan, FileProblem, Plan, StoredFile } from "./types.ts";

/** A plan, and the files that could not be planned. */
export interface Draft {
  readonly plan: Plan;
  readonly problems: readonly FileProblem[];
}

/**
 * Works changes out to whole files. Nothing is written: where the tool has a command for the edit it runs on a copy in a private folder, and
 * its result is taken only if it changed our keys and nothing else. Preview, write and check all start from what this gives back.
 */
export async function draft(changes: readonly Change[], read: ReadPort): Promise<Draft> {
  const files: FilePlan[] = [];
  const problems: FileProblem[] = [];
  for (const change of changes) {
    const problem = (code: string) => problems.push({ ecosystem: change.ecosystem, file: change.file, code });
    const state = await read.read(change.file);
    if (state.kind === "blocked") problem(state.why);
    else {
      const planned = await draftFile(change, state, read);
      if (typeof planned === "string") problem(planned);
      else if (planned !== null) files.push(planned);
    }
  }
  return { plan: { version: 1, files }, problems };
}

async function draftFile(
  change: Change,
  state: Exclude<PathState, { kind: "blocked" }>,
  read: ReadPort,
): Promise<FilePlan | "unwritable-text" | "not-text" | null> {
  const format = formats[change.format];
  const bytes = state.kind === "file" ? state.bytes : new Uint8Array();
  if (isUtf16(bytes)) return "not-text";
  const { text, encode } = decodeText(bytes);
  const spanText = format.edit(text, change.edits);
  if (spanText === text) return null;
  const nativeBytes = await runNative(change, state, read);
  const native = nativeBytes !== null && isSameElsewhere(format, text, decodeText(nativeBytes).text, change.edits);
  const after = native ? nativeBytes : encode(spanText);
  if (after === null) return "unwritable-text";
  return {
    ecosystem: change.ecosystem,
    path: change.file,
    realPath: state.kind === "file" ? state.realPath : change.file,
    before: state.kind === "file" ? store(state) : null,
    after: afterOf(change, state, after),
    via: native ? "native" : "span",
    argv: native ? (change.native?.command.argv ?? null) : null,
    keys: keyChanges(change, format, text),
    activation: change.activation,
  };
}

function afterOf(change: Change, state: PathState, bytes: Uint8Array): StoredFile {
  const base64 = toBase64(bytes);
  if (state.kind !== "file") return { base64, mode: change.newFileMode, owner: null };
  return { base64, mode: state.mode, owner: { uid: state.uid, gid: state.gid } };
}

async function runNative(change: Change, state: PathState, read: ReadPort): Promise<Uint8Array | null> {
  if (change.native === null) return null;
  const { command, file } = change.native;
  const result = await read.run(command, state.kind === "file" ? { [file]: state.bytes } : {});
  return result.code === 0 ? (result.files[file] ?? null) : null;
}

/** The referee: with our keys taken out, the two texts are one and the same; and our keys read as they should. */
function isSameElsewhere(format: Format, before: string, after: string, edits: readonly KeyEdit[]): boolean {
  const without = edits.map(({ key }) => ({ key, value: null }));
  if (format.edit(before, without) !== format.edit(after, without)) return false;
  const found = new Map(format.entries(after).map(({ key, value }) => [key, value]));
  return edits.every(({ key, value }) => (found.get(key) ?? null) === value);
}

function keyChanges({ edits, ...change }: Change, format: Format, text: string): FilePlan["keys"] {
  const { ecosystem, tool, scope, file } = change;
  const before = new Map(format.entries(text).map(({ key, value }) => [key, value]));
  return edits
    .map(({ key, value }) => ({ ecosystem, tool, scope, file, key, before: before.get(key) ?? null, after: value }))
    .filter((change) => change.before !== change.after);
}
