import { createHash } from "node:crypto";
import type { EcosystemId } from "../catalog/types.ts";
import { pathsOf } from "../platform/paths.ts";
import { isUsable } from "../probe/rank.ts";
import type { Candidate, RaceResult } from "../probe/types.ts";
import type { Services } from "./types.ts";

/** What is remembered of a mirror of the last race: enough to know whom to ask first, never enough to trust it. */
interface RememberedMirror {
  readonly url: string;
  readonly bytesPerSecond: number | null;
}

interface Entry {
  /** ISO 8601. */
  readonly at: string;
  /** Usable ones, best first. */
  readonly mirrors: readonly RememberedMirror[];
}

interface Memory {
  readonly version: 1;
  readonly races: Readonly<Record<string, Entry>>;
}

/** How long a ranking holds for a network; and how many networks are remembered. */
const ranksForMs = 6 * 3_600_000;
const mostEntries = 20;

/** Last race's order among just these candidates, on this network; null where there was none in the last six hours. */
export async function recall(
  ecosystem: EcosystemId,
  candidates: readonly Candidate[],
  services: Services,
): Promise<Entry | null> {
  const entry = (await load(services)).races[await keyOf(ecosystem, candidates, services)];
  if (entry === undefined) return null;
  const age = services.clock.date().getTime() - Date.parse(entry.at);
  return age >= 0 && age < ranksForMs ? entry : null;
}

/** Remembers the order of a finished race. It is no more than a hint, so what goes wrong here is passed over. */
export async function remember(
  ecosystem: EcosystemId,
  candidates: readonly Candidate[],
  race: RaceResult,
  services: Services,
): Promise<void> {
  const file = fileOf(services);
  if (file === null) return;
  const mirrors = race.standings
    .filter(isUsable)
    .map(({ candidate, bytesPerSecond }) => ({ url: candidate.url, bytesPerSecond }));
  const entry: Entry = { at: services.clock.date().toISOString(), mirrors };
  const old = Object.entries((await load(services)).races).slice(-mostEntries + 1);
  const memory: Memory = {
    version: 1,
    races: { ...Object.fromEntries(old), [await keyOf(ecosystem, candidates, services)]: entry },
  };
  try {
    await services.write.makeDirectory(pathsOf(services.read.facts).dirname(file), 0o700);
    await services.write.replace(file, {
      bytes: new TextEncoder().encode(JSON.stringify(memory)),
      mode: 0o600,
      owner: null,
    });
  } catch {
    // The next race is a little slower: that is all.
  }
}

function fileOf({ own, read }: Services): string | null {
  return own === null || own.cache === null ? null : pathsOf(read.facts).join(own.cache, "probe.json");
}

async function load(services: Services): Promise<Memory> {
  const empty: Memory = { version: 1, races: {} };
  const file = fileOf(services);
  const state = file === null ? null : await services.read.read(file);
  if (state?.kind !== "file") return empty;
  try {
    const found = JSON.parse(new TextDecoder().decode(state.bytes)) as Partial<Memory>;
    return found.version === 1 && typeof found.races === "object" ? (found as Memory) : empty;
  } catch {
    return empty;
  }
}

/** The network, the ecosystem, and who took part: with another catalog it is another race. */
async function keyOf(ecosystem: EcosystemId, candidates: readonly Candidate[], services: Services): Promise<string> {
  const urls = candidates.map(({ url }) => url).sort();
  return createHash("sha256")
    .update(JSON.stringify([await services.fingerprint(), ecosystem, urls]))
    .digest("hex")
    .slice(0, 32);
}
