import { placedMessage } from "../ecosystems/reading.ts";
import { type Applied, apply, type WriterPorts } from "../plan/apply.ts";
import type { Recovery } from "../plan/recover.ts";
import type { FileProblem, Pending, Plan } from "../plan/types.ts";
import type { Message } from "../report/types.ts";
import { journalOf } from "./knowledge.ts";
import { done, interrupted, refuse } from "./outcome.ts";
import type { Outcome, Refusal, Services } from "./types.ts";

/** What the writer needs; null where no home is known, and so no place for a journal. */
export function writerPorts(services: Services): WriterPorts | null {
  const place = journalOf(services);
  return place === null ? null : { read: services.read, write: services.write, clock: services.clock, place };
}

/** Writes a plan. An empty one touches nothing, not even the journal. */
export async function writePlan(
  plan: Plan,
  about: { readonly command: string; readonly mirrors: readonly string[] },
  services: Services,
): Promise<Outcome<Applied>> {
  if (services.signal.aborted) return interrupted;
  if (plan.files.length === 0) return done({ transaction: null, problems: [], pending: [], recovered: [] });
  const ports = writerPorts(services);
  if (ports === null) return noPlace(services);
  const applied = await apply(plan, about, ports);
  if (applied.transaction === null && applied.problems.length > 0) {
    const { recovered, problems, pending } = applied;
    return refuse(5, ...recoveryMessages(recovered), ...problems.map(problemMessage), ...pending.map(pendingMessage));
  }
  return done(applied);
}

/** There is no place for a journal. Under sudo, that is because nobody knows whose it would be. */
export function noPlace({ read }: Services): Refusal {
  const { person } = read.facts;
  if (person === undefined) return refuse(5, { code: "no-home", level: "error", args: {} });
  return refuse(5, { code: "sudo-no-home", level: "error", args: { user: person.name } });
}

/** The words for why a file could not be read or written. */
export function problemMessage({ file, code, line, column, option, isLeft }: FileProblem): Message {
  if (isLeft === true) return { code: "not-put-back", level: "error", args: { file, why: code } };
  if (code === "locked") return { code: "locked", level: "error", args: {} };
  if (option !== undefined) return { code: "file-managed", level: "error", args: { file, option } };
  if (line !== undefined && line !== null) return placedMessage(file, code, line, column ?? null);
  return { code: "file-problem", level: "error", args: { file, why: code } };
}

/** A program that still goes by what its file said before. */
export function pendingMessage({ file, manual, isRefused }: Pending): Message {
  return { code: isRefused ? "not-accepted" : "not-taken-up", level: "warn", args: { file, command: manual } };
}

export function recoveryMessages(recovered: readonly Recovery[]): Message[] {
  return recovered.flatMap(({ id, outcome, left, pending }): Message[] => [
    ...(outcome === "finished" ? [{ code: "recovered-finished", level: "info", args: { id } } as const] : []),
    ...(outcome === "taken-back" ? [{ code: "recovered-undone", level: "warn", args: { id } } as const] : []),
    ...left.map((file): Message => ({ code: "recovered-left", level: "warn", args: { file } })),
    ...pending.map(pendingMessage),
  ]);
}
