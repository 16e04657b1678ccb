import type { Clock } from "../ports/types.ts";
import { faultOf } from "./answers.ts";
import { limits } from "./limits.ts";
import type { Reason } from "./types.ts";
import type { CountedVisit } from "./visit.ts";

/** What a download showed: a rate, or what was wrong with it. Both null: too little came to say anything. */
export interface Rated {
  readonly bytesPerSecond: number | null;
  readonly fault: Reason | null;
}

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** Reads the beginning of a large artefact from one mirror until the time is up, and works out the rate it settled at. */
export async function measureRate(
  visit: CountedVisit,
  bulk: { readonly path: string; readonly looksRight: (start: Uint8Array) => boolean },
  clock: Clock,
  signal: AbortSignal,
): Promise<Rated> {
  const samples: Sample[] = [];
  const start = clock.now();
  const result = await visit.get(bulk.path, {
    maxBytes: limits.rateBytes,
    range: `0-${limits.rateBytes - 1}`,
    signal,
    onData: (bytes) => samples.push({ at: clock.now(), bytes }),
  });
  const rate = settledRate(samples, warmUpMs(visit));
  if (!result.ok && result.code === "stopped")
    return { bytesPerSecond: rate ?? slowest(samples, clock.now() - start), fault: null };
  const bad = faultOf(result);
  if (bad !== null) return { bytesPerSecond: null, fault: result.ok && result.status === 404 ? null : bad.reason };
  const right = result.ok && bulk.looksRight(result.body);
  return { bytesPerSecond: rate, fault: right ? null : "tampered" };
}

function warmUpMs(visit: CountedVisit): number {
  return Math.max(limits.warmUpRounds * (visit.latencyMs ?? 0), limits.warmUpMs);
}

/** Bytes a second after the warm-up; of the whole where it ended before that. */
function settledRate(samples: readonly Sample[], warmUp: number): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at <= first.at) return null;
  const warm = first.at + warmUp;
  const begin = last.at - warm >= warmUp ? warm : first.at;
  const counted = samples.filter(({ at }) => at > begin).reduce((sum, { bytes }) => sum + bytes, 0);
  return Math.round((counted * 1000) / (last.at - begin));
}

/** One piece, or none, in all the time: that is a rate too. */
function slowest(samples: readonly Sample[], elapsed: number): number | null {
  const bytes = samples.reduce((sum, sample) => sum + sample.bytes, 0);
  return elapsed <= 0 ? null : Math.round((bytes * 1000) / elapsed);
}
