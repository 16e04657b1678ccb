import { type Measured, measure } from "./measure.ts";
import type { PolicyName } from "./policies.ts";
import { type Outcome, runPolicy } from "./run.ts";
import { type SetName, sets } from "./sets.ts";

export interface Wanted {
  readonly worlds: number;
  readonly seed: string;
  readonly policies: readonly PolicyName[];
}

/** One set of worlds, every policy in each of them. */
export interface MeasuredSet {
  readonly set: SetName;
  readonly worlds: number;
  /** Real time, of the simulation. */
  readonly tookMs: number;
  readonly rows: readonly {
    readonly policy: PolicyName;
    readonly row: Measured;
    readonly outcomes: readonly Outcome[];
  }[];
}

/** A world's name, which is also its seed. */
export function worldName(set: SetName, seed: string, index: number): string {
  return `${set}/${seed}/${index}`;
}

export async function measureSet(set: SetName, wanted: Wanted): Promise<MeasuredSet> {
  const started = performance.now();
  const { share, peers } = sets[set];
  const worlds = Math.max(1, Math.round(wanted.worlds * share));
  const names = Array.from({ length: worlds }, (_, index) => worldName(set, wanted.seed, index));
  // The first run of all loads what the race loads late; in virtual time that must not count.
  await runPolicy("ours", sets[set], names[0] ?? "");
  const all = new Map<PolicyName, Outcome[]>();
  for (const policy of wanted.policies) {
    if (!peers && policy !== "ours" && policy !== "oracle") continue;
    const outcomes: Outcome[] = [];
    for (const name of names) outcomes.push(await runPolicy(policy, sets[set], name));
    all.set(policy, outcomes);
  }
  const [ours = null, oracle = null] = [all.get("ours"), all.get("oracle")];
  const rows = [...all].map(([policy, outcomes]) => {
    return { policy, outcomes, row: measure(outcomes, policy === "ours" ? null : ours, oracle) };
  });
  return { set, worlds, rows, tookMs: performance.now() - started };
}
