import type { Catalog } from "../catalog/types.ts";
import type { Choice, Knowledge } from "../ecosystems/types.ts";
import type { KeyEdit } from "../edits/types.ts";
import { type Draft, draft } from "../plan/draft.ts";
import { textOf } from "../plan/stored.ts";
import type { Change, FilePlan } from "../plan/types.ts";
import type { FileView, Message } from "../report/types.ts";
import { inForceRows, shadowMessages } from "./in-force.ts";
import { ended, refuse } from "./outcome.ts";
import type { ToolAtHand } from "./tools.ts";
import { tryOut } from "./trial.ts";
import type { ChangeOutcome, ChangeRequest, Refusal, Services } from "./types.ts";
import { problemMessage, recoveryMessages, writePlan } from "./write.ts";

/** A decision on its way into the tools' files. */
export interface Errand {
  readonly request: ChangeRequest;
  readonly choice: Choice;
  readonly tools: readonly ToolAtHand[];
  readonly knowledge: Knowledge;
  readonly catalog: Catalog;
  readonly services: Services;
}

/** Plans a choice, and writes it unless only a preview is wanted. */
export async function carryOut(errand: Errand): Promise<ChangeOutcome> {
  const { request, choice, tools, knowledge, services } = errand;
  const intent = intend(choice, tools, knowledge);
  if ("ok" in intent) return ended(intent, request);
  const drafted = await draft(intent.changes, services.read);
  if (drafted.problems.length > 0) {
    return ended(refuse(5, ...drafted.problems.map(problemMessage)), request);
  }
  return request.dryRun ? preview(errand, intent, drafted) : writeAndProve(errand, intent, drafted);
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

function preview({ tools, catalog }: Errand, { messages }: Intent, { plan }: Draft): ChangeOutcome {
  const inForce = tools.flatMap(({ tool, current }) => inForceRows(tool, current, catalog));
  const changes = plan.files.flatMap(({ keys }) => keys);
  const files = plan.files.map(fileView);
  return { exitCode: 0, messages, files, changes, inForce, dryRun: true, transaction: null, probe: null, skipped: [] };
}

async function writeAndProve(errand: Errand, intent: Intent, { plan }: Draft): Promise<ChangeOutcome> {
  const { request, choice, tools, catalog, services } = errand;
  const mirrors = choice.kind === "mirrors" ? choice.chain.map(({ url }) => url) : [];
  const written = await writePlan(plan, { command: request.command, mirrors }, services);
  if (!written.ok) return ended(refuse(written.exitCode, ...written.messages), request);
  const proof = await proveInForce(intent, tools, catalog, services);
  const isIdle = plan.files.length === 0 && proof.exitCode === 0;
  const idle: Message[] = isIdle ? [{ code: "nothing-to-do", level: "info", args: {} }] : [];
  const { transaction, recovered } = written.value;
  const outcome: ChangeOutcome = {
    ...{ ...proof, transaction, dryRun: false, probe: null, skipped: [] },
    files: plan.files.map(fileView),
    changes: plan.files.flatMap(({ keys }) => keys),
    messages: [...intent.messages, ...recoveryMessages(recovered), ...proof.messages, ...idle],
  };
  return request.verify ? tryOut(outcome, tools, catalog, services) : outcome;
}

function fileView({ path, argv, keys, before, after }: FilePlan): FileView {
  return { path, argv, keys, before: before === null ? null : textOf(before), after: textOf(after) };
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
    if (now.obstacle !== null) shadows.push({ ...now.obstacle, level: "warn" });
    if (installation === null) unconfirmed.push({ code: "unconfirmed", level: "warn", args: { tool: tool.id } });
  }
  return { exitCode: shadows.length > 0 ? 7 : 0, inForce, messages: [...unconfirmed, ...shadows] };
}
