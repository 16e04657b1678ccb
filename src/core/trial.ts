import type { Catalog } from "../catalog/types.ts";
import { undo } from "../plan/undo.ts";
import type { Message } from "../report/types.ts";
import { inForceRows } from "./in-force.ts";
import type { ToolAtHand } from "./tools.ts";
import type { ChangeOutcome, Services } from "./types.ts";
import { writerPorts } from "./write.ts";

/** `--verify`: every tool fetches something real through what is in force. If one cannot, what was written is put back. */
export async function tryOut(
  outcome: ChangeOutcome,
  tools: readonly ToolAtHand[],
  catalog: Catalog,
  services: Services,
): Promise<ChangeOutcome> {
  const messages: Message[] = [];
  for (const atHand of tools) {
    const complaint = await fetchWith(atHand, catalog, services);
    if (complaint === null) messages.push({ code: "verified", level: "info", args: { tool: atHand.tool.id } });
    else
      return rollBack(outcome, tools, catalog, services, {
        code: "verify-failed",
        level: "error",
        args: { tool: atHand.tool.id, complaint },
      });
  }
  return { ...outcome, messages: [...outcome.messages, ...messages] };
}

/** Null when it went well; else what the tool complained of. */
async function fetchWith(
  { tool, scope, installation }: ToolAtHand,
  catalog: Catalog,
  { read }: Services,
): Promise<string | null> {
  const current = await tool.current(read, scope, installation);
  const command = tool.trial(current, catalog.probes, read.facts);
  if (command === null) return "nothing to fetch with";
  const { code, stderr } = await read.run(command);
  if (code === 0) return null;
  // The first line is the error; what follows it explains, and lines with # are a log.
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return (lines[0] ?? `exit ${code ?? "?"}`).trim();
}

async function rollBack(
  outcome: ChangeOutcome,
  tools: readonly ToolAtHand[],
  catalog: Catalog,
  services: Services,
  failed: Message,
): Promise<ChangeOutcome> {
  const ports = writerPorts(services);
  const { transaction } = outcome;
  const undone = transaction === null || ports === null ? null : await undo(transaction, ports);
  const said: Message[] =
    undone === null
      ? []
      : undone.kind === "undone"
        ? [{ code: "rolled-back", level: "warn", args: {} }]
        : [{ code: "roll-back-failed", level: "error", args: { id: transaction ?? "" } }];
  const now = await Promise.all(
    tools.map(async ({ tool, scope, installation }) =>
      inForceRows(tool, await tool.current(services.read, scope, installation), catalog),
    ),
  );
  const kept = undone !== null && undone.kind !== "undone";
  return {
    ...outcome,
    exitCode: services.signal.aborted ? 130 : 8,
    transaction: kept ? transaction : null,
    changes: kept ? outcome.changes : [],
    inForce: now.flat(),
    messages: [...outcome.messages, failed, ...said],
  };
}
