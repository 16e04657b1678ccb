import type { ReadPort, WritePort } from "../ports/types.ts";
import { activate } from "./activate.ts";
import { asWritten, clearTraces, restore, standingOf } from "./restore.ts";
import { replacementOf } from "./stored.ts";
import type { FileProblem, Receipt } from "./types.ts";

/** The system's code of an error, or what it says. */
export function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? String(error);
}

/** Writes the files of one ecosystem, all or none. Gives back the receipts with what the disk made of path, mode and owner. */
export async function writeGroup(
  group: readonly Receipt[],
  { read, write }: { readonly read: ReadPort; readonly write: WritePort },
): Promise<Receipt[] | FileProblem> {
  const written: Receipt[] = [];
  for (const receipt of group) {
    try {
      written.push(await writeOne(receipt, read, write));
    } catch (error) {
      const standing = await standingOf(receipt, read);
      if (standing === "torn" || standing === "after") await restore(receipt, write);
      else await clearTraces(receipt, write);
      for (const done of written.toReversed()) await restore(done, write);
      return { ecosystem: receipt.ecosystem, file: receipt.path, code: codeOf(error) };
    }
  }
  return written;
}

async function writeOne(receipt: Receipt, read: ReadPort, write: WritePort): Promise<Receipt> {
  const folder = receipt.folders.at(-1);
  if (folder !== undefined) await write.makeDirectory(folder, 0o755);
  await write.replace(receipt.path, replacementOf(receipt.after));
  if (receipt.activation !== null) await activate(receipt.activation, write);
  return asWritten(receipt, read);
}
