import { onceEach } from "./activate.ts";
import type { WriterPorts } from "./apply.ts";
import { readJournal, record, settled } from "./journal.ts";
import { asWritten, confirm, restoreAll, standingOf } from "./restore.ts";
import { filesTakenBack, isUnchanged, takenBack } from "./stored.ts";
import type { Pending, Receipt, Transaction } from "./types.ts";

/** What was done about a transaction that a killed run left open. */
export interface Recovery {
  readonly id: string;
  /** `stuck`: a file cannot be put back now; the next run tries again. */
  readonly outcome: "finished" | "taken-back" | "stuck";
  /** Files that somebody else has changed since: left as they are. */
  readonly left: readonly string[];
  /** Programs that have not taken up what the files say now. */
  readonly pending: readonly Pending[];
}

/**
 * Settles what killed runs left open, under the lock: a transaction whose files were all written is finished, any other is taken back;
 * an undo that was cut off is completed. Programs that go by those files are brought along.
 */
export async function recover(ports: WriterPorts): Promise<Recovery[]> {
  const { transactions } = await readJournal(ports.place, ports.read);
  await sweepJournal(ports);
  const done: Recovery[] = [];
  for (const transaction of transactions.toReversed()) {
    if (transaction.status === "started") done.push(await settleStarted(transaction, ports));
    if (transaction.status === "undoing") done.push(await takeBack(transaction, ports));
  }
  return done;
}

/** A run that was killed while it wrote the journal left a temporary file there. */
async function sweepJournal({ place, read, write }: WriterPorts): Promise<void> {
  const left = (await read.names(place.folder)).filter((name) => name.endsWith(".tmp"));
  for (const name of left) await write.removeFile(place.path(name));
}

async function settleStarted(transaction: Transaction, ports: WriterPorts): Promise<Recovery> {
  const { id, files } = transaction;
  const standings = await Promise.all(files.map((receipt) => standingOf(receipt, ports.read)));
  // Of a file that was to stay as it is there is nothing to see.
  const isWritten = (receipt: Receipt, at: number) =>
    standings[at] === "after" || (standings[at] === "before" && isUnchanged(receipt));
  if (!files.every(isWritten)) return takeBack(transaction, ports);
  const pending: Pending[] = [];
  try {
    for (const receipt of onceEach(files, "after")) pending.push(...(await confirm(receipt, ports)));
  } catch {
    return takeBack(transaction, ports);
  }
  await settled(transaction, await Promise.all(files.map((receipt) => asWritten(receipt, ports.read))), ports);
  return { id, outcome: "finished", left: [], pending };
}

async function takeBack(transaction: Transaction, ports: WriterPorts): Promise<Recovery> {
  const { id } = transaction;
  const files = filesTakenBack(transaction);
  const standings = await Promise.all(files.map((receipt) => standingOf(receipt, ports.read)));
  const isForeign = (_: unknown, at: number) => standings[at] === "foreign";
  const { pending, stuck } = await restoreAll(
    files.filter((_, at) => !isForeign(_, at)),
    ports,
  );
  const left = [...files.filter(isForeign), ...stuck.map(({ receipt }) => receipt)].map(({ path }) => path);
  if (stuck.length > 0) return { id, outcome: "stuck", left, pending };
  await record(ports.place, ports.write, takenBack(transaction));
  return { id, outcome: "taken-back", left, pending };
}
