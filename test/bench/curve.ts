import { usualBudget } from "../../src/probe/budget.ts";
import { limits } from "../../src/probe/limits.ts";
import { measureSet } from "./series.ts";
import type { SetName } from "./sets.ts";

const mebibyte = 1024 * 1024;

/** The settings that are held against those in force: one number of `limits` or of the usual budget, or several, each in another place. */
const settings: readonly Readonly<Record<string, number>>[] = [
  {},
  { bytes: mebibyte },
  { bytes: 1.5 * mebibyte },
  { bytes: 3 * mebibyte },
  { bytes: 4 * mebibyte },
  { requests: usualBudget.requests - 1 },
  { requests: usualBudget.requests + 2 },
  { evidence: 0 },
  { evidence: usualBudget.evidence + 2 },
  { evidence: usualBudget.evidence + 4 },
  { solos: 1 },
  { solos: 3 },
  { field: 3 },
  { measureMs: 120 },
  { measureMs: 300 },
  { startingShare: 0.5 },
  { startingShare: 2 },
  { promising: 0.92 },
  { aheadRounds: 0 },
];

/** Prints how the race does with other limits, all in the same worlds of a set. */
export async function curve(set: SetName, worlds: number, seed: string, say: (line: string) => void): Promise<void> {
  say("setting                 faulty %  wrong %  regret p95  wall s 50/95  MB    most of one: MiB, requests");
  for (const setting of settings) say(await line(set, setting, worlds, seed));
}

async function line(set: SetName, setting: Readonly<Record<string, number>>, worlds: number, seed: string) {
  const before = { limits: { ...limits }, budget: { ...usualBudget } };
  for (const [name, value] of Object.entries(setting))
    Object.assign(name in limits ? limits : usualBudget, { [name]: value });
  const { rows } = await measureSet(set, { worlds, seed, policies: ["ours"] });
  Object.assign(limits, before.limits);
  Object.assign(usualBudget, before.budget);
  const row = rows[0]?.row;
  if (row === undefined) throw new Error("ours did not run");
  const name = Object.entries(setting).map(([key, value]) => `${key}=${value}`);
  const percent = (hits: number) => ((100 * hits) / row.worlds).toFixed(1);
  return [
    (name.join(" ") || "as it is").padEnd(24),
    percent(row.faulty.hits).padEnd(10),
    percent(row.wrong.hits).padEnd(9),
    row.regretP95.toFixed(2).padEnd(12),
    `${(row.wallP50 / 1000).toFixed(2)}/${(row.wallP95 / 1000).toFixed(2)}`.padEnd(14),
    (row.bytes / 1e6).toFixed(2).padEnd(6),
    `${(row.mostBytes / mebibyte).toFixed(2)}, ${row.mostRequests}`,
  ].join("");
}
