import type { Change, Pending } from "../plan/types.ts";
import { worst } from "./prepare.ts";
import type { PartOutcome } from "./types.ts";
import { pendingMessage } from "./write.ts";

/** `--no-reload`: whoever runs the program has it reload. */
export function deferred({ activation, ...change }: Change): Change {
  return { ...change, activation: activation === null ? null : { ...activation, deferred: true } };
}

/** What is written and not taken up is not in force. */
export function withPending(outcome: PartOutcome, pending: readonly Pending[]): PartOutcome {
  if (pending.length === 0) return outcome;
  const messages = [...outcome.messages, ...pending.map(pendingMessage)];
  return { ...outcome, exitCode: worst([outcome.exitCode, 7]), messages };
}
