import { mirrorAt, mirrorsOf } from "../catalog/find.ts";
import type { Catalog, EcosystemId, Mirror } from "../catalog/types.ts";
import { toolsAtHand } from "./tools.ts";
import type { Services } from "./types.ts";

/** Environment variables that send what packages download by themselves to a mirror of those files. */
export interface Companions {
  readonly ecosystem: EcosystemId;
  readonly mirror: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Those of the mirror in use, else of the one that has the most; null where no mirror of the ecosystem has any. */
export async function companionsOf(id: EcosystemId, catalog: Catalog, services: Services): Promise<Companions | null> {
  const found = await toolsAtHand(id, { only: null, scope: null, allowMissing: true }, services.read, catalog.probes);
  const inUse = found.ok ? (found.value.tools[0]?.current.chain ?? []) : [];
  const [used] = inUse.flatMap((url) => (URL.canParse(url) ? [mirrorAt(catalog, id, url)] : []));
  const offered = mirrorsOf(catalog, id).filter(({ offer }) => offer);
  const most = offered.toSorted((a, b) => count(b) - count(a))[0];
  const mirror = used !== undefined && used !== null && count(used) > 0 ? used : most;
  if (mirror === undefined || count(mirror) === 0) return null;
  return { ecosystem: id, mirror: mirror.id, variables: variablesOf(mirror) };
}

function count(mirror: Mirror): number {
  return Object.keys(variablesOf(mirror)).length;
}

/** A companion whose name is that of a variable is meant for the environment; others are addresses for people. */
export function variablesOf({ companions }: Mirror): Record<string, string> {
  const named = Object.entries(companions).filter(([name]) => /^(?:[A-Z][A-Z0-9_]*|npm_config_[a-z0-9_]+)$/.test(name));
  return Object.fromEntries(named);
}
