import { mirrorAt, mirrorsOf } from "../catalog/find.ts";
import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Ecosystem } from "../ecosystems/types.ts";
import { readJournal } from "../plan/journal.ts";
import type { Transaction } from "../plan/types.ts";
import { type Link, makeLink } from "../probe/link.ts";
import { isUsable } from "../probe/rank.ts";
import type { RaceResult } from "../probe/types.ts";
import type { ExitCode, InForce, Message } from "../report/types.ts";
import { commonCause } from "./diagnose.ts";
import { inForceRows, settingRow } from "./in-force.ts";
import { journalOf, knowledgeOf } from "./knowledge.ts";
import { namedMirrors, offeredMirrors } from "./mirrors.ts";
import { done, interrupted, refuse } from "./outcome.ts";
import { unique } from "./prepare.ts";
import { runRace } from "./run-race.ts";
import { toolsAtHand } from "./tools.ts";
import type { Outcome, Services, Wish } from "./types.ts";

/** What is in force, and what a person should know about it. */
export interface Status {
  readonly inForce: readonly InForce[];
  readonly messages: readonly Message[];
}

/** Looks at the tools of some ecosystems and changes nothing. */
export async function status(
  ecosystems: readonly EcosystemId[],
  catalog: Catalog,
  services: Services,
): Promise<Outcome<Status>> {
  const found = await Promise.all(ecosystems.map((id) => statusOf(id, catalog, services)));
  const refused = found.find((each) => !each.ok);
  if (refused !== undefined && !refused.ok) return refused;
  const parts = found.flatMap((each) => (each.ok ? [each.value] : []));
  return done({
    inForce: parts.flatMap(({ inForce }) => inForce),
    messages: parts.flatMap(({ messages }, index) => aboutOf(messages, ecosystems, index)),
  });
}

/** Messages of one of several ecosystems say of which. */
export function aboutOf(messages: readonly Message[], ecosystems: readonly EcosystemId[], index: number): Message[] {
  const about = ecosystems[index];
  return ecosystems.length === 1 || about === undefined ? [...messages] : messages.map((each) => ({ ...each, about }));
}

/** The main tool's files are shown even where it is not installed; of its family, those that are. */
async function statusOf(id: EcosystemId, catalog: Catalog, services: Services): Promise<Outcome<Status>> {
  const found = await toolsAtHand(id, { only: null, scope: null, allowMissing: true }, services.read);
  if (!found.ok) return found;
  const { ecosystem } = found.value;
  const tools = found.value.tools.filter(({ installation }, index) => installation !== null || index === 0);
  const messages = tools.flatMap(({ tool, installation, current }): Message[] => [
    ...(installation === null ? [{ code: "tool-missing", level: "warn", args: { tool: tool.id } } as const] : []),
    ...current.messages,
    ...(current.obstacle === null ? [] : [current.obstacle]),
    ...closedInUse(current.chain, id, catalog),
  ]);
  const url = tools[0]?.current.chain[0] ?? mirrorsOf(catalog, id).find(({ offer }) => offer)?.url ?? null;
  const others = await lookAround(ecosystem, url ?? "", services);
  const inForce = [
    ...tools.flatMap(({ tool, current }) => inForceRows(tool, current, catalog)),
    ...others.rows(catalog),
  ];
  return done({ inForce, messages: [...unique(messages), ...others.messages] });
}

/** Programs that we do not set: what they use, and the command that would set them. */
async function lookAround({ id, onlookers }: Ecosystem, url: string, { read }: Services) {
  const looks = await Promise.all(
    onlookers.map(async (onlooker) => ({ tool: onlooker.id, seen: await onlooker.look(read, url) })),
  );
  const seen = looks.flatMap(({ tool, seen }) => (seen === null ? [] : [{ tool, ...seen }]));
  return {
    rows: (catalog: Catalog) =>
      seen.map(({ tool, setting }) => settingRow({ ecosystem: id, tool, scope: "user" }, setting, catalog)),
    messages: seen.map(
      ({ tool, command }): Message => ({ code: "set-by-hand", level: "info", args: { tool, command } }),
    ),
  };
}

function closedInUse(chain: readonly string[], ecosystem: EcosystemId, catalog: Catalog): Message[] {
  return chain.flatMap((url): Message[] => {
    const mirror = URL.canParse(url) ? mirrorAt(catalog, ecosystem, url) : null;
    if (mirror?.status !== "closed") return [];
    return [{ code: "mirror-closed", level: "warn", args: { id: mirror.id, when: mirror.closedOn ?? "?" } }];
  });
}

/** A race that only looks. */
export interface Tested {
  readonly ecosystem: EcosystemId;
  readonly race: RaceResult | null;
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
}

/** What `test` was asked for. */
export interface TestRequest {
  readonly names: readonly string[];
  readonly timeoutMs: number | null;
}

/** Probes the named mirrors, or all that are offered and those in use, and hears every one of them out. */
export async function test(
  ecosystems: readonly EcosystemId[],
  request: TestRequest,
  catalog: Catalog,
  services: Services,
): Promise<readonly Tested[]> {
  const link = makeLink();
  const tested = await Promise.all(ecosystems.map((id) => testOne(id, request, catalog, services, link)));
  return tested.map((outcome, index): Tested => {
    const ecosystem = ecosystems[index] ?? "go";
    if (outcome.ok) return { ...outcome.value, messages: aboutOf(outcome.value.messages, ecosystems, index) };
    return {
      ecosystem,
      race: null,
      exitCode: outcome.exitCode,
      messages: aboutOf(outcome.messages, ecosystems, index),
    };
  });
}

async function testOne(
  id: EcosystemId,
  { names, timeoutMs }: TestRequest,
  catalog: Catalog,
  services: Services,
  link: Link,
): Promise<Outcome<Tested>> {
  const found = await toolsAtHand(id, { only: null, scope: null, allowMissing: true }, services.read);
  if (!found.ok) return found;
  const { ecosystem, tools } = found.value;
  const named = namedMirrors(catalog, id, names);
  if (!named.ok) return named;
  const knowledge = await knowledgeOf(catalog, id, services);
  const inUse = (tools[0]?.current.chain ?? []).filter((url) => URL.canParse(url));
  const candidates = names.length > 0 ? named.value.candidates : offeredMirrors(catalog, id, inUse, knowledge.isMirror);
  if (candidates.length === 0) return refuse(3, { code: "no-candidates", level: "error", args: { ecosystem: id } });
  const wish: Wish = { names, fastest: true, chain: 1, noProbe: false, ifBroken: false, noCache: true, timeoutMs };
  const race = await runRace({ ecosystem, tools, catalog, services, wish, link }, candidates, "judge");
  if (services.signal.aborted) return interrupted;
  const usable = race.standings.some(isUsable);
  const cause = usable ? null : commonCause(race, services.clock.date());
  const messages = [...named.value.messages, ...(cause === null ? [] : [cause])];
  return done({ ecosystem: id, race, exitCode: usable ? 0 : 3, messages });
}

/** The journal, oldest first. */
export async function history(
  services: Services,
): Promise<{ transactions: readonly Transaction[]; messages: Message[] }> {
  const place = journalOf(services);
  if (place === null) return { transactions: [], messages: [] };
  const { transactions, damaged } = await readJournal(place, services.read);
  return {
    transactions,
    messages: damaged.map((file) => ({ code: "journal-damaged", level: "warn", args: { file } })),
  };
}
