import type { Catalog } from "../../catalog/types.ts";
import { hubOf } from "../../ecosystems/docker/hub.ts";
import { makeLink } from "../../probe/link.ts";
import type { RaceResult } from "../../probe/types.ts";
import type { Message } from "../../report/types.ts";
import { decide } from "../decide.ts";
import { knowledgeOf } from "../knowledge.ts";
import { candidateAt, offeredMirrors } from "../mirrors.ts";
import { done, interrupted } from "../outcome.ts";
import { upstreamNamed } from "../prepare.ts";
import { officialHosts, type RaceSetting } from "../run-race.ts";
import type { ToolsAtHand } from "../tools.ts";
import type { Outcome, Services } from "../types.ts";
import type { Askable } from "./digest.ts";
import { Ranked } from "./ranked.ts";
import { type Source, sourcesAt } from "./source.ts";

/** What `pull` was asked for. */
export interface PullRequest {
  readonly images: readonly string[];
  /** The one mirror to pull from; null: whoever is best. */
  readonly from: string | null;
  readonly noCache: boolean;
  readonly timeoutMs: number | null;
}

/** Milliseconds that a mirror may take to say what an image is. */
const askingMs = 6_000;

/** Whom to ask, and the race that it comes from. */
interface Chosen {
  readonly askable: Askable;
  readonly probe: RaceResult | null;
  readonly messages: readonly Message[];
}

/** How many good mirrors are wanted at least: one to pull from, one that confirms, one that settles a quarrel. */
const wanted = 3;

/** Who proved good, by the same race and the same memory as for a setting. */
export async function rankMirrors(
  request: PullRequest,
  { ecosystem, tools }: ToolsAtHand,
  catalog: Catalog,
  services: Services,
): Promise<Outcome<Chosen> & { readonly probe?: RaceResult }> {
  const { from, noCache, timeoutMs } = request;
  const names = from === null ? [] : [from];
  const upstream = upstreamNamed(names, ecosystem.id, tools);
  if (upstream !== null) return upstream;
  const knowledge = await knowledgeOf(catalog, ecosystem.id, services);
  // No mirror is sent a login here (see `Store`), so that none is barred for asking for one.
  const usual = { noProbe: false, ifBroken: false, allowCredentials: true };
  const wish = { ...usual, names, fastest: from === null, chain: from === null ? wanted : null, noCache, timeoutMs };
  const link = makeLink(services.clock);
  const setting: RaceSetting = {
    wish,
    ecosystem,
    tools,
    catalog,
    knowledge,
    services,
    seat: link.join(),
    isOneOfSeveral: false,
  };
  const decided = await decide(setting).finally(setting.seat.leave);
  if (services.signal.aborted) return interrupted;
  if (!decided.ok) return { ...decided, messages: decided.messages.map((each) => inPull(each)) };
  const { probe, messages } = decided.value;
  const inUse = (tools[0]?.current.chain ?? []).filter((url) => URL.canParse(url));
  const others = from === null ? offeredMirrors(catalog, ecosystem.id, inUse, knowledge.isMirror) : [];
  const standings = probe ?? { standings: [], lagUnit: "", elapsedMs: 0, requests: 0, bytes: 0 };
  const asking = {
    services,
    http: await services.http(),
    userAgent: ecosystem.protocol(catalog.probes).userAgent(tools[0]?.installation?.version ?? null),
    forbiddenHosts: new Set([...tools.flatMap(({ current }) => current.upstreamHosts), ...officialHosts(catalog)]),
    timeoutMs: timeoutMs ?? askingMs,
  };
  const askable = { ranked: new Ranked(setting, standings, others), upstream: upstreamOf(catalog), asking };
  return done({ askable, probe, messages });
}

/** A setting could be insisted on; a pull cannot. */
function inPull(message: Message): Message {
  return message.code === "named-rejected" ? { ...message, code: "pull-rejected" } : message;
}

/** The upstream's own address: the catalog says it, or what the registry is called. */
function upstreamOf(catalog: Catalog): Source | null {
  const hub = hubOf(catalog.probes);
  const spelt = catalog.mirrors.find(
    ({ ecosystem, kind, url }) => ecosystem === "docker" && kind === "official" && url !== null,
  );
  const url = spelt?.url ?? (hub === null ? null : `https://registry-1.${hub}`);
  return url === null ? null : (sourcesAt({ ...candidateAt(url, null), id: "upstream" })[0] ?? null);
}
