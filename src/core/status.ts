import { mirrorAt, mirrorsOf } from "../catalog/find.ts";
import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Ecosystem, OnlookerView } from "../ecosystems/types.ts";
import { ownPrograms } from "../ecosystems/windows-programs.ts";
import type { InForce, Message } from "../report/types.ts";
import { variablesOf } from "./companions.ts";
import { driftOf, type LastWritten, lastWritten } from "./drift.ts";
import { inForceRows, settingRow } from "./in-force.ts";
import { history } from "./inspect.ts";
import { knownAs } from "./known-as.ts";
import { aboutOf, done, interrupted } from "./outcome.ts";
import { unique } from "./prepare.ts";
import { type ToolAtHand, toolsAtHand } from "./tools.ts";
import type { Outcome, Services } from "./types.ts";

/** What is in force, and what a person should know about it. */
export interface Status {
  readonly inForce: readonly InForce[];
  readonly messages: readonly Message[];
  readonly parts: readonly StatusPart[];
}

/** One ecosystem's part of it. */
export interface StatusPart {
  readonly ecosystem: Ecosystem;
  readonly tools: readonly ToolAtHand[];
  readonly inForce: readonly InForce[];
  readonly messages: readonly Message[];
}

/** Looks at the tools of some ecosystems and changes nothing. */
export async function status(
  ecosystems: readonly EcosystemId[],
  catalog: Catalog,
  services: Services,
): Promise<Outcome<Status>> {
  const written = lastWritten((await history(services)).transactions);
  const found = await Promise.all(ecosystems.map((id) => statusOf(id, catalog, written, services)));
  if (services.signal.aborted) return interrupted;
  const refused = found.find((each) => !each.ok);
  if (refused !== undefined && !refused.ok) return refused;
  const parts = found.flatMap((each) => (each.ok ? [each.value] : []));
  return done({
    parts,
    inForce: parts.flatMap(({ inForce }) => inForce),
    messages: parts.flatMap(({ messages }, index) => aboutOf(messages, ecosystems, index)),
  });
}

/** The main tool's files are shown even where it is not installed; of its family, those that are. */
async function statusOf(
  id: EcosystemId,
  catalog: Catalog,
  written: LastWritten,
  services: Services,
): Promise<Outcome<StatusPart>> {
  const found = await toolsAtHand(id, { only: null, scope: null, allowMissing: true }, services.read, catalog.probes);
  if (!found.ok) return found;
  const { ecosystem } = found.value;
  const tools = found.value.tools.filter(({ installation }, index) => installation !== null || index === 0);
  const messages = tools.flatMap(({ tool, installation, current }): Message[] => [
    ...(installation === null ? [{ code: "tool-missing", level: "warn", args: { tool: tool.id } } as const] : []),
    ...current.messages,
    ...(current.obstacle === null ? [] : [current.obstacle]),
    ...(current.pending === undefined || current.pending === null ? [] : [current.pending]),
    ...driftOf(id, current, written),
    ...closedInUse(current.chain, id, catalog),
    ...companionsInUse(current.chain, id, catalog),
  ]);
  const url = tools[0]?.current.chain[0] ?? mirrorsOf(catalog, id).find(({ offer }) => offer)?.url ?? null;
  const others = await lookAround(ecosystem, url ?? "", catalog, services);
  const inForce = [
    ...tools.flatMap(({ tool, current }) =>
      inForceRows(tool, current, catalog).map((row) => ({ ...row, known: knownAs(row, current, catalog) })),
    ),
    ...others.rows(catalog),
  ];
  return done({
    ecosystem,
    tools,
    inForce,
    messages: [...unique([...found.value.remarks, ...messages]), ...others.messages],
  });
}

/** Programs that we do not set: what they use, and the command that would set them. */
async function lookAround({ id, onlookers }: Ecosystem, url: string, { probes }: Catalog, { read }: Services) {
  const looks = await Promise.all(
    onlookers.map(async (onlooker) => ({
      tool: onlooker.id,
      seen: await onlooker.look(ownPrograms(read), url, probes),
    })),
  );
  const seen = looks.flatMap(({ tool, seen }) => (seen === null ? [] : [{ tool, view: seen }]));
  return {
    rows: (catalog: Catalog) =>
      seen.map(({ tool, view }) => settingRow({ ecosystem: id, tool, scope: "user" }, view.setting, catalog)),
    messages: seen.flatMap(({ tool, view }) => byHand(tool, view)),
  };
}

function byHand(tool: string, view: OnlookerView): Message[] {
  if ("command" in view) return [{ code: "set-by-hand", level: "info", args: { tool, command: view.command } }];
  const { file, lines, messages = [] } = view;
  if (lines.length === 0) return [];
  const shown = lines.map((text): Message => ({ code: "hint", level: "info", args: { text } }));
  return [{ code: "set-in-file", level: "info", args: { tool, file } }, ...shown, ...messages];
}

function companionsInUse(chain: readonly string[], id: EcosystemId, catalog: Catalog): Message[] {
  const [first] = chain;
  const mirror = first !== undefined && URL.canParse(first) ? mirrorAt(catalog, id, first) : null;
  const count = mirror === null ? 0 : Object.keys(variablesOf(mirror)).length;
  return count === 0
    ? []
    : [{ code: "companions", level: "info", args: { id: mirror?.id ?? "", ecosystem: id, count } }];
}

function closedInUse(chain: readonly string[], ecosystem: EcosystemId, catalog: Catalog): Message[] {
  return chain.flatMap((url): Message[] => {
    const mirror = URL.canParse(url) ? mirrorAt(catalog, ecosystem, url) : null;
    if (mirror?.status !== "closed") return [];
    return [{ code: "mirror-closed", level: "warn", args: { id: mirror.id, when: mirror.closedOn ?? "?", ecosystem } }];
  });
}
