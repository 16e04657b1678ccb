import type { Catalog } from "../catalog/types.ts";
import type { Current } from "../ecosystems/types.ts";
import type { Draft } from "../plan/draft.ts";
import { isUnchanged, textOf } from "../plan/stored.ts";
import type { FilePlan, FileProblem, Pending } from "../plan/types.ts";
import type { ExitCode, FileView, Message } from "../report/types.ts";
import { apartFrom, isIntent, withoutTroubled } from "./draw-up.ts";
import { inForceRows, shadowMessages } from "./in-force.ts";
import { type Intent, type Part, unique, worst } from "./prepare.ts";
import { commandOf, withWayOut } from "./rights.ts";
import { withPending } from "./take-up.ts";
import type { ToolAtHand } from "./tools.ts";
import { tryOut } from "./trial.ts";
import type { ChangeOutcome, ChangeRequest, PartOutcome, Refusal, Services } from "./types.ts";
import { problemMessage } from "./write.ts";
import { type Written, writeParts } from "./write-parts.ts";

/**
 * Writes what all parts want as one transaction, unless only a preview is wanted, and asks every tool whether it is in force.
 *
 * @param drafted what a preview has shown already: just that is written, or nothing where a file has changed since.
 */
export async function carryOut(
  parts: readonly Part[],
  request: ChangeRequest,
  catalog: Catalog,
  services: Services,
  drafted: Draft,
): Promise<ChangeOutcome> {
  const wanting = parts.flatMap(({ decision }) => (isIntent(decision) ? [decision] : []));
  const sound = withoutTroubled(drafted);
  const mirrors = wanting.flatMap((intent) => intent.mirrors);
  const written = request.dryRun ? null : await writeParts(sound, { ...request, mirrors }, services);
  const problems = [...drafted.problems, ...(written?.problems ?? [])];
  const files = apartFrom(problems, sound.files);
  const outcomes: PartOutcome[] = [];
  for (const part of parts) {
    const own = problems.filter(({ ecosystem }) => ecosystem === part.ecosystem);
    const refusal = refusalOf(part, own, written?.refusal ?? null, sound.files);
    const pending = written?.pending.filter(({ ecosystem }) => ecosystem === part.ecosystem) ?? [];
    if (refusal !== null) {
      const told = await withWayOut(refusal, own, commandOf(part, request, catalog), services);
      outcomes.push(withPending(failed(part, told, catalog), pending));
    } else {
      const states = await statesNow(part, request, catalog, services);
      const proved = withPending(prove(part, states, request, catalog, services, pending), pending);
      const transaction = written?.transaction ?? null;
      outcomes.push(request.verify ? await tryOut(proved, part, states, transaction, catalog, services) : proved);
    }
  }
  return together(outcomes, files, written, request);
}

function refusalOf(
  { decision, ecosystem }: Part,
  problems: readonly FileProblem[],
  unwritten: Refusal | null,
  files: readonly FilePlan[],
): Refusal | null {
  if (!isIntent(decision)) return decision;
  if (problems.length > 0) return { ok: false, exitCode: 5, messages: problems.map(problemMessage) };
  const wasToBeWritten = files.some((file) => file.ecosystem === ecosystem);
  return wasToBeWritten || unwritten?.exitCode === 130 ? unwritten : null;
}

function failed(part: Part, { exitCode, messages }: Refusal, catalog: Catalog): PartOutcome {
  const { ecosystem, remarks, skipped, probe, tools } = part;
  const inForce = exitCode === 0 ? tools.flatMap(({ tool, current }) => inForceRows(tool, current, catalog)) : [];
  return { ecosystem, exitCode, inForce, skipped, probe, messages: [...unique(remarks), ...messages] };
}

