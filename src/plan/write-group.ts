import { type Hands, layAndActivate } from "./activate.ts";
import { asWritten, clearTraces, restore, standingOf } from "./restore.ts";
import { replacementOf } from "./stored.ts";
import type { FileProblem, Pending, Receipt } from "./types.ts";

/** The system's code of an error, or what it says. */
export function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? String(error);
}

/** How the files of one ecosystem were written: all, or none. */
export interface WrittenGroup {
  /** The receipts with what the disk made of path, mode and owner. */
  readonly written: readonly Receipt[];
  readonly problem: FileProblem | null;
  readonly pending: readonly Pending[];
}

/** Writes the files of one ecosystem, all or none. */
export async function writeGroup(group: readonly Receipt[], hands: Hands): Promise<WrittenGroup> {
  const written: Receipt[] = [];
  const pending: Pending[] = [];
  for (const receipt of group) {
    try {
      pending.push(...(await writeOne(receipt, hands)));
      written.push(await asWritten(receipt, hands.read));
    } catch (error) {
      const problem = { ecosystem: receipt.ecosystem, file: receipt.path, code: codeOf(error) };
      return { written: [], problem, pending: await rollBack(receipt, written, hands) };
    }
  }
  return { written, problem: null, pending };
}

async function writeOne(receipt: Receipt, hands: Hands): Promise<Pending[]> {
  const { path, after, folders } = receipt;
  return layAndActivate(receipt, "after", hands, async () => {
    const folder = folders.at(-1);
    if (folder !== undefined) await hands.write.makeDirectory(folder, 0o755);
    await hands.write.replace(path, replacementOf(after));
  });
}

/** What never came to its rename is as it was, and no program need look at it; a text in between counts as torn. */
async function rollBack(failed: Receipt, written: readonly Receipt[], hands: Hands): Promise<Pending[]> {
  const pending: Pending[] = [];
  const standing = await standingOf(failed, hands.read);
  if (standing === "foreign" || standing === "before") await clearTraces(failed, hands.write);
  else pending.push(...(await restore(failed, hands)));
  for (const done of written.toReversed()) pending.push(...(await restore(done, hands)));
  return pending;
}
