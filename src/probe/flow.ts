import type { Clock, HttpResult } from "../ports/types.ts";
import { limits } from "./limits.ts";
import type { CountedVisit } from "./visit.ts";

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** One download under way, and what can be told of its rate. */
export class Flow {
  readonly visit: CountedVisit;
  /** Resolves when the download has ended, by itself or by `stop`. */
  readonly ended: Promise<HttpResult>;
  readonly startedAt: number;
  /** Null while it goes on. */
  result: HttpResult | null = null;
  readonly #clock: Clock;
  readonly #samples: Sample[] = [];
  readonly #controller = new AbortController();
  readonly #wanted: number;
  #total = 0;

  /** Asks for the first `wanted` bytes of the mirror's large artefact. `outer` stops it too. */
  constructor(visit: CountedVisit, wanted: number, clock: Clock, outer: AbortSignal) {
    this.visit = visit;
    this.#clock = clock;
    this.#wanted = wanted;
    this.startedAt = clock.now();
    const signal = AbortSignal.any([this.#controller.signal, outer]);
    const onData = (bytes: number) => {
      this.#total += bytes;
      this.#samples.push({ at: clock.now(), bytes });
    };
    const range = `0-${wanted - 1}`;
    this.ended = visit.get(visit.bulk ?? "", { maxBytes: wanted, range, signal, onData }).then((result) => {
      this.result = result;
      return result;
    });
  }

  stop(): void {
    this.#controller.abort();
  }

  /** Whether it has not been told to stop. */
  get isOpen(): boolean {
    return !this.#controller.signal.aborted;
  }

  get bytes(): number {
    return this.#total;
  }

  /** When the first byte came; null before that. */
  get firstAt(): number | null {
    return this.#samples[0]?.at ?? null;
  }

  get lastAt(): number | null {
    return this.#samples.at(-1)?.at ?? null;
  }

  /** Whether all that was asked for came: the stretch is complete, or the artefact ended before it. */
  get isComplete(): boolean {
    return this.result?.ok === true && (this.#total >= this.#wanted || this.result.whole);
  }

  /**
   * Whether so far nothing but the start of a TCP connection has held it back: it has brought about what a window of ten segments brings that doubles
   * with every round trip (RFC 6928). Such a download says nothing of what its mirror can do.
   */
  isStarting(rttMs: number): boolean {
    const from = this.firstAt ?? this.#clock.now();
    const until = this.result === null ? this.#clock.now() : (this.lastAt ?? from);
    const rounds = rttMs <= 0 ? Number.POSITIVE_INFINITY : (until - from) / rttMs;
    return this.#total < this.#wanted && this.#total >= limits.startingShare * limits.firstWindow * (2 ** rounds - 1);
  }

  /** Bytes a second between two moments. */
  rate(from: number, to: number): number {
    return to <= from ? 0 : (this.#sum(from, to) * 1000) / (to - from);
  }

  /**
   * The best stretch so far, in bytes a second; of a shorter flow, its whole. A stretch begins with a piece that came `peakMs` before its end or
   * earlier, so that a stall counts as time: behind a lost packet, everything comes at once.
   */
  peak(): number {
    const [first] = this.#samples;
    let best = 0;
    let start = 0;
    for (const end of this.#samples) {
      while ((this.#samples[start + 1]?.at ?? Number.POSITIVE_INFINITY) <= end.at - limits.peakMs) start += 1;
      const from = this.#samples[start]?.at ?? end.at;
      if (end.at - from >= limits.peakMs) best = Math.max(best, this.rate(from, end.at));
    }
    if (best > 0 || first === undefined) return best;
    // A single burst is no rate: what does not come after it counts too.
    const until = this.result === null ? this.#clock.now() : (this.lastAt ?? first.at);
    return (this.#total * 1000) / Math.max(until - first.at, limits.peakMs);
  }

  #sum(from: number, to: number): number {
    return this.#samples.reduce((sum, { at, bytes }) => (at > from && at <= to ? sum + bytes : sum), 0);
  }
}
