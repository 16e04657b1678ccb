import { formatOf } from "../edits/index.ts";
import { decodeText, isUtf16 } from "../edits/text.ts";
import type { Format, KeyEdit, TextProblem } from "../edits/types.ts";
import { isManaged, managingOption } from "../platform/managed.ts";
import type { PathState, ReadPort } from "../ports/types.ts";
import { activationOf } from "./expect.ts";
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
  for (const change of byFile(changes)) {
    const { ecosystem, file } = change;
    const state = await read.read(file);
    const planned = state.kind === "blocked" ? { code: state.why } : await draftFile(change, state, read);
    if (planned === null) continue;
    if ("code" in planned) problems.push({ ecosystem, file, ...planned });
    else files.push(planned);
  }
  return { plan: { version: 1, files }, problems };
}

/** Tools of one family share files: what they want of one becomes one change, so that it is written once. */
function byFile(changes: readonly Change[]): Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const same = merged.get(change.file);
    const more = change.edits.filter(({ key }) => same?.edits.every((edit) => edit.key !== key) ?? true);
    merged.set(
      change.file,
      same === undefined
        ? change
        : {
            ...same,
            ...mendsOf(same, change),
            edits: [...same.edits, ...more],
            activation: same.activation ?? change.activation,
          },
    );
  }
  return [...merged.values()];
}

/** A command of the tool's own could not read what has to be mended first. */
function mendsOf(...changes: readonly Change[]): Pick<Change, "mends" | "native"> | null {
  return changes.some(({ mends }) => mends === true) ? { mends: true, native: null } : null;
}

/** Why a file cannot be planned. */
type Problem = Pick<FileProblem, "code" | "line" | "column" | "option">;

type Readable = Exclude<PathState, { kind: "blocked" }>;

async function draftFile(change: Change, state: Readable, read: ReadPort): Promise<FilePlan | Problem | null> {
  const format = await formatOf(change.format);
  const bytes = state.kind === "file" ? state.bytes : new Uint8Array();
  if (isUtf16(bytes)) return { code: "not-text" };
  const { text: stored, encode } = decodeText(bytes);
  const text = readable(stored, change, format);
  const problem: TextProblem | null = format.problem(
    text,
    change.edits.map(({ key }) => key),
  );
  if (problem !== null) return problem;
  const spanText = format.edit(text, change.edits);
  if (spanText === stored) return unreadFile(change, state, format);
  if (state.kind === "file" && isManaged(state.realPath)) {
    return { code: "managed", option: managingOption(change.file, read.facts) };
  }
  const nativeBytes = await runNative(change, state, read);
  const native = nativeBytes !== null && isSameElsewhere(format, text, decodeText(nativeBytes).text, change.edits);
  const bytesAfter = native ? nativeBytes : encode(spanText);
  if (bytesAfter === null) return { code: "unwritable-text" };
  const complaint = await complaintAbout(change, bytesAfter, read);
  if (complaint !== null) return { code: complaint };
  const keys = keyChanges(change, format, stored, text);
  const made = native ? ({ via: "native", argv: change.native?.command.argv ?? null } as const) : bySpan;
  return filePlan(change, state, format, { ...made, keys, bytes: bytesAfter });
}

const bySpan = { via: "span", argv: null } as const;

/** A file that says what it is to say, for a program that goes by something else; null where no program is to be told. */
function unreadFile(change: Change, state: Readable, format: Format): FilePlan | null {
  if (change.activation === null || change.activation.deferred === true) return null;
  const bytes = state.kind === "file" ? state.bytes : new Uint8Array();
  return filePlan(change, state, format, { ...bySpan, keys: [], bytes });
}

function filePlan(
  change: Change,
  state: Readable,
  format: Format,
  { bytes, ...made }: Pick<FilePlan, "via" | "argv" | "keys"> & { readonly bytes: Uint8Array },
): FilePlan {
  const { ecosystem, file: path } = change;
  const [realPath, before] = state.kind === "file" ? [state.realPath, store(state)] : [path, null];
  const after = afterOf(change, state, bytes);
  return { ...made, ecosystem, path, realPath, before, after, activation: activationOf(change, format, before, after) };
}

function readable(text: string, { mends }: Change, format: Format): string {
  return mends === true ? (format.mended?.(text) ?? text) : text;
}

/** What the tool itself says against the new text, in its own words; null where it takes it, or has no way to say. */
async function complaintAbout({ check }: Change, bytes: Uint8Array, read: ReadPort): Promise<string | null> {
  if (check === undefined || check === null) return null;
  const { code, stderr } = await read.run(check.command, { [check.file]: bytes });
  if (code === 0) return null;
  const line = stderr.split("\n").find((each) => each.trim() !== "");
  return line?.trim().slice(0, 300) ?? `exit ${code ?? "?"}`;
}

/** An address with a password is for its owner alone, whoever could read the file until then. */
function afterOf(change: Change, state: PathState, bytes: Uint8Array): StoredFile {
  const base64 = toBase64(bytes);
  if (state.kind !== "file") return { base64, mode: change.newFileMode, owner: null };
  const isSecret = change.edits.some(({ value }) => value !== null && /:\/\/[^/\s]*@/.test(value));
  const mode = isSecret ? state.mode & 0o700 : state.mode;
  return { base64, mode, owner: { uid: state.uid, gid: state.gid } };
}

async function runNative(change: Change, state: PathState, read: ReadPort): Promise<Uint8Array | null> {
  if (change.native === null) return null;
  const { command, file } = change.native;
  const result = await read.run(command, { [file]: state.kind === "file" ? state.bytes : new Uint8Array() });
  return result.code === 0 ? (result.files[file] ?? null) : null;
}

/** The referee: with our keys taken out, the two texts are one and the same; and our keys read as they should. */
function isSameElsewhere(format: Format, before: string, after: string, edits: readonly KeyEdit[]): boolean {
  const without = edits.map(({ key }) => ({ key, value: null }));
  const found = new Map(format.entries(after).map(({ key, value }) => [key, value]));
  // Where there was nothing, there is nothing to keep, and the tool may lay out its file as it likes.
  const isNew = before === "" && found.size <= edits.length;
  if (!isNew && format.edit(before, without) !== format.edit(after, without)) return false;
  return edits.every(({ key, value }) => (found.get(key) ?? null) === value);
}

/** With what is put right first, whatever else of the file comes into force. */
function keyChanges({ edits, mends, ...change }: Change, format: Format, stored: string, text: string) {
  const { ecosystem, tool, scope, file } = change;
  const before = new Map(format.entries(stored).map(({ key, value }) => [key, value]));
  const found = mends === true ? format.entries(text) : [];
  return [...edits, ...found.filter(({ key }) => edits.every((edit) => edit.key !== key))]
    .map(({ key, value }) => ({ ecosystem, tool, scope, file, key, before: before.get(key) ?? null, after: value }))
    .filter((change) => change.before !== change.after);
}
