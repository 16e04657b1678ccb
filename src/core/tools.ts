import type { EcosystemId, Probes } from "../catalog/types.ts";
import { ecosystemOf } from "../ecosystems/index.ts";
import type { Current, Ecosystem, Installation, Tool } from "../ecosystems/types.ts";
import { ownPrograms, windowsTools } from "../ecosystems/windows-programs.ts";
import type { Scope } from "../plan/types.ts";
import type { ReadPort } from "../ports/types.ts";
import type { Message, Skipped } from "../report/types.ts";
import { done, refuse } from "./outcome.ts";
import type { Outcome, ToolSelection } from "./types.ts";

/** A tool, its scope, and what was found of it. */
export interface ToolAtHand {
  readonly tool: Tool;
  readonly scope: Scope;
  readonly installation: Installation | null;
  readonly current: Current;
}

export interface ToolsAtHand {
  readonly ecosystem: Ecosystem;
  readonly tools: readonly ToolAtHand[];
  readonly skipped: readonly Skipped[];
  /** What a person should know of those that were not found. */
  readonly remarks: readonly Message[];
}

/** Finds the tools that a command is about, and how they are set now. */
export async function toolsAtHand(
  id: EcosystemId,
  selection: Omit<ToolSelection, "ecosystems"> & Partial<ToolSelection>,
  read: ReadPort,
  probes: Probes,
): Promise<Outcome<ToolsAtHand>> {
  const chosen = await chooseTools(id, selection);
  if (!chosen.ok) return chosen;
  const { ecosystem, tools } = chosen.value;
  const ours = ownPrograms(read);
  const found = await Promise.all(tools.map(async (tool) => ({ tool, installation: await tool.detect(ours) })));
  // Named alone, it is told where to go; among others, what is not of this machine is passed over.
  const isOneOfSeveral = (selection.ecosystems?.length ?? 1) > 1;
  const absent = found.filter(({ installation }) => installation === null);
  const here = found.filter(
    ({ installation }) => installation !== null && !(isOneOfSeveral && installation.isElsewhere),
  );
  const present = selection.allowMissing ? found : here;
  const skipped = found.filter((each) => !present.includes(each)).map(skippedTool);
  const atHand = present.map(async ({ tool, installation }) => {
    const scope = selection.scope ?? installation?.scope ?? tool.scopes[0];
    return { tool, scope, installation, current: await tool.current(read, scope, installation, probes) };
  });
  const absentIds = absent.map(({ tool }) => tool.id);
  const [atHandNow, remarks] = await Promise.all([Promise.all(atHand), windowsTools(absentIds, read)]);
  return done({ ecosystem, tools: atHandNow, skipped, remarks });
}

function skippedTool({ tool, installation }: Pick<ToolAtHand, "tool" | "installation">): Skipped {
  const { id, ecosystem } = tool;
  return { ecosystem, tool: id, reason: installation === null ? "tool-missing" : "elsewhere" };
}

/** An ecosystem's tools, as far as they are wanted; refused where one of them has no such scope. */
export async function chooseTools(
  id: EcosystemId,
  { only, scope }: Omit<ToolSelection, "ecosystems">,
): Promise<Outcome<{ ecosystem: Ecosystem; tools: readonly Tool[] }>> {
  const ecosystem = await ecosystemOf(id);
  const tools = ecosystem.tools.filter((tool) => only === null || only.includes(tool.id));
  const lacking = scope === null ? undefined : tools.find((tool) => !tool.scopes.includes(scope));
  if (lacking !== undefined && scope !== null) {
    const args = { tool: lacking.id, scope, known: lacking.scopes.join(", ") };
    return refuse(2, { code: "scope-unsupported", level: "error", args });
  }
  return done({ ecosystem, tools });
}
