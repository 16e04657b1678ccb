import type { FileProblem, Pending, Plan } from "../plan/types.ts";
import type { Message } from "../report/types.ts";
import type { Intent } from "./prepare.ts";
import { barredFiles } from "./rights.ts";
import type { ChangeRequest, Refusal, Services } from "./types.ts";
import { recoveryMessages, writePlan } from "./write.ts";

/** How the write went. `refusal`: nothing was written at all. */
export interface Written {
  readonly transaction: string | null;
  readonly problems: readonly FileProblem[];
  readonly pending: readonly Pending[];
  readonly messages: readonly Message[];
  readonly refusal: Refusal | null;
}

/** Writes what all parts want, but for the files that nobody lets us write. */
export async function writeParts(
  plan: Plan,
  wanting: readonly Intent[],
  { command }: ChangeRequest,
  services: Services,
): Promise<Written> {
  const about = { command, mirrors: [...new Set(wanting.flatMap(({ mirrors }) => mirrors))] };
  const barred = await barredFiles(plan.files, services);
  const files = plan.files.filter(({ ecosystem }) => barred.every((problem) => problem.ecosystem !== ecosystem));
  const outcome = await writePlan({ ...plan, files }, about, services);
  if (!outcome.ok) return { transaction: null, problems: barred, pending: [], messages: [], refusal: outcome };
  const { transaction, problems, pending, recovered } = outcome.value;
  return {
    transaction,
    problems: [...barred, ...problems],
    pending,
    messages: recoveryMessages(recovered),
    refusal: null,
  };
}
