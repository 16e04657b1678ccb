import type { EcosystemId } from "../catalog/types.ts";
import { underLock, type WriterPorts } from "./apply.ts";
import { readJournal, record } from "./journal.ts";
import type { Recovery } from "./recover.ts";
import { leftOf, restoreAll } from "./restore.ts";
import { filesTakenBack, isStill, takenBack } from "./stored.ts";
import type { FileProblem, Pending, Receipt, Transaction } from "./types.ts";

/** How an undo ended. */
export type Undone =
  | {
      readonly kind: "undone";
      readonly transaction: Transaction;
      readonly pending: readonly Pending[];
      readonly recovered: readonly Recovery[];
    }
  | { readonly kind: "nothing"; readonly recovered: readonly Recovery[] }
  | { readonly kind: "unknown-id" }
  | { readonly kind: "undone-already"; readonly transaction: Transaction }
  /** Later transactions wrote the same files: these first, in this order. */
  | { readonly kind: "not-on-top"; readonly first: readonly string[] }
  | {
      readonly kind: "problems";
      readonly id: string;
      readonly problems: readonly FileProblem[];
      readonly files: readonly Receipt[];
    }
  | { readonly kind: "no-lock"; readonly code: string };

/**
 * Puts back every byte of a transaction: of the last one, unless an id is given. Nothing is touched unless all of it can be. `only` takes back one
 * ecosystem's files, and leaves the rest of the transaction as it is.
 */
export async function undo(id: string | null, ports: WriterPorts, only: EcosystemId | null = null): Promise<Undone> {
  const outcome = await underLock(ports, async (recovered): Promise<Undone> => {
    const { transactions } = await readJournal(ports.place, ports.read);
    const applied = transactions.filter(({ status }) => status === "applied");
    const wanted = id === null ? applied.at(-1) : transactions.find((transaction) => transaction.id === id);
    if (wanted === undefined) return id === null ? { kind: "nothing", recovered } : { kind: "unknown-id" };
    if (wanted.status !== "applied") return { kind: "undone-already", transaction: wanted };
    const undoing: Transaction = { ...wanted, status: "undoing", ...(only === null ? {} : { only }) };
    const part = { ...wanted, files: filesTakenBack(undoing) };
    const first = writersAbove(part, applied);
    if (first.length > 0) return { kind: "not-on-top", first };
    const problems = await problemsOf(part, ports);
    if (problems.length > 0) return { kind: "problems", id: wanted.id, problems, files: part.files };
    return takeBack(undoing, part, recovered, ports);
  });
  return outcome.ok ? outcome.value : { kind: "no-lock", code: outcome.code };
}

function writersAbove(wanted: Transaction, applied: readonly Transaction[]): string[] {
  const files = new Set(wanted.files.map(({ realPath }) => realPath));
  const later = applied.filter(({ sequence }) => sequence > wanted.sequence);
  return later
    .filter((transaction) => transaction.files.some(({ realPath }) => files.has(realPath)))
    .map((transaction) => transaction.id)
    .toReversed();
}

async function problemsOf({ files }: Transaction, { read, write }: WriterPorts): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  for (const { ecosystem, path, realPath, after } of files) {
    const state = await read.read(path);
    const elsewhere = state.kind === "file" && state.realPath !== realPath;
    const code = elsewhere || !isStill(state, after) ? "changed-since" : await write.obstacle(path);
    if (code !== null) problems.push({ ecosystem, file: path, code });
  }
  return problems;
}

/** With a file that could not be put back it stays on its way back: whoever writes next goes on with it. */
async function takeBack(
  undoing: Transaction,
  part: Transaction,
  recovered: readonly Recovery[],
  ports: WriterPorts,
): Promise<Undone> {
  await record(ports.place, ports.write, undoing);
  const { pending, stuck } = await restoreAll(part.files.toReversed(), ports);
  if (stuck.length > 0) return { kind: "problems", id: part.id, problems: leftOf(stuck), files: part.files };
  await record(ports.place, ports.write, takenBack(undoing));
  return { kind: "undone", transaction: part, pending, recovered };
}
