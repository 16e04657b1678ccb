import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Choice, Knowledge } from "../ecosystems/types.ts";
import type { KeyEdit } from "../edits/types.ts";
import type { Change } from "../plan/types.ts";
import type { HostFacts } from "../platform/types.ts";
import type { Seat } from "../probe/link.ts";
import type { RaceResult } from "../probe/types.ts";
import type { ExitCode, Message, Skipped } from "../report/types.ts";
import { decide } from "./decide.ts";
import { knowledgeOf } from "./knowledge.ts";
import { refuse } from "./outcome.ts";
import { type ToolAtHand, type ToolsAtHand, toolsAtHand } from "./tools.ts";
import type { ChangeRequest, Refusal, Services } from "./types.ts";

/** What the tools of one ecosystem want changed. */
export interface Intent {
  readonly changes: readonly Change[];
  /** What each tool's keys are to be in the end. */
  readonly wanted: ReadonlyMap<ToolAtHand, readonly KeyEdit[]>;
  /** Addresses that are written as mirrors. */
  readonly mirrors: readonly string[];
  /** What was taken for a mirror when this was planned. */
  readonly isMirror: Knowledge["isMirror"];
  /** Said if it is written. */
  readonly messages: readonly Message[];
}

/** One ecosystem's part of a command, looked at and decided; nothing is written yet. */
export interface Part {
  readonly ecosystem: EcosystemId;
  readonly tools: readonly ToolAtHand[];
  readonly skipped: readonly Skipped[];
  /** What a person should know whatever becomes of it. */
  readonly remarks: readonly Message[];
  readonly probe: RaceResult | null;
  /** What is to be done; or why nothing is, with an exit code: 0 where all is well as it is. */
  readonly decision: Intent | Refusal;
}

/** Looks at one ecosystem, decides, and plans. */
export async function prepare(
  ecosystem: EcosystemId,
  request: ChangeRequest,
  catalog: Catalog,
  services: Services,
  seat: Seat,
): Promise<Part> {
  const found = await toolsAtHand(ecosystem, request.selection, services.read, catalog.probes);
  const nobody = { ecosystem, tools: [], skipped: [], remarks: [], probe: null };
  if (!found.ok) return { ...nobody, decision: found };
  const { tools, skipped } = found.value;
  const remarks = [...found.value.remarks, ...tools.flatMap(({ current }) => current.messages)];
  const part = { ecosystem, tools, skipped, remarks, probe: null };
  const obstacle =
    upstreamNamed(request.wish?.names ?? [], ecosystem, tools) ??
    firstObstacle(found.value, request, catalog, services.read.facts);
  if (obstacle !== null) return { ...part, decision: obstacle };
  const knowledge = await knowledgeOf(catalog, ecosystem, services);
  if (request.wish === null) return { ...part, decision: intend({ kind: "reset" }, tools, knowledge) };
  const isOneOfSeveral = request.selection.ecosystems.length > 1;
  const setting = {
    wish: request.wish,
    ecosystem: found.value.ecosystem,
    tools,
    catalog,
    knowledge,
    services,
    seat,
    isOneOfSeveral,
  };
  const decided = await decide(setting);
  if (!decided.ok) return { ...part, probe: decided.probe ?? null, decision: decided };
  const { chain, messages, probe } = decided.value;
  if (chain === null) return { ...part, probe, decision: { ok: false, exitCode: 0, messages } };
  const { privatePatterns, scopeRegistries } = request;
  const intent = intend({ kind: "mirrors", chain, privatePatterns, scopeRegistries }, tools, knowledge);
  const decision = "ok" in intent ? intent : { ...intent, messages: [...messages, ...intent.messages] };
  return { ...part, probe, decision };
}

/** Refuses the address of what a tool uses by itself: written down, it would be kept as if it were a mirror. */
export function upstreamNamed(
  names: readonly string[],
  ecosystem: EcosystemId,
  tools: readonly ToolAtHand[],
): Refusal | null {
  const hosts = tools.flatMap(({ current }) => current.upstreamHosts);
  const named = names.find((name) => URL.canParse(name) && hosts.includes(new URL(name).host));
  if (named === undefined) return null;
  return refuse(2, { code: "mirror-is-upstream", level: "error", args: { id: new URL(named).host, ecosystem } });
}

/** Why nothing can be done, as far as that can be told before anybody is asked. */
function firstObstacle(
  { tools, skipped }: ToolsAtHand,
  { verify, selection }: ChangeRequest,
  { probes }: Catalog,
  facts: HostFacts,
): Refusal | null {
  if (tools.length === 0) {
    const tool = skipped.map((entry) => entry.tool).join(", ");
    return refuse(4, { code: "tool-missing", level: "error", args: { tool } });
  }
  const canTry = tools.some(({ tool, current }) => tool.trial(current, probes, facts) !== null);
  // Beside others that can be tried, one that cannot is merely said to be untried.
  if (verify && !canTry && selection.ecosystems.length === 1)
    return refuse(2, { code: "verify-impossible", level: "error", args: {} });
  const obstacles = tools.flatMap((atHand) =>
    atHand.current.obstacle === null ? [] : [[atHand, atHand.current.obstacle] as const],
  );
  return obstacles.length > 0 ? inTheWay(tools, new Map(obstacles)) : null;
}

/** What is in the way of some tools, and the way out where others could go on without them. */
function inTheWay(tools: readonly ToolAtHand[], obstacles: ReadonlyMap<ToolAtHand, Message>): Refusal {
  const free = tools.filter((atHand) => !obstacles.has(atHand)).map(({ tool }) => tool.id);
  const wayOut: Message[] =
    free.length === 0 ? [] : [{ code: "leave-out", level: "warn", args: { only: free.join(",") } }];
  return refuse(5, ...unique([...obstacles.values()]), ...wayOut);
}

/** Tools of a family stumble over the same file: that is said once. */
export function unique(messages: readonly Message[]): Message[] {
  const seen = new Map(messages.map((message) => [JSON.stringify(message), message]));
  return [...seen.values()];
}

/** What tools want changed for a choice; or what is in the way of some. */
export function intend(choice: Choice, tools: readonly ToolAtHand[], knowledge: Knowledge): Intent | Refusal {
  const changes: Change[] = [];
  const wanted = new Map<ToolAtHand, readonly KeyEdit[]>();
  const messages: Message[] = [];
  const refused = new Map<ToolAtHand, Message>();
  for (const atHand of tools) {
    const planned = atHand.tool.plan(atHand.current, choice, knowledge);
    if (!planned.ok) {
      refused.set(atHand, planned.message);
      continue;
    }
    changes.push(...planned.changes);
    wanted.set(atHand, planned.wanted);
    messages.push(...planned.messages);
  }
  if (refused.size > 0) return inTheWay(tools, refused);
  const mirrors = choice.kind === "mirrors" ? choice.chain.map(({ url }) => url) : [];
  return { changes, wanted, mirrors, isMirror: knowledge.isMirror, messages: unique(messages) };
}

/** The exit code of a command that had several parts: the worst, in the order in which they matter. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const order: readonly ExitCode[] = [130, 1, 2, 8, 5, 3, 7, 6, 4, 0];
  return order.find((code) => codes.includes(code)) ?? 0;
}
