import type { EcosystemId } from "../catalog/types.ts";
import { done, refuse } from "./outcome.ts";
import { chooseTools } from "./tools.ts";
import type { Outcome, ToolSelection } from "./types.ts";

/**
 * What a selection means for each of its ecosystems. `--only` leaves out those that have none of its tools. A mistake in it stops all of them, before
 * anything is looked at: what was misunderstood must not be half done.
 */
export async function shareOut(
  selection: ToolSelection,
): Promise<Outcome<readonly { readonly id: EcosystemId; readonly selection: ToolSelection }[]>> {
  const { ecosystems, only } = selection;
  const tools: { id: EcosystemId; known: string[] }[] = [];
  for (const id of ecosystems) {
    const found = await chooseTools(id, { ...selection, only: null, scope: null });
    if (!found.ok) return found;
    tools.push({ id, known: found.value.tools.map((tool) => tool.id) });
  }
  const all = tools.flatMap(({ known }) => known);
  const stranger = only?.find((wanted) => !all.includes(wanted));
  if (stranger !== undefined) {
    const ecosystem = ecosystems.length === 1 ? (ecosystems[0] ?? "") : "all";
    const args = { tool: stranger, ecosystem, known: all.join(", ") };
    return refuse(2, { code: "unknown-tool", level: "error", args });
  }
  const shares = tools.flatMap(({ id, known }) => {
    const own = only?.filter((wanted) => known.includes(wanted)) ?? null;
    return own?.length === 0 ? [] : [{ id, selection: { ...selection, only: own } }];
  });
  for (const share of shares) {
    const chosen = await chooseTools(share.id, share.selection);
    if (!chosen.ok) return chosen;
  }
  return done(shares);
}
