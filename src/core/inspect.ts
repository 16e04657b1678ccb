import { mirrorAt } from "../catalog/find.ts";
import type { Catalog, EcosystemId } from "../catalog/types.ts";
import { readJournal } from "../plan/journal.ts";
import type { Transaction } from "../plan/types.ts";
import { isUsable } from "../probe/rank.ts";
import type { RaceResult } from "../probe/types.ts";
import type { ExitCode, InForce, Message } from "../report/types.ts";
import { runRace } from "./decide.ts";
import { commonCause } from "./diagnose.ts";
import { inForceRows } from "./in-force.ts";
import { journalOf, knowledgeOf } from "./knowledge.ts";
import { namedMirrors, offeredMirrors } from "./mirrors.ts";
import { done, interrupted, refuse } from "./outcome.ts";
import { toolsAtHand } from "./tools.ts";
import type { Outcome, Services, Wish } from "./types.ts";

/** What is in force, and what a person should know about it. */
export interface Status {
  readonly inForce: readonly InForce[];
  readonly messages: readonly Message[];
}

/** Looks at the tools of an ecosystem and changes nothing. Files are shown for tools that are not installed, too. */
export async function status(ecosystem: EcosystemId, catalog: Catalog, services: Services): Promise<Outcome<Status>> {
  const found = await toolsAtHand({ ecosystem, only: null, scope: null, allowMissing: true }, services.read);
  if (!found.ok) return found;
  const { tools } = found.value;
  const messages = tools.flatMap(({ tool, installation, current }): Message[] => [
    ...(installation === null ? [{ code: "tool-missing", level: "warn", args: { tool: tool.id } } as const] : []),
    ...current.messages,
    ...(current.obstacle === null ? [] : [current.obstacle]),
    ...closedInUse(current.chain, ecosystem, catalog),
  ]);
  return done({ inForce: tools.flatMap(({ tool, current }) => inForceRows(tool, current, catalog)), messages });
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
  readonly race: RaceResult;
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
}

/** Probes the named mirrors, or all that are offered and those in use, and hears every one of them out. */
export async function test(
  ecosystemId: EcosystemId,
  names: readonly string[],
  timeoutMs: number | null,
  catalog: Catalog,
  services: Services,
): Promise<Outcome<Tested>> {
  const found = await toolsAtHand(
    { ecosystem: ecosystemId, only: null, scope: null, allowMissing: true },
    services.read,
  );
  if (!found.ok) return found;
  const { ecosystem, tools } = found.value;
  const named = namedMirrors(catalog, ecosystemId, names);
  if (!named.ok) return named;
  const knowledge = await knowledgeOf(catalog, ecosystemId, services);
  const inUse = (tools[0]?.current.chain ?? []).filter((url) => URL.canParse(url));
  const candidates =
    names.length > 0 ? named.value.candidates : offeredMirrors(catalog, ecosystemId, inUse, knowledge.isMirror);
  if (candidates.length === 0)
    return refuse(3, { code: "no-candidates", level: "error", args: { ecosystem: ecosystemId } });
  const wish: Wish = { names, fastest: true, chain: 1, noProbe: false, ifBroken: false, noCache: true, timeoutMs };
  const race = await runRace({ ecosystem, tools, catalog, services, wish }, candidates, "judge");
  if (services.signal.aborted) return interrupted;
  const usable = race.standings.some(isUsable);
  const cause = usable ? null : commonCause(race, services.clock.date());
  const messages = [...named.value.messages, ...(cause === null ? [] : [cause])];
  return done({ race, exitCode: usable ? 0 : 3, messages });
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
