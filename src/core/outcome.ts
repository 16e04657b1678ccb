import type { EcosystemId } from "../catalog/types.ts";
import type { ExitCode, Message } from "../report/types.ts";
import type { Outcome, Refusal } from "./types.ts";

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(exitCode: ExitCode, ...messages: readonly Message[]): Refusal {
  return { ok: false, exitCode, messages };
}

/** The person wants out; nothing was written. */
export const interrupted: Refusal = refuse(130, { code: "interrupted", level: "error", args: {} });

/** Messages of one of several ecosystems say of which. */
export function aboutOf(messages: readonly Message[], ecosystems: readonly EcosystemId[], index: number): Message[] {
  const about = ecosystems[index];
  return ecosystems.length === 1 || about === undefined ? [...messages] : messages.map((each) => ({ ...each, about }));
}
