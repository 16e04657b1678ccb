import { decide } from "../decide.ts";
import { proofOnly } from "../one-mirror.ts";
import { intend } from "../prepare.ts";
import type { ToolAtHand } from "../tools.ts";
import type { Examined } from "./examine.ts";
import type { Prescription } from "./fix.ts";
import type { Finding, Fix } from "./types.ts";

/** The best mirror of a race, for the tools whose own does not serve; none for what must not be written. */
export async function newMirror({ patient, chart }: Examined): Promise<Prescription> {
  const { knowledge } = patient;
  const wrong = chart.findings.filter(({ severity, fix }) => severity === "error" || valueLeft(fix) !== null);
  const writable = patient.tools.filter(({ current }) => current.obstacle === null || valueIn(current, wrong) !== null);
  const affected = writable.filter(({ current }) => wrong.some((finding) => concerns(finding, current)));
  const tools = (affected.length > 0 ? affected : writable.slice(0, 1)).map((atHand) => withoutWrong(atHand, wrong));
  const nothing = { changes: [], mirrors: [], traits: [] };
  if (tools.length === 0) return { ...nothing, messages: [] };
  const wish = { ...proofOnly, fastest: true, chain: null, timeoutMs: null };
  const decided = await decide({ ...patient, tools, wish, isOneOfSeveral: false });
  if (!decided.ok) return { ...nothing, messages: decided.messages };
  const chain = decided.value.chain ?? [];
  const intent = intend({ kind: "mirrors", chain, privatePatterns: [], scopeRegistries: [] }, tools, knowledge);
  if ("ok" in intent) return { ...nothing, messages: intent.messages };
  const { changes, mirrors, messages } = intent;
  return { changes, mirrors, messages, traits: chain.map((each) => each.traits ?? []) };
}

function concerns({ where }: Finding, { chain, settings, file }: ToolAtHand["current"]): boolean {
  if (where === null) return false;
  const places = [file, ...settings.map(({ source }) => source)];
  return chain.includes(where) || places.some((source) => where.startsWith(`${source}:`));
}

/** The tool's state without what is wrong in it, so that its plan does not take that for the person's own and keep it. */
function withoutWrong(atHand: ToolAtHand, wrong: readonly Finding[]): ToolAtHand {
  const { current } = atHand;
  const left = valueIn(current, wrong);
  const settings = current.settings.map((setting) => {
    const found = wrong.find(({ where, fix }) => {
      return fix?.kind === "new-mirror" && fix.without !== null && where === `${setting.source}:${setting.line}`;
    });
    const without = left ?? valueLeft(found?.fix ?? null);
    return without === null ? setting : { ...setting, stored: without, value: without };
  });
  return { ...atHand, current: { ...current, settings } };
}

/** What is left of the value in a tool's file, where a finding says so by the file. */
function valueIn({ file }: ToolAtHand["current"], wrong: readonly Finding[]): string | null {
  const found = wrong.find(({ fix }) => fileOf(fix) === file);
  return valueLeft(found?.fix ?? null);
}

function fileOf(fix: Fix | null): string | null {
  if (fix?.kind === "change") return fix.rest === undefined ? null : fix.change.file;
  return fix?.file ?? null;
}

function valueLeft(fix: Fix | null): string | null {
  return (fix?.kind === "change" ? fix.rest : fix?.without) ?? null;
}
