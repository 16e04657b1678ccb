import type { WriterPorts } from "../plan/apply.ts";
import { readJournal } from "../plan/journal.ts";
import type { KeyChange, Receipt } from "../plan/types.ts";
import { type Undone, undo } from "../plan/undo.ts";
import type { Message } from "../report/types.ts";
import { done, interrupted, refuse } from "./outcome.ts";
import { barredFiles, wantsRights, withWayOut } from "./rights.ts";
import type { Outcome, Refusal, Services } from "./types.ts";
import { noPlace, pendingMessage, problemMessage, recoveryMessages, writerPorts } from "./write.ts";

/** What an undo did. */
export interface TakenBack {
  /** Null when there was nothing to undo. */
  readonly transaction: string | null;
  readonly changes: readonly KeyChange[];
  readonly messages: readonly Message[];
  /** 7: the files are back, and something that runs still goes by what they said. */
  readonly exitCode: 0 | 7;
}

/** Undoes the last transaction, or one by its id. */
export async function takeBack(id: string | null, services: Services): Promise<Outcome<TakenBack>> {
  const ports = writerPorts(services);
  if (ports === null) return noPlace(services);
  await barredFiles(await openFiles(ports), services);
  const first = await undo(id, ports);
  const isClosed = first.kind === "problems" && first.problems.every((problem) => wantsRights(problem, services));
  const isOpened = isClosed && (await barredFiles(first.files, services)).length === 0;
  if (services.signal.aborted) return interrupted;
  const undone = isOpened ? await undo(id, ports) : first;
  if (undone.kind === "undone") {
    const { transaction, recovered, pending } = undone;
    const changes = transaction.files
      .flatMap(({ keys }) => keys)
      .map((change) => ({ ...change, before: change.after, after: change.before }));
    const { id: undoneId, command } = transaction;
    const file = transaction.files.map(({ path }) => path).join(", ");
    const said: Message = { code: "undone", level: "info", args: { id: undoneId, command, file } };
    const messages = [...recoveryMessages(recovered), said, ...pending.map(pendingMessage)];
    return done({ transaction: transaction.id, changes, messages, exitCode: pending.length > 0 ? 7 : 0 });
  }
  if (undone.kind === "nothing") {
    const messages: Message[] = [
      ...recoveryMessages(undone.recovered),
      { code: "nothing-to-undo", level: "info", args: {} },
    ];
    return done({ transaction: null, changes: [], messages, exitCode: 0 });
  }
  const refusal = refusalOf(undone, id ?? "", ports.place.state);
  const problems = undone.kind === "problems" ? undone.problems : [];
  return withWayOut(refusal, problems, id === null ? ["undo"] : ["undo", id], services);
}

/** The files of runs that were killed: settling them comes first, and may take more rights, too. */
async function openFiles({ place, read }: WriterPorts): Promise<readonly Receipt[]> {
  const { transactions } = await readJournal(place, read);
  return transactions.flatMap(({ status, files }) => (status === "started" || status === "undoing" ? files : []));
}

function refusalOf(undone: Exclude<Undone, { kind: "undone" | "nothing" }>, id: string, state: string): Refusal {
  switch (undone.kind) {
    case "unknown-id":
      return refuse(2, { code: "undo-unknown", level: "error", args: { id } });
    case "undone-already":
      return refuse(5, { code: "undo-again", level: "error", args: { id: undone.transaction.id } });
    case "not-on-top":
      return refuse(5, { code: "undo-order", level: "error", args: { order: undone.first.join(" ") } });
    case "problems":
      return refuse(
        5,
        ...undone.problems.map((problem): Message => {
          const { file, code } = problem;
          if (code !== "changed-since") return problemMessage(problem);
          return { code: "undo-changed", level: "error", args: { file, id: undone.id, why: code } };
        }),
      );
    case "no-lock":
      return refuse(
        5,
        undone.code === "locked"
          ? { code: "locked", level: "error", args: {} }
          : { code: "file-problem", level: "error", args: { file: state, why: undone.code } },
      );
  }
}
