import { history } from "../../core/inspect.ts";
import { takeBack } from "../../core/take-back.ts";
import { historyView } from "../../report/views/lists.ts";
import type { Session } from "../session.ts";

/** `mirror-setup undo [ID]` */
export async function undoLast(session: Session, id: string | undefined): Promise<void> {
  const outcome = await takeBack(id ?? null, session.services);
  if (!outcome.ok) return session.fail("undo", outcome);
  const { transaction, changes, messages, exitCode } = outcome.value;
  const body = { dryRun: false, transaction, changes, inForce: [], skipped: [] };
  session.finish({ command: "undo", exitCode, messages, body }, () => []);
}

/** `mirror-setup history` */
export async function showHistory(session: Session): Promise<void> {
  const { transactions, messages } = await history(session.services);
  const rows = transactions.map(({ id, at, command, status, files }) => {
    return { id, at, command, status, changes: files.flatMap(({ keys }) => keys) };
  });
  const body = { transactions: rows };
  session.finish({ command: "history", exitCode: 0, messages, body }, (screen) => historyView(transactions, screen));
}
