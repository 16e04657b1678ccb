import { type Draft, draft } from "../plan/draft.ts";
import type { FileProblem } from "../plan/types.ts";
import type { Intent, Part } from "./prepare.ts";
import { deferred } from "./take-up.ts";
import type { ChangeRequest, Services } from "./types.ts";

/** Works out what all parts want, to whole files. */
export function drawUp(parts: readonly Part[], { noReload }: ChangeRequest, { read }: Services): Promise<Draft> {
  const wanted = parts.flatMap(({ decision }) => (isIntent(decision) ? decision.changes : []));
  return draft(noReload ? wanted.map(deferred) : wanted, read);
}

/** Whether something is to be done. */
export function isIntent(decision: Part["decision"]): decision is Intent {
  return !("ok" in decision);
}

/** What one file of an ecosystem lacks keeps its others back too: half a setting is worse than none. */
export function withoutTroubled({ plan, problems }: Draft): Draft["plan"] {
  return { ...plan, files: apartFrom(problems, plan.files) };
}

/** The files of ecosystems that have no problem. */
export function apartFrom<T extends Pick<FileProblem, "ecosystem">>(
  problems: readonly FileProblem[],
  files: readonly T[],
): T[] {
  const troubled = new Set(problems.map(({ ecosystem }) => ecosystem));
  return files.filter(({ ecosystem }) => !troubled.has(ecosystem));
}
