import type { Catalog, EcosystemId } from "../catalog/types.ts";
import { readJournal } from "../plan/journal.ts";
import type { Transaction } from "../plan/types.ts";
import { makeLink, type Seat } from "../probe/link.ts";
import { isUsable } from "../probe/rank.ts";
import type { RaceResult } from "../probe/types.ts";
import type { ExitCode, Message } from "../report/types.ts";
import { commonCause } from "./diagnose.ts";
import { journalOf, knowledgeOf } from "./knowledge.ts";
import { namedMirrors, offeredMirrors } from "./mirrors.ts";
import { aboutOf, done, interrupted, refuse } from "./outcome.ts";
import { unique } from "./prepare.ts";
import { runRace } from "./run-race.ts";
import { toolsAtHand } from "./tools.ts";
import type { Outcome, Services, Wish } from "./types.ts";

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

/** Remarks on a tool's way to its mirrors, which is not ours: it may not reach what proves good here. */
const ofItsWay: ReadonlySet<Message["code"]> = new Set(["pip-socks", "docker-proxy"]);

/** Probes the named mirrors, or all that are offered and those in use, and hears every one of them out. */
export async function test(
  ecosystems: readonly EcosystemId[],
  request: TestRequest,
  catalog: Catalog,
  services: Services,
): Promise<readonly Tested[]> {
  const link = makeLink(services.clock);
  const tested = await Promise.all(
    ecosystems.map((id) => {
      const seat = link.join();
      return testOne(id, request, catalog, services, seat).finally(seat.leave);
    }),
  );
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
  seat: Seat,
): Promise<Outcome<Tested>> {
  const found = await toolsAtHand(id, { only: null, scope: null, allowMissing: true }, services.read, catalog.probes);
  if (!found.ok) return found;
  const { ecosystem, tools } = found.value;
  const named = namedMirrors(catalog, id, names);
  if (!named.ok) return named;
  const knowledge = await knowledgeOf(catalog, id, services);
  const inUse = (tools[0]?.current.chain ?? []).filter((url) => URL.canParse(url));
  const candidates = names.length > 0 ? named.value.candidates : offeredMirrors(catalog, id, inUse, knowledge.isMirror);
  if (candidates.length === 0) return refuse(3, { code: "no-candidates", level: "error", args: { ecosystem: id } });
  const usual = { fastest: true, chain: 1, noProbe: false, ifBroken: false, noCache: true, allowCredentials: false };
  const wish: Wish = { names, ...usual, timeoutMs };
  const race = await runRace({ ecosystem, tools, catalog, services, wish, seat }, candidates, "judge");
  if (services.signal.aborted) return interrupted;
  const usable = race.standings.some(isUsable);
  const cause = usable ? null : commonCause(race, services.clock.date());
  const remarks = tools.flatMap(({ current }) => current.messages.filter(({ code }) => ofItsWay.has(code)));
  const messages = [...named.value.messages, ...unique(remarks), ...(cause === null ? [] : [cause])];
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
