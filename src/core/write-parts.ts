import type { FilePlan, FileProblem, Pending, Plan } from "../plan/types.ts";
import type { Message } from "../report/types.ts";
import { apartFrom } from "./draw-up.ts";
import { barredFiles } from "./rights.ts";
import type { Refusal, Services } from "./types.ts";
import { recoveryMessages, writePlan } from "./write.ts";

/** How the write went. `refusal`: nothing was written at all. */
export interface Written {
  readonly transaction: string | null;
  /** Those that were written. */
  readonly files: readonly FilePlan[];
  readonly problems: readonly FileProblem[];
  readonly pending: readonly Pending[];
  readonly messages: readonly Message[];
  readonly refusal: Refusal | null;
}

/** Writes what all parts want, but for the ecosystems of files that nobody lets us write. */
export async function writeParts(
  plan: Plan,
  { command, mirrors }: { readonly command: string; readonly mirrors: readonly string[] },
  services: Services,
): Promise<Written> {
  const barred = await barredFiles(plan.files, services);
  const files = apartFrom(barred, plan.files);
  const outcome = await writePlan({ ...plan, files }, { command, mirrors: [...new Set(mirrors)] }, services);
  if (!outcome.ok)
    return { transaction: null, files: [], problems: barred, pending: [], messages: [], refusal: outcome };
  const { transaction, problems, pending, recovered } = outcome.value;
  return {
    transaction,
    files: transaction === null ? [] : apartFrom(problems, files),
    problems: [...barred, ...problems],
    pending,
    messages: recoveryMessages(recovered),
    refusal: null,
  };
}
