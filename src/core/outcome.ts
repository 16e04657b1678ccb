import type { RaceResult } from "../probe/types.ts";
import type { ExitCode, Message } from "../report/types.ts";
import type { ChangeOutcome, ChangeRequest, Outcome, Refusal } from "./types.ts";

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(exitCode: ExitCode, ...messages: readonly Message[]): Refusal {
  return { ok: false, exitCode, messages };
}

/** The person wants out; nothing was written. */
export const interrupted: Refusal = refuse(130, { code: "interrupted", level: "error", args: {} });

/** An outcome in which nothing was written. */
export function ended(
  { exitCode, messages }: Refusal,
  { dryRun }: ChangeRequest,
  probe: RaceResult | null = null,
): ChangeOutcome {
  return {
    exitCode,
    messages,
    probe,
    dryRun,
    transaction: null,
    changes: [],
    inForce: [],
    skipped: [],
    files: [],
  };
}
