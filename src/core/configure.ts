import type { Catalog } from "../catalog/types.ts";
import type { Choice, Knowledge } from "../ecosystems/types.ts";
import type { KeyEdit } from "../edits/types.ts";
import { draft } from "../plan/draft.ts";
import type { Change, Plan } from "../plan/types.ts";
import type { RaceResult } from "../probe/types.ts";
import type { ChangeReport, ExitCode, Message } from "../report/types.ts";
import { decide, type Wish } from "./decide.ts";
import { inForceRows, shadowMessages } from "./in-force.ts";
import { knowledgeOf } from "./knowledge.ts";
import { refuse } from "./outcome.ts";
import { type ToolAtHand, type ToolSelection, type ToolsAtHand, toolsAtHand } from "./tools.ts";
import { tryOut } from "./trial.ts";
import type { Refusal, Services } from "./types.ts";
import { problemMessage, recoveryMessages, writePlan } from "./write.ts";

/** A configuring or resetting command, understood. */
export interface ChangeRequest {
  readonly selection: ToolSelection;
  /** Null: reset. */
  readonly wish: Wish | null;
  readonly privatePatterns: readonly string[];
  readonly dryRun: boolean;
  readonly verify: boolean;
  /** The command as typed, for the history. */
  readonly command: string;
}

/** How it went, whole: what a report is made of. */
export interface ChangeOutcome extends ChangeReport {
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
  readonly probe: RaceResult | null;
  readonly plan: Plan;
}

const emptyPlan: Plan = { version: 1, files: [] };

/** The main job: look, decide, plan, write, and prove that it is in force. */
export async function change(request: ChangeRequest, catalog: Catalog, services: Services): Promise<ChangeOutcome> {
  const found = await toolsAtHand(request.selection, services.read);
  if (!found.ok) return ended(found, request);
  const { tools, skipped } = found.value;
  if (tools.length === 0) {
    const tool = skipped.map((entry) => entry.tool).join(", ");
    return { ...ended(refuse(4, { code: "tool-missing", level: "error", args: { tool } }), request), skipped };
  }
  const remarks = tools.flatMap(({ current }) => current.messages);
  const obstacles = tools.flatMap(({ current }) => (current.obstacle === null ? [] : [current.obstacle]));
  if (obstacles.length > 0) return { ...ended(refuse(5, ...remarks, ...obstacles), request), skipped };
  const outcome = await decideAndWrite(request, found.value, catalog, services);
  return { ...outcome, skipped, messages: [...remarks, ...outcome.messages] };
}

/** An outcome in which nothing was written. */
function ended(
  { exitCode, messages }: Refusal,
  { dryRun }: ChangeRequest,
  probe: RaceResult | null = null,
): ChangeOutcome {
  return {
    exitCode,
    messages,
    probe,
    dryRun,
    transaction: null,
    changes: [],
    inForce: [],
    skipped: [],
    plan: emptyPlan,
  };
}

async function decideAndWrite(
  request: ChangeRequest,
  { ecosystem, tools }: ToolsAtHand,
  catalog: Catalog,
  services: Services,
): Promise<ChangeOutcome> {
  const knowledge = await knowledgeOf(catalog, ecosystem.id, services);
  if (request.wish === null) return carryOut(request, { kind: "reset" }, tools, knowledge, catalog, services);
  const decided = await decide({ wish: request.wish, ecosystem, tools, catalog, services });
  if (!decided.ok) return ended(decided, request, decided.probe ?? null);
  const { chain, messages, probe } = decided.value;
  if (chain === null) {
    const inForce = tools.flatMap(({ tool, current }) => inForceRows(tool, current, catalog));
    return { ...ended({ ok: false, exitCode: 0, messages }, request, probe), inForce };
  }
  const choice: Choice = { kind: "mirrors", chain, privatePatterns: request.privatePatterns };
  const outcome = await carryOut(request, choice, tools, knowledge, catalog, services);
  return { ...outcome, probe, messages: [...messages, ...outcome.messages] };
}

/** What every tool wants changed for a choice. */
interface Intent {
  readonly changes: readonly Change[];
  readonly wanted: ReadonlyMap<ToolAtHand, readonly KeyEdit[]>;
  readonly messages: readonly Message[];
}

function intend(choice: Choice, tools: readonly ToolAtHand[], knowledge: Knowledge): Intent | Refusal {
  const changes: Change[] = [];
  const wanted = new Map<ToolAtHand, readonly KeyEdit[]>();
  const messages: Message[] = [];
  for (const atHand of tools) {
    const planned = atHand.tool.plan(atHand.current, choice, knowledge);
    if (!planned.ok) return refuse(5, planned.message);
    changes.push(...planned.changes);
    wanted.set(atHand, planned.wanted);
    messages.push(...planned.messages);
  }
  return { changes, wanted, messages };
}

async function carryOut(
  request: ChangeRequest,
  choice: Choice,
  tools: readonly ToolAtHand[],
  knowledge: Knowledge,
  catalog: Catalog,
  services: Services,
): Promise<ChangeOutcome> {
  const intent = intend(choice, tools, knowledge);
  if ("ok" in intent) return ended(intent, request);
  const { plan, problems } = await draft(intent.changes, services.read);
  if (problems.length > 0) return ended(refuse(5, ...intent.messages, ...problems.map(problemMessage)), request);
  const changes = plan.files.flatMap(({ keys }) => keys);
  const base = { dryRun: request.dryRun, changes, plan, probe: null, skipped: [] };
  if (request.dryRun) {
    const inForce = tools.flatMap(({ tool, current }) => inForceRows(tool, current, catalog));
    return { ...base, exitCode: 0, messages: intent.messages, transaction: null, inForce };
  }
  const mirrors = choice.kind === "mirrors" ? choice.chain.map(({ url }) => url) : [];
  const written = await writePlan(plan, { command: request.command, mirrors }, services);
  if (!written.ok) return ended(refuse(written.exitCode, ...intent.messages, ...written.messages), request);
  const proof = await proveInForce(intent, tools, catalog, services);
  const idle: Message[] =
    plan.files.length === 0 && proof.exitCode === 0 ? [{ code: "nothing-to-do", level: "info", args: {} }] : [];
  const outcome: ChangeOutcome = {
    ...base,
    ...proof,
    transaction: written.value.transaction,
    messages: [...intent.messages, ...recoveryMessages(written.value.recovered), ...proof.messages, ...idle],
  };
  return request.verify ? tryOut(outcome, tools, catalog, services) : outcome;
}

/** Asks the tools themselves. Where one is not installed, nobody can confirm, and that is said. */
async function proveInForce(
  { wanted }: Intent,
  tools: readonly ToolAtHand[],
  catalog: Catalog,
  { read }: Services,
): Promise<Pick<ChangeOutcome, "exitCode" | "inForce" | "messages">> {
  const inForce: ChangeOutcome["inForce"][number][] = [];
  const shadows: Message[] = [];
  const unconfirmed: Message[] = [];
  for (const atHand of tools) {
    const { tool, scope, installation } = atHand;
    const now = await tool.current(read, scope, installation);
    inForce.push(...inForceRows(tool, now, catalog));
    shadows.push(...shadowMessages(now, wanted.get(atHand) ?? []));
    if (installation === null) unconfirmed.push({ code: "unconfirmed", level: "warn", args: { tool: tool.id } });
  }
  return { exitCode: shadows.length > 0 ? 7 : 0, inForce, messages: [...unconfirmed, ...shadows] };
}
