import { type Hands, layAndActivate, onceEach } from "./activate.ts";
import { asWritten, clearTraces, codeOf, leftOf, restore, restoreAll, standingOf } from "./restore.ts";
import { isUnchanged, replacementOf } from "./stored.ts";
import type { FileProblem, Pending, Receipt } from "./types.ts";

/** How the files of one ecosystem were written: all, or none. */
export interface WrittenGroup {
  /** The receipts with what the disk made of path, mode and owner. */
  readonly written: readonly Receipt[];
  readonly problems: readonly FileProblem[];
  readonly pending: readonly Pending[];
  /** Where they could not be written: those that could not be put back either. */
  readonly stuck: readonly Receipt[];
}

/** Writes the files of one ecosystem, all or none. */
export async function writeGroup(group: readonly Receipt[], hands: Hands): Promise<WrittenGroup> {
  const written: Receipt[] = [];
  const pending: Pending[] = [];
  const told = onceEach(group, "after");
  for (const [at, receipt] of group.entries()) {
    try {
      pending.push(...(await writeOne(told[at] ?? receipt, hands)));
      written.push(await asWritten(receipt, hands.read));
    } catch (error) {
      const rolled = await rollBack(receipt, written, hands);
      const stuck = rolled.stuck.map((each) => group.find(({ path }) => path === each.receipt.path) ?? each.receipt);
      const problem = { ecosystem: receipt.ecosystem, file: receipt.path, code: codeOf(error) };
      return { ...rolled, written: [], problems: [problem, ...leftOf(rolled.stuck)], stuck };
    }
  }
  return { written, problems: [], pending, stuck: [] };
}

/** Where a file says already what it is to say, its program is brought along as on the way back: to what stands there. */
async function writeOne(receipt: Receipt, hands: Hands): Promise<Pending[]> {
  if (isUnchanged(receipt)) return restore(receipt, hands);
  const { path, after, folders } = receipt;
  return layAndActivate(receipt, "after", hands, async () => {
    const folder = folders.at(-1);
    if (folder !== undefined) await hands.write.makeDirectory(folder, 0o755);
    await hands.write.replace(path, replacementOf(after));
  });
}

/** What never came to its rename is as it was, and no program need look at it; a text in between counts as torn. */
async function rollBack(failed: Receipt, written: readonly Receipt[], hands: Hands): ReturnType<typeof restoreAll> {
  const standing = await standingOf(failed, hands.read);
  const isAsBefore = standing === "foreign" || standing === "before";
  // A temporary file that stays is a blemish; what was written is put back all the same.
  if (isAsBefore) await clearTraces(failed, hands.write).catch(() => undefined);
  return restoreAll([...(isAsBefore ? [] : [failed]), ...written.toReversed()], hands);
}
