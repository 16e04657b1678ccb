import { draft } from "../../plan/draft.ts";
import type { Change } from "../../plan/types.ts";
import { isUsable } from "../../probe/rank.ts";
import type { Message } from "../../report/types.ts";
import { decide } from "../decide.ts";
import { proofOnly, proveOne } from "../one-mirror.ts";
import { done } from "../outcome.ts";
import { intend } from "../prepare.ts";
import type { ToolAtHand } from "../tools.ts";
import type { Outcome, Services } from "../types.ts";
import { problemMessage, writePlan } from "../write.ts";
import type { Examined } from "./examine.ts";
import type { Cured, Finding, Fix } from "./types.ts";

/** What one ecosystem wants written. */
interface Prescription {
  readonly changes: readonly Change[];
  readonly mirrors: readonly string[];
  readonly messages: readonly Message[];
}

/** Applies what can be repaired safely, all of it as one transaction, by the writer that everything goes through. No address is written that has not proved good. */
export async function cure(examined: readonly Examined[], typed: string, services: Services): Promise<Outcome<Cured>> {
  const wanted: Prescription[] = [];
  for (const each of examined) wanted.push(await prescribe(each));
  const drafted = await draft(
    wanted.flatMap(({ changes }) => changes),
    services.read,
  );
  const mirrors = wanted.flatMap((each) => each.mirrors);
  const written = await writePlan(drafted.plan, { command: typed, mirrors }, services);
  if (!written.ok) return written;
  const { transaction, problems } = written.value;
  const troubled = [...drafted.problems, ...problems];
  const messages = [...wanted.flatMap((each) => each.messages), ...troubled.map(problemMessage)];
  return done({ transaction, files: transaction === null ? [] : drafted.plan.files, messages });
}

async function prescribe(examined: Examined): Promise<Prescription> {
  const { patient, chart } = examined;
  const fixes = chart.findings.flatMap(({ fix }) => (fix === null ? [] : [fix]));
  const changes: Change[] = [];
  const mirrors: string[] = [];
  let isProved = chart.standings?.some(isUsable) ?? false;
  let wantsMirror = fixes.some(({ kind }) => kind === "new-mirror");
  for (const fix of fixes) {
    if (fix.kind !== "change" || fix.addresses.length === 0) continue;
    const [first = ""] = fix.addresses;
    const proved = await proveOne(patient, first, null);
    if (proved === null || !isUsable(proved.standing)) wantsMirror = true;
    else {
      isProved = true;
      changes.push(fix.change);
      mirrors.push(...fix.addresses);
    }
  }
  const replacement = wantsMirror ? await newMirror(examined) : null;
  if (replacement !== null) isProved ||= replacement.changes.length > 0;
  const plain = fixes.filter(
    (fix): fix is Extract<Fix, { kind: "change" }> => fix.kind === "change" && fix.addresses.length === 0,
  );
  const safe = plain.filter(({ afterProof }) => !afterProof || isProved).map(({ change }) => change);
  // Of two changes of one key the first is made.
  return {
    changes: [...(replacement?.changes ?? []), ...changes, ...safe],
    mirrors: [...(replacement?.mirrors ?? []), ...mirrors],
    messages: replacement?.messages ?? [],
  };
}

/** The best mirror of a race, for the tools whose own does not serve. */
async function newMirror({ patient, chart }: Examined): Promise<Prescription> {
  const { knowledge } = patient;
  const wrong = chart.findings.filter(({ severity, fix }) => severity === "error" || fix?.kind === "new-mirror");
  const affected = patient.tools.filter(({ current }) => wrong.some((finding) => concerns(finding, current)));
  const tools = (affected.length > 0 ? affected : patient.tools.slice(0, 1)).map((atHand) =>
    withoutWrong(atHand, wrong),
  );
  const wish = { ...proofOnly, fastest: true, chain: null, timeoutMs: null };
  const decided = await decide({ ...patient, tools, wish, isOneOfSeveral: false });
  const nothing = { changes: [], mirrors: [] };
  if (!decided.ok) return { ...nothing, messages: decided.messages };
  const chain = decided.value.chain ?? [];
  const intent = intend({ kind: "mirrors", chain, privatePatterns: [], scopeRegistries: [] }, tools, knowledge);
  if ("ok" in intent) return { ...nothing, messages: intent.messages };
  // What makes a running program read its file anew is left to the command that does just that, and says so.
  if (intent.changes.some(({ activation }) => activation !== null)) return { ...nothing, messages: [] };
  return { changes: intent.changes, mirrors: intent.mirrors, messages: intent.messages };
}

function concerns({ where }: Finding, { chain, settings }: ToolAtHand["current"]): boolean {
  if (where === null) return false;
  return chain.includes(where) || settings.some(({ source }) => where.startsWith(`${source}:`));
}

/** The tool's state without what is wrong in it, so that its plan does not take that for the person's own and keep it. */
function withoutWrong(atHand: ToolAtHand, wrong: readonly Finding[]): ToolAtHand {
  const { current } = atHand;
  const settings = current.settings.map((setting) => {
    const found = wrong.find(({ where, fix }) => {
      return fix?.kind === "new-mirror" && fix.without !== null && where === `${setting.source}:${setting.line}`;
    });
    const without = found?.fix?.kind === "new-mirror" ? found.fix.without : null;
    return without === null ? setting : { ...setting, stored: without, value: without };
  });
  return { ...atHand, current: { ...current, settings } };
}
