import type { Clock, HttpPort, HttpResult, HttpSession } from "../ports/types.ts";
import type { Candidate, StageName, StageResult, Visit } from "./types.ts";

/** A visit that keeps count. It never outlives its deadline: what is still running then ends as `timeout`. */
export class CountedVisit implements Visit {
  readonly candidate: Candidate;
  readonly base: string;
  readonly stages: StageResult[] = [];
  readonly firstBytes: number[] = [];
  requests = 0;
  bytes = 0;
  tlsDaysLeft: number | null = null;
  readonly #session: HttpSession;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #forbidden: ReadonlySet<string>;

  constructor(
    candidate: Candidate,
    about: {
      http: HttpPort;
      clock: Clock;
      userAgent: string;
      signal: AbortSignal;
      forbiddenHosts: ReadonlySet<string>;
    },
  ) {
    this.candidate = candidate;
    this.base = candidate.url.replace(/\/+$/, "");
    this.#session = about.http.session(about.userAgent);
    this.#clock = about.clock;
    this.#signal = about.signal;
    this.#forbidden = about.forbiddenHosts;
  }

  async get(
    target: string,
    options: { maxBytes: number; range?: string; as?: string; signal?: AbortSignal; onData?: (bytes: number) => void },
  ): Promise<HttpResult> {
    const { as, range, signal = this.#signal, ...rest } = options;
    const headers = {
      ...(as === undefined ? {} : { "user-agent": as }),
      ...(range === undefined ? {} : { range: `bytes=${range}` }),
    };
    this.requests += 1;
    const url = target.includes("://") ? target : this.base + target;
    const result = await this.#session.get({ url, headers, signal, forbiddenHosts: this.#forbidden, ...rest });
    this.bytes += result.bytes;
    if (result.ok) {
      this.requests += result.hops.length - 1;
      this.tlsDaysLeft = smaller(this.tlsDaysLeft, result.certificate?.daysLeft ?? null);
      if (result.phases.firstByte !== null) this.firstBytes.push(result.phases.firstByte);
    }
    return result;
  }

  async stage<T extends { readonly ok: boolean | null }>(stage: StageName, step: () => Promise<T>): Promise<T> {
    const start = this.#clock.now();
    const outcome = await step();
    this.stages.push({ stage, ok: outcome.ok, ms: round(this.#clock.now() - start) });
    return outcome;
  }

  /** Milliseconds from request to first byte: the median of the answers so far. */
  get latencyMs(): number | null {
    const sorted = this.firstBytes.toSorted((a, b) => a - b);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)];
    return middle === undefined ? null : round(middle);
  }

  close(): void {
    this.#session.close();
  }
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** Milliseconds as they are reported: tenths are enough. */
export function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
