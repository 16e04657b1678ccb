import type { ReadPort, WritePort } from "../ports/types.ts";
import { type JournalPlace, readJournal, record } from "./journal.ts";
import { asWritten, clearTraces, restore, type Standing, standingOf } from "./restore.ts";
import { filesTakenBack, takenBack } from "./stored.ts";
import type { Receipt, Transaction } from "./types.ts";

/** What was done about a transaction that a killed run left open. */
export interface Recovery {
  readonly id: string;
  /** `stuck`: a file cannot be put back now; the next run tries again. */
  readonly outcome: "finished" | "taken-back" | "stuck";
  /** Files that somebody else has changed since: left as they are. */
  readonly left: readonly string[];
}

/**
 * Settles what killed runs left open, under the lock: a transaction whose files were all written is finished, any other is taken back;
 * an undo that was cut off is completed.
 */
export async function recover(place: JournalPlace, read: ReadPort, write: WritePort): Promise<Recovery[]> {
  const { transactions } = await readJournal(place, read);
  await sweepJournal(place, read, write);
  const done: Recovery[] = [];
  for (const transaction of transactions.toReversed()) {
    if (transaction.status === "started") done.push(await settleStarted(transaction, place, read, write));
    if (transaction.status === "undoing") done.push(await takeBack(transaction, place, read, write));
  }
  return done;
}

/** A run that was killed while it wrote the journal left a temporary file there. */
async function sweepJournal(place: JournalPlace, read: ReadPort, write: WritePort): Promise<void> {
  const left = (await read.names(place.folder)).filter((name) => name.endsWith(".tmp"));
  for (const name of left) await write.removeFile(place.path(name));
}

async function settleStarted(
  transaction: Transaction,
  place: JournalPlace,
  read: ReadPort,
  write: WritePort,
): Promise<Recovery> {
  const standings = await Promise.all(transaction.files.map((receipt) => standingOf(receipt, read)));
  if (standings.every((standing) => standing === "after")) {
    const files = await Promise.all(transaction.files.map((receipt) => asWritten(receipt, read)));
    await record(place, write, { ...transaction, files, status: "applied" });
    return { id: transaction.id, outcome: "finished", left: [] };
  }
  return takeBack(transaction, place, read, write);
}

/** A file that cannot be written now (a closed folder, a full disk) is left and said, and holds up nothing else. */
async function settle(receipt: Receipt, standing: Standing, write: WritePort): Promise<boolean> {
  try {
    await (standing === "before" ? clearTraces(receipt, write) : restore(receipt, write));
    return true;
  } catch {
    return false;
  }
}

async function takeBack(
  transaction: Transaction,
  place: JournalPlace,
  read: ReadPort,
  write: WritePort,
): Promise<Recovery> {
  const left: string[] = [];
  let isStuck = false;
  for (const receipt of filesTakenBack(transaction)) {
    const standing = await standingOf(receipt, read);
    const settled = standing !== "foreign" && (await settle(receipt, standing, write));
    if (!settled) left.push(receipt.path);
    isStuck ||= !settled && standing !== "foreign";
  }
  if (isStuck) return { id: transaction.id, outcome: "stuck", left };
  await record(place, write, takenBack(transaction));
  return { id: transaction.id, outcome: "taken-back", left };
}
