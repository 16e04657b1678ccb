import type { Catalog } from "../catalog/types.ts";
import type { Choice } from "../ecosystems/types.ts";
import type { HostFacts } from "../platform/types.ts";
import type { Message } from "../report/types.ts";
import { carryOut } from "./carry-out.ts";
import { decide } from "./decide.ts";
import { inForceRows } from "./in-force.ts";
import { knowledgeOf } from "./knowledge.ts";
import { ended, refuse } from "./outcome.ts";
import { type ToolsAtHand, toolsAtHand } from "./tools.ts";
import type { ChangeOutcome, ChangeRequest, Services } from "./types.ts";

/** The main job: look, decide, plan, write, and prove that it is in force. */
export async function change(request: ChangeRequest, catalog: Catalog, services: Services): Promise<ChangeOutcome> {
  const found = await toolsAtHand(request.selection, services.read);
  if (!found.ok) return ended(found, request);
  const { tools, skipped } = found.value;
  if (tools.length === 0) {
    const tool = skipped.map((entry) => entry.tool).join(", ");
    return { ...ended(refuse(4, { code: "tool-missing", level: "error", args: { tool } }), request), skipped };
  }
  const remarks = [...sudoRemark(services.read.facts), ...tools.flatMap(({ current }) => current.messages)];
  const canTry = tools.some(({ tool, current }) => tool.trial(current, catalog.probes, services.read.facts) !== null);
  if (request.verify && !canTry) {
    return { ...ended(refuse(2, { code: "verify-impossible", level: "error", args: {} }), request), skipped };
  }
  const obstacles = tools.flatMap(({ current }) => (current.obstacle === null ? [] : [current.obstacle]));
  if (obstacles.length > 0) return { ...ended(refuse(5, ...remarks, ...obstacles), request), skipped };
  const outcome = await decideAndWrite(request, found.value, catalog, services);
  return { ...outcome, skipped, messages: [...remarks, ...outcome.messages] };
}

async function decideAndWrite(
  request: ChangeRequest,
  { ecosystem, tools }: ToolsAtHand,
  catalog: Catalog,
  services: Services,
): Promise<ChangeOutcome> {
  const knowledge = await knowledgeOf(catalog, ecosystem.id, services);
  if (request.wish === null)
    return carryOut({ request, choice: { kind: "reset" }, tools, knowledge, catalog, services });
  const decided = await decide({ wish: request.wish, ecosystem, tools, catalog, knowledge, services });
  if (!decided.ok) return ended(decided, request, decided.probe ?? null);
  const { chain, messages, probe } = decided.value;
  if (chain === null) {
    const inForce = tools.flatMap(({ tool, current }) => inForceRows(tool, current, catalog));
    return { ...ended({ ok: false, exitCode: 0, messages }, request, probe), inForce };
  }
  const { privatePatterns, scopeRegistries } = request;
  const choice: Choice = { kind: "mirrors", chain, privatePatterns, scopeRegistries };
  const outcome = await carryOut({ request, choice, tools, knowledge, catalog, services });
  // What would have been said of a write is not said where there was none.
  const came = outcome.exitCode === 0 || outcome.exitCode === 7 || outcome.exitCode === 8;
  return { ...outcome, probe, messages: came ? [...messages, ...outcome.messages] : outcome.messages };
}

/** `sudo` usually points HOME to root's: what is set then is root's, and hardly ever what was meant. */
function sudoRemark({ uid, env, home }: HostFacts): Message[] {
  const isRootHome = home === "/root" || home === "/var/root";
  const user = env.SUDO_USER ?? "root";
  return uid === 0 && user !== "root" && isRootHome
    ? [{ code: "under-sudo", level: "warn", args: { home: home ?? "" } }]
    : [];
}
