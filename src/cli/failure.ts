import type { Refusal } from "../core/types.ts";
import type { Report } from "../report/document.ts";

const emptyChange = { dryRun: false, transaction: null, changes: [], inForce: [], skipped: [] };

/** The report of a command that ended before it could do anything. Commands that change something keep their shape. */
export function failureReport(command: string, { exitCode, messages }: Refusal): Report {
  const changing = ["go", "pip", "npm", "docker", "all", "reset", "undo"].includes(command);
  return { command, exitCode, messages, body: changing ? emptyChange : command === "pull" ? { images: [] } : {} };
}
