import type { Catalog } from "../catalog/types.ts";
import type { Ecosystem, Knowledge } from "../ecosystems/types.ts";
import { limits } from "../probe/limits.ts";
import type { Seat } from "../probe/link.ts";
import { type RaceOptions, race } from "../probe/race.ts";
import type { Candidate, RaceResult } from "../probe/types.ts";
import type { ToolAtHand } from "./tools.ts";
import type { Services, Wish } from "./types.ts";

/** What a race is held for, and with what. */
export interface RaceSetting {
  readonly wish: Wish;
  readonly ecosystem: Ecosystem;
  readonly tools: readonly ToolAtHand[];
  readonly catalog: Catalog;
  readonly knowledge: Knowledge;
  readonly services: Services;
  readonly seat: Seat;
  /** The command is about other ecosystems too, so that a longer chain than this one has room for is not meant for it. */
  readonly isOneOfSeveral: boolean;
}

/** Mirrors in a setting that falls back by itself, unless somebody wants another number. */
const usualChain = 2;

/** How many mirrors a setting is to hold. */
export function chainLength({ chain }: Wish, { longestChain }: Ecosystem): number {
  return Math.min(chain ?? usualChain, longestChain);
}

/** Runs a race as this machine's tool would fetch. */
export async function runRace(
  { ecosystem, tools, catalog, services, wish, seat }: Omit<RaceSetting, "knowledge" | "isOneOfSeveral">,
  candidates: readonly Candidate[],
  purpose: RaceOptions["purpose"],
): Promise<RaceResult> {
  const ports = { http: await services.http(), clock: services.clock };
  return race(candidates, ecosystem.protocol(catalog.probes), ports, {
    capMs: wish.timeoutMs ?? limits.capMs,
    purpose,
    seat,
    places: chainLength(wish, ecosystem),
    toolVersion: tools[0]?.installation?.version ?? null,
    forbiddenHosts: new Set([...tools.flatMap(({ current }) => current.upstreamHosts), ...officialHosts(catalog)]),
    signal: services.signal,
    onProgress: (progress) => services.onProgress(progress, ecosystem.id),
  });
}

/** Upstreams that a catalog spells out; the shipped one leaves that to the tools. */
export function officialHosts({ mirrors }: Catalog): string[] {
  return mirrors.flatMap(({ kind, url }) => (kind === "official" && url !== null ? [new URL(url).host] : []));
}
