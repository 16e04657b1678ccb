import type { ReadPort, WritePort } from "../ports/types.ts";
import { type Hands, layAndActivate, onceEach } from "./activate.ts";
import { hasContent, isTorn, replacementOf, store } from "./stored.ts";
import type { FileProblem, Pending, Receipt } from "./types.ts";

/** Puts back what stood at a path before, unless it does; a file and folders that were made for it go. */
export async function restore(receipt: Receipt, hands: Hands): Promise<Pending[]> {
  const { path, before } = receipt;
  const { read, write } = hands;
  return layAndActivate(receipt, "before", hands, async () => {
    await write.sweep(path);
    if (before === null) await write.removeFile(path);
    else if (!hasContent(await read.read(path), before)) await write.replace(path, replacementOf(before));
    await removeFolders(receipt, write);
  });
}

/** A file that could not be put back, and why. */
export interface Stuck {
  readonly receipt: Receipt;
  readonly code: string;
}

/** Puts back all that can be, in this order: what cannot (a closed folder, a full disk) holds up nothing else. */
export async function restoreAll(
  receipts: readonly Receipt[],
  hands: Hands,
): Promise<{ readonly pending: readonly Pending[]; readonly stuck: readonly Stuck[] }> {
  const pending: Pending[] = [];
  const stuck: Stuck[] = [];
  for (const receipt of onceEach(receipts, "before")) {
    try {
      pending.push(...(await restore(receipt, hands)));
    } catch (error) {
      stuck.push({ receipt, code: codeOf(error) });
    }
  }
  return { pending, stuck };
}

/** The same as problems to be told. */
export function leftOf(stuck: readonly Stuck[]): FileProblem[] {
  return stuck.map(({ receipt: { ecosystem, path }, code }) => ({ ecosystem, file: path, code, isLeft: true }));
}

/** The system's code of an error, or what it says. */
export function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? String(error);
}

/** Has a program take up a file that was written by a run which may not have come to that. */
export async function confirm(receipt: Receipt, hands: Hands): Promise<Pending[]> {
  const { path, after } = receipt;
  return layAndActivate(receipt, "after", hands, async () => {
    if (!hasContent(await hands.read.read(path), after)) await hands.write.replace(path, replacementOf(after));
  });
}

/** Clears what a write that never came to its rename left: a temporary file, empty folders. */
export async function clearTraces(receipt: Receipt, write: WritePort): Promise<void> {
  await write.sweep(receipt.path);
  if (receipt.before === null) await removeFolders(receipt, write);
}

/** Removes the folders that were made for a file, innermost first, as far as nobody has put anything else there. */
async function removeFolders(receipt: Receipt, write: WritePort): Promise<void> {
  for (const folder of receipt.folders.toReversed()) if (!(await write.removeDirectory(folder))) return;
}

/** A receipt with what the disk made of its path, mode and owner. */
export async function asWritten(receipt: Receipt, read: ReadPort): Promise<Receipt> {
  const now = await read.read(receipt.path);
  if (now.kind !== "file") return receipt;
  return { ...receipt, realPath: now.realPath, after: { ...store(now), base64: receipt.after.base64 } };
}

/** How a file stands to a transaction that was cut off while writing it, or while taking it back. */
export type Standing = "before" | "after" | "torn" | "foreign";

export async function standingOf(receipt: Receipt, read: ReadPort): Promise<Standing> {
  const state = await read.read(receipt.path);
  if (hasContent(state, receipt.before)) return "before";
  if (hasContent(state, receipt.after)) return "after";
  return isTorn(state, receipt) ? "torn" : "foreign";
}
