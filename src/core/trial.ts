import type { Catalog } from "../catalog/types.ts";
import type { Current, Tool } from "../ecosystems/types.ts";
import { undo } from "../plan/undo.ts";
import type { Message } from "../report/types.ts";
import { inForceRows } from "./in-force.ts";
import { interrupted } from "./outcome.ts";
import type { Part } from "./prepare.ts";
import { forgetRaces } from "./remembered.ts";
import type { PartOutcome, Services } from "./types.ts";
import { pendingMessage, writerPorts } from "./write.ts";

/**
 * `--verify`: every tool that can fetches something real through what is in force. If one fails, what was written for this ecosystem is put back.
 *
 * @param states what is in force, tool by tool.
 * @param transaction what was written; null when nothing was.
 */
export async function tryOut(
  outcome: PartOutcome,
  part: Part,
  states: readonly Current[],
  transaction: string | null,
  catalog: Catalog,
  services: Services,
): Promise<PartOutcome> {
  const messages: Message[] = [];
  const untried: string[] = [];
  for (const [index, atHand] of part.tools.entries()) {
    const tool = atHand.tool.id;
    const state = states[index] ?? atHand.current;
    const complaint = services.signal.aborted ? null : await fetchBy(atHand.tool, state, catalog, services);
    // What was to be tried and was not goes back, like what failed.
    if (services.signal.aborted)
      return rollBack(outcome, part, transaction, catalog, services, ...interrupted.messages);
    if (complaint === "not-tried") untried.push(tool);
    else if (complaint === null) messages.push({ code: "verified", level: "info", args: { tool } });
    else {
      const failed: Message = { code: "verify-failed", level: "error", args: { tool, complaint } };
      return rollBack(outcome, part, transaction, catalog, services, failed);
    }
  }
  if (untried.length > 0) messages.push({ code: "not-tried", level: "info", args: { tools: untried.join(", ") } });
  return { ...outcome, messages: [...outcome.messages, ...messages] };
}

/** Null when it went well; else what the tool complained of. */
export async function fetchBy(
  tool: Tool,
  current: Current,
  catalog: Catalog,
  { read }: Services,
): Promise<string | null> {
  const command = tool.trial(current, catalog.probes, read.facts);
  if (command === null) return "not-tried";
  const { code, stderr } = await read.run(command);
  return code === 0 ? null : complaintIn(stderr, code);
}

/** The first line, mostly the error itself; and where a tool says what an error is, its first two: the first may be a warning, or a bare code. Lines with # are a log. */
function complaintIn(stderr: string, code: number | null): string {
  const lines = stderr.split("\n").flatMap((line) => (/^\s*(?:#|$)/.test(line) ? [] : [line.trim().slice(0, 300)]));
  const errors = lines.filter((line) => /^(?:npm )?err(?:or|!)/i.test(line)).slice(0, 2);
  // Where Python falls over, its last word is what happened.
  const fall = lines.some((line) => line.startsWith("Traceback "))
    ? lines.findLast((line) => /^[\w.]+: /.test(line))
    : null;
  const told = [...new Set([...(fall ? [fall] : [...lines.slice(0, 1), ...errors])])];
  return told.join("; ") || `exit ${code ?? "?"}`;
}

async function rollBack(
  outcome: PartOutcome,
  { tools, ecosystem }: Part,
  transaction: string | null,
  catalog: Catalog,
  services: Services,
  ...failed: readonly Message[]
): Promise<PartOutcome> {
  await forgetRaces(ecosystem, services);
  const ports = writerPorts(services);
  const undone = transaction === null || ports === null ? null : await undo(transaction, ports, ecosystem);
  const said: Message[] =
    undone === null
      ? []
      : undone.kind === "undone"
        ? [{ code: "rolled-back", level: "warn", args: {} }, ...undone.pending.map(pendingMessage)]
        : [{ code: "roll-back-failed", level: "error", args: { id: transaction ?? "" } }];
  const now = await Promise.all(
    tools.map(async ({ tool, scope, installation }) =>
      inForceRows(tool, await tool.current(services.read, scope, installation, catalog.probes), catalog),
    ),
  );
  return {
    ...outcome,
    exitCode: services.signal.aborted ? 130 : 8,
    takenBack: undone === null || undone.kind === "undone",
    inForce: now.flat(),
    messages: [...outcome.messages.filter(({ code }) => code !== "interrupted-after"), ...failed, ...said],
  };
}
