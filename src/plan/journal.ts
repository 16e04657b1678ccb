import { randomBytes } from "node:crypto";
import type { Clock, ReadPort, WritePort } from "../ports/types.ts";
import { isUnchanged } from "./stored.ts";
import type { Receipt, Transaction } from "./types.ts";

const keptTransactions = 50;

/** What was read of the journal, in order, and the names of files in it that make no sense. */
export interface JournalContent {
  readonly transactions: readonly Transaction[];
  readonly damaged: readonly string[];
}

/** Where the journal is kept, in the state directory; the path rules are those of this machine. */
export interface JournalPlace {
  readonly state: string;
  readonly folder: string;
  readonly lock: string;
  file(id: string): string;
  /** The path of a name in the folder. */
  path(name: string): string;
}

export function journalPlace(state: string, join: (...parts: string[]) => string): JournalPlace {
  const folder = join(state, "journal");
  const path = (name: string) => join(folder, name);
  return { state, folder, lock: join(state, "lock"), file: (id) => path(`${id}.json`), path };
}

/** Reads all transactions, oldest first. Reading alone never makes the folder. */
export async function readJournal(place: JournalPlace, read: ReadPort): Promise<JournalContent> {
  const transactions: Transaction[] = [];
  const damaged: string[] = [];
  for (const name of (await read.names(place.folder)).filter((found) => found.endsWith(".json"))) {
    const state = await read.read(place.file(name.slice(0, -".json".length)));
    const found = state.kind === "file" ? parse(state.bytes) : null;
    if (found === null) damaged.push(name);
    else transactions.push(found);
  }
  return { transactions: transactions.sort((a, b) => a.sequence - b.sequence), damaged };
}

function parse(bytes: Uint8Array): Transaction | null {
  try {
    const found = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Transaction>;
    const sound = found.version === 1 && typeof found.sequence === "number" && Array.isArray(found.files);
    return sound ? (found as Transaction) : null;
  } catch {
    return null;
  }
}

/** Writes a transaction, new or in its next state. On disk before anything that relies on it happens. */
export async function record(place: JournalPlace, write: WritePort, transaction: Transaction): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(transaction, null, 1)}\n`);
  await write.replace(place.file(transaction.id), { bytes, mode: 0o600, owner: null });
}

/** Notes which files were written: what changed nothing is not kept, and nor is a transaction that did. False: it is forgotten. */
export async function settled(
  started: Transaction,
  written: readonly Receipt[],
  { place, write }: { readonly place: JournalPlace; readonly write: WritePort },
): Promise<boolean> {
  const files = written.filter((receipt) => !isUnchanged(receipt));
  if (files.length === 0) await write.removeFile(place.file(started.id));
  else await record(place, write, { ...started, status: "applied", files });
  return files.length > 0;
}

/** Forgets the oldest settled transactions beyond the fifty that are kept. */
export async function prune(place: JournalPlace, write: WritePort, content: JournalContent): Promise<void> {
  const excess = content.transactions.slice(0, Math.max(0, content.transactions.length - keptTransactions));
  for (const { id } of excess) await write.removeFile(place.file(id));
}

/** An id that sorts by time and reads as one: `20261120T101530Z-5f3a`. */
export function newId(clock: Clock): string {
  const stamp = clock
    .date()
    .toISOString()
    .replace(/[-:]|\.\d+/g, "");
  return `${stamp}-${randomBytes(2).toString("hex")}`;
}