/** What the tools themselves say is in force after the write, each in its place; of a preview, what they have said already. */
async function statesNow(
  { tools }: Part,
  { dryRun }: ChangeRequest,
  { probes }: Catalog,
  { read }: Services,
): Promise<Current[]> {
  const states: Current[] = [];
  for (const { tool, scope, installation, current } of tools)
    states.push(dryRun ? current : await tool.current(read, scope, installation, probes));
  return states;
}

/** Whether what was meant is in force. Where a tool is not installed, nobody can confirm, and that is said. */
function prove(
  part: Part,
  states: readonly Current[],
  request: ChangeRequest,
  catalog: Catalog,
  services: Services,
  pending: readonly Pending[],
): PartOutcome {
  const { ecosystem, tools, skipped, probe, remarks, decision } = part;
  const intent = isIntent(decision) ? decision : null;
  const inForce: PartOutcome["inForce"][number][] = [];
  const shadows: Message[] = [];
  const unconfirmed: Message[] = [];
  for (const [index, atHand] of tools.entries()) {
    const { tool, installation, current } = atHand;
    const now = states[index] ?? current;
    inForce.push(...inForceRows(tool, now, catalog));
    if (request.dryRun) continue;
    // What was not taken up is said as such.
    if (pending.every(({ file }) => file !== now.file)) shadows.push(...shadowsOf(intent, atHand, now));
    if (now.obstacle !== null) shadows.push({ ...now.obstacle, level: "warn" });
    if (installation === null) unconfirmed.push({ code: "unconfirmed", level: "warn", args: { tool: tool.id } });
  }
  const said = [...unique(remarks), ...(intent?.messages ?? [])];
  if (services.signal.aborted) {
    const unseen: Message = { code: "interrupted-after", level: "warn", args: {} };
    return { ecosystem, exitCode: 130, inForce: [], skipped, probe, messages: [...said, unseen] };
  }
  const exitCode: ExitCode = shadows.length > 0 ? 7 : 0;
  const messages = [...said, ...unconfirmed, ...unique(shadows)];
  return { ecosystem, exitCode, inForce, skipped, probe, messages };
}

function shadowsOf(intent: Intent | null, atHand: ToolAtHand, now: ToolAtHand["current"]): Message[] {
  return intent === null ? [] : shadowMessages(now, intent.wanted.get(atHand) ?? [], intent.isMirror);
}

function together(
  outcomes: readonly PartOutcome[],
  files: readonly FilePlan[],
  written: Written | null,
  { dryRun }: ChangeRequest,
): ChangeOutcome {
  const kept = files.filter(
    (file) =>
      !isUnchanged(file) && outcomes.every((part) => part.ecosystem !== file.ecosystem || part.takenBack !== true),
  );
  const isSeveral = outcomes.length > 1;
  // A tool that is not there is skipped, and listed, where others are; alone, it is what the command was about.
  const present = outcomes.filter(({ exitCode }) => exitCode !== 4);
  const counted = present.length > 0 ? present : outcomes;
  const exitCode = worst(counted.map((part) => part.exitCode));
  const told = counted.flatMap(({ ecosystem, messages }) =>
    isSeveral ? messages.map((message): Message => ({ ...message, about: ecosystem })) : messages,
  );
  const isIdle =
    !dryRun &&
    files.length === 0 &&
    exitCode === 0 &&
    outcomes.every((part) => part.messages.every(({ code }) => code !== "current-good"));
  const idle: Message[] = isIdle ? [{ code: "nothing-to-do", level: "info", args: {} }] : [];
  return {
    exitCode,
    dryRun,
    transaction: kept.length > 0 ? (written?.transaction ?? null) : null,
    parts: outcomes,
    changes: kept.flatMap(({ keys }) => keys),
    files: kept.map(fileView),
    inForce: outcomes.flatMap(({ inForce }) => inForce),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
    messages: [...(written?.messages ?? []), ...told, ...idle],
  };
}

function fileView({ path, argv, keys, before, after }: FilePlan): FileView {
  return { path, argv, keys, before: before === null ? null : textOf(before), after: textOf(after) };
}
