import type { ExitCode, Message } from "../report/types.ts";
import type { Outcome, Refusal } from "./types.ts";

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(exitCode: ExitCode, ...messages: readonly Message[]): Refusal {
  return { ok: false, exitCode, messages };
}

/** Exit codes from the worst to the best (README, "Exit codes"): a run that did several things ends with the worst of them. */
const worstFirst: readonly ExitCode[] = [130, 1, 8, 5, 3, 2, 4, 7, 6, 0];

export function worst(codes: readonly ExitCode[]): ExitCode {
  return worstFirst.find((code) => codes.includes(code)) ?? 0;
}
