import type { Clock, HttpPort, HttpResult, HttpSession } from "../ports/types.ts";
import { type Fault, faultOf, isBreakdown } from "./answers.ts";
import type { Budget } from "./budget.ts";
import { limits } from "./limits.ts";
import { round } from "./rank.ts";
import type { Candidate, Protocol, Question, StageName, StageResult, Visit } from "./types.ts";

/** Where repeated requests go: a connection that is open by then, and not that of the downloads. */
const repeatLane = 1;

/** What every visit of a race shares. */
export interface VisitPorts {
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly habit?: Protocol["proxies"];
  /** Ends what is under way: it then counts as `timeout`. */
  readonly signal: AbortSignal;
  readonly forbiddenHosts: ReadonlySet<string>;
  /** Told of the first signs of life: a name that was resolved, a host that took a connection. */
  readonly onReach?: (what: "name" | "host") => void;
  readonly budget: Pick<Budget, "requests" | "bytes">;
  /** Not, unless given. */
  readonly isChoice?: boolean;
  /** Whether nobody fills the line yet. */
  readonly isQuiet: () => boolean;
}

/** A visit that keeps count. */
export class CountedVisit implements Visit {
  readonly candidate: Candidate;
  readonly base: string;
  readonly startedOn: Date;
  readonly isChoice: boolean;
  today: Date;
  readonly stages: StageResult[] = [];
  requests = 0;
  bytes = 0;
  tlsDaysLeft: number | null = null;
  bulk: string | null = null;
  /** What went wrong in requests that were tried: servers that break down, connections that break off. */
  readonly failures: Fault[] = [];
  /** When the download proved good; null before that. */
  servedAt: number | null = null;
  readonly #ports: VisitPorts;
  readonly #lanes = new Map<number, HttpSession>();
  readonly #firstBytes: number[] = [];
  #handshakeMs = Number.POSITIVE_INFINITY;
  #bulkBearer: string | undefined;
  #small: { readonly target: string; readonly options: Question } | null = null;

  constructor(candidate: Candidate, ports: VisitPorts) {
    this.candidate = candidate;
    this.base = candidate.url.replace(/\/+$/, "");
    this.startedOn = ports.clock.date();
    this.today = this.startedOn;
    this.isChoice = ports.isChoice ?? false;
    this.#ports = ports;
  }

  isUpstream(url: string): boolean {
    return URL.canParse(url) && this.#ports.forbiddenHosts.has(new URL(url).host);
  }

  async get(
    target: string,
    options: Question & { readonly signal?: AbortSignal; readonly onData?: (bytes: number) => void },
  ): Promise<HttpResult> {
    const { as, accept, range, once, gzip = false, lane = 0, signal = this.#ports.signal, ...rest } = options;
    const bearer = options.bearer ?? (target === this.bulk ? this.#bulkBearer : undefined);
    const headers = {
      ...(as === undefined ? {} : { "user-agent": as }),
      ...(accept === undefined ? {} : { accept }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(gzip ? { "accept-encoding": "gzip" } : {}),
      ...(range === undefined ? {} : { range: `bytes=${range}` }),
    };
    this.requests += 1;
    const url = target.includes("://") ? target : this.base + target;
    let told = 0;
    const counted = (bytes: number) => {
      told += bytes;
      this.bytes += bytes;
      options.onData?.(bytes);
    };
    const listening = options.onData === undefined ? {} : { onData: counted };
    const { forbiddenHosts } = this.#ports;
    const result = await this.#session(lane).get({ url, headers, signal, forbiddenHosts, ...rest, ...listening });
    this.bytes += result.bytes - told;
    this.#note(result);
    if (once !== true && result.ok && result.status === 200 && result.body.byteLength <= limits.smallBytes)
      this.#small ??= { target, options: { ...options, lane: repeatLane } };
    return result;
  }

  /** How many bytes a download may still bring that only measures; 0 where it is not worth a request, or no request is left for it. */
  get allowance(): number {
    const { requests, bytes } = this.#ports.budget;
    const left = bytes - limits.closingBytes - this.bytes;
    return this.requests + limits.closingRequests >= requests || left < limits.leastBytes ? 0 : left;
  }

  /** The first small thing that it answered, to be asked again; null where it never did. */
  get small(): { readonly target: string; readonly options: Question } | null {
    return this.#small;
  }

  /** The same mirror, and the same count, with another end to what is under way. */
  until(signal: AbortSignal): Visit {
    return {
      base: this.base,
      startedOn: this.startedOn,
      today: this.today,
      bulk: this.bulk,
      isChoice: this.isChoice,
      isUpstream: (url) => this.isUpstream(url),
      get: (target, options) => this.get(target, { ...options, signal }),
      served: (bulk, bearer) => this.served(bulk, bearer),
      stage: (name, step) => this.stage(name, step),
    };
  }

  served(bulk: string | null, bearer?: string): void {
    this.bulk = bulk;
    this.#bulkBearer = bearer;
    this.servedAt ??= this.#ports.clock.now();
  }

  async stage<T extends { readonly ok: boolean | null }>(stage: StageName, step: () => Promise<T>): Promise<T> {
    const start = this.#ports.clock.now();
    const outcome = await step();
    this.stages.push({ stage, ok: outcome.ok, ms: round(this.#ports.clock.now() - start) });
    return outcome;
  }

  /** Milliseconds from request to first byte: the median of the answers so far. */
  get latencyMs(): number | null {
    const sorted = this.#firstBytes.toSorted((a, b) => a - b);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)];
    return middle === undefined ? null : round(middle);
  }

  /** Milliseconds of a round trip, by which TCP grows: the shortest TLS handshake, which goes to the mirror itself, also behind a proxy. */
  get roundMs(): number {
    return Math.min(this.latencyMs ?? 0, this.#handshakeMs);
  }

  close(): void {
    for (const session of this.#lanes.values()) session.close();
  }

  /** Closes its connections until more is asked. */
  rest(): void {
    this.close();
    this.#lanes.clear();
  }

  #session(lane: number): HttpSession {
    const { http, userAgent, onReach, habit } = this.#ports;
    const session = this.#lanes.get(lane) ?? http.session(userAgent, onReach, habit);
    this.#lanes.set(lane, session);
    return session;
  }

  /** First bytes that come while downloads fill the line say little of the mirror: they count only for one that has served nothing before. */
  #note(result: HttpResult): void {
    const bad = faultOf(result);
    if (bad !== null && isBreakdown(result)) this.failures.push(bad);
    if (!result.ok) return;
    this.#handshakeMs = Math.min(this.#handshakeMs, result.phases.tls ?? Number.POSITIVE_INFINITY);
    this.requests += result.hops.length - 1;
    const said = new Date(result.headers.date ?? "");
    if (said < this.today) this.today = said;
    const days = result.certificate?.daysLeft ?? null;
    this.tlsDaysLeft = days === null ? this.tlsDaysLeft : Math.min(days, this.tlsDaysLeft ?? days);
    if (result.phases.firstByte !== null && (this.servedAt === null || this.#ports.isQuiet()))
      this.#firstBytes.push(result.phases.firstByte);
  }
}
