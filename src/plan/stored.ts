import { decodeText } from "../edits/text.ts";
import type { FileState, PathState, Replacement } from "../ports/types.ts";
import type { Receipt, StoredFile, Transaction } from "./types.ts";

/** A file that was read, as it can be stored. */
export function store(file: FileState): StoredFile {
  return { base64: toBase64(file.bytes), mode: file.mode, owner: { uid: file.uid, gid: file.gid } };
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

export function bytesOf(stored: StoredFile): Uint8Array {
  return new Uint8Array(Buffer.from(stored.base64, "base64"));
}

/** A stored file as text, for looking at. */
export function textOf(stored: StoredFile): string {
  return decodeText(bytesOf(stored)).text;
}

/** How the writer is to put a stored file back. */
export function replacementOf(stored: StoredFile): Replacement {
  return { bytes: bytesOf(stored), mode: stored.mode, owner: stored.owner };
}

/** Whether what stands at a path has the stored content. Null stands for no file. */
export function hasContent(state: PathState, stored: StoredFile | null): boolean {
  if (stored === null) return state.kind === "missing";
  return state.kind === "file" && toBase64(state.bytes) === stored.base64;
}

/** Whether what stands at a path is what was stored: content, permission and owner. */
export function isStill(state: PathState, stored: StoredFile | null): boolean {
  if (!hasContent(state, stored) || stored === null || state.kind !== "file") return hasContent(state, stored);
  const sameOwner = stored.owner === null || (stored.owner.uid === state.uid && stored.owner.gid === state.gid);
  return sameOwner && state.mode === stored.mode;
}

/** Whether a file says already what it is to say: there is only a program that has not read it. */
export function isUnchanged({ before, after }: Pick<Receipt, "before" | "after">): boolean {
  return (before?.base64 ?? "") === after.base64;
}

/**
 * Whether a file was left half-way: with what a program is shown on the way, or by writes in place, even several of them that were cut off. Then
 * every byte is that of one of our contents at that place, and it is no longer than the longest of them.
 */
export function isTorn(state: PathState, { before, after, activation }: Receipt): boolean {
  if (state.kind !== "file") return false;
  const ours = [before, after, activation?.before.interim, activation?.after.interim];
  const contents = ours.map((stored) => Buffer.from(stored?.base64 ?? "", "base64"));
  return state.bytes.every((byte, index) => contents.some((content) => content[index] === byte));
}

/** The files that a transaction on its way back gives up: all, or those of one ecosystem. */
export function filesTakenBack({ files, only }: Transaction): readonly Receipt[] {
  return only === undefined ? files : files.filter(({ ecosystem }) => ecosystem === only);
}

/** A transaction once those files are back: undone, or what is left of it still applied. */
export function takenBack({ only, ...transaction }: Transaction): Transaction {
  const rest = only === undefined ? [] : transaction.files.filter(({ ecosystem }) => ecosystem !== only);
  return rest.length === 0 ? { ...transaction, status: "undone" } : { ...transaction, status: "applied", files: rest };
}
