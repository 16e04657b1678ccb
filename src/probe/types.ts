import type { Mirror } from "../catalog/types.ts";
import type { ProxyHabit } from "../platform/types.ts";
import type { HttpResult } from "../ports/types.ts";
import type { Detail } from "../report/types.ts";
import type { Budget } from "./budget.ts";

/** What a mirror can be found guilty of. The words for people are in `report/`. */
export type Reason =
  | "dns"
  | "connect"
  | "tls"
  | "tls-expiring"
  | "timeout"
  | "http-status"
  | "not-a-mirror"
  | "denied"
  | "client-denied"
  | "rate-limited"
  | "redirects-away"
  | "truncated"
  | "tampered"
  | "no-artefact"
  | "stale"
  | "slow"
  | "restricted";

/** The stages of a proof, in the order in which they say something. */
export type StageName = "reach" | "protocol" | "download" | "freshness" | "integrity" | "rate";

/** How one stage went. `ok` is null where the catalog has nothing to check it by. */
export interface StageResult {
  readonly stage: StageName;
  readonly ok: boolean | null;
  readonly ms: number;
}

/** One mirror that takes part. `id` is unique among those that do. */
export interface Candidate {
  readonly id: string;
  readonly url: string;
  /** Null for an address that no catalog knows. */
  readonly mirror: Mirror | null;
}

/** What a protocol concludes about one mirror from its own answers. */
export interface Proof {
  /** Null: it proved itself. */
  readonly reason: Reason | null;
  readonly detail: Detail | null;
  readonly findings: readonly Reason[];
  readonly traits: readonly string[];
  /** How far the mirror is in a sequence that all of them follow; larger is fresher. Null where it cannot be told. */
  readonly position: number | null;
}

export interface Question {
  readonly maxBytes: number;
  /** `first-last`, as in a Range header. */
  readonly range?: string;
  readonly as?: string;
  /** The Accept header; anything unless given. */
  readonly accept?: string;
  /** Whether the answer may come compressed: pages of text, where its bytes need not be the file's own. */
  readonly gzip?: boolean;
  readonly lane?: number;
  /** GET unless given. */
  readonly method?: "HEAD";
  /** A token for this host alone: no redirect takes it elsewhere. */
  readonly bearer?: string;
  /** Not to be asked again in the last check: it is not the mirror's own to answer, or each time counts against its quota. */
  readonly once?: true;
}

/** What a protocol may ask of one mirror. The race counts, bounds and times all of it. */
export interface Visit {
  /** The mirror's address without a slash at its end. */
  readonly base: string;
  /** The wall clock when the race began. */
  readonly startedOn: Date;
  /** The same, or the mirror's own clock by its answers, where that is behind it: one clock that is wrong makes nothing look old. */
  readonly today: Date;
  /** Whether only the best will be taken: what tells nothing but of the one that is taken can then wait for the last check. */
  readonly isChoice: boolean;
  /** Whether an address is on a host of the upstream, where a mirror must not send us. */
  isUpstream(url: string): boolean;
  /**
   * One request for a path below the base, or of a whole URL. `as` asks as another client. Requests of one lane follow one another on one connection;
   * another lane has a connection of its own, so that independent checks need not wait for each other. Lane 0 unless given.
   */
  get(target: string, options: Question): Promise<HttpResult>;
  /**
   * Tells the race that the download has proved good, so that the rate may be measured while other checks still go on. `bulk` is the large artefact to
   * measure by, as this mirror has it: a path below the base, or a whole URL; null where there is none. `bearer`: what it is asked for with.
   */
  served(bulk: string | null, bearer?: string): void;
  /** What `served` was told, and null before that, or once the mirror proved to be without it. */
  readonly bulk: string | null;
  /** Runs one stage and notes how long it took and whether it held; `null` from the step notes it as skipped. */
  stage<T extends { readonly ok: boolean | null }>(name: StageName, step: () => Promise<T>): Promise<T>;
}

/** How one kind of mirror is proved and weighed: the part of a race that knows the ecosystem. */
export interface Protocol {
  /** What the tool itself sends, with our token added, so that a filter by client shows. */
  userAgent(toolVersion: string | null): string;
  /** How the tool finds its proxy; go's way unless said. */
  readonly proxies?: ProxyHabit | undefined;
  /** Asks one mirror all that proves it. Never throws for what a server does. */
  prove(visit: Visit): Promise<Proof>;
  /** A source that is not a mirror, asked beside them how far the ecosystem is. Null where the catalog names none. */
  readonly reference: { readonly url: string; position(visit: Visit): Promise<number | null> } | null;
  /** How far behind the freshest a mirror may be, in `lagUnit`. */
  readonly allowedLag: number;
  readonly lagUnit: string;
  /** Whether nothing but a mirror's own word says how far it is. */
  readonly isHearsay?: boolean;
  /** Whether these are the first bytes of the large artefact. */
  looksRight(start: Uint8Array): boolean;
  /** The winner's last check: something larger, whole and right. Null where the catalog names nothing for it, the mirror has it not, or nothing whole is asked for. */
  lastCheck(
    visit: Visit,
  ): Promise<(Pick<Proof, "reason"> & { ok: boolean; traits?(proved: readonly string[]): string[] }) | null>;
  /** What a typical install costs: request rounds that follow one another, and bytes. Go: some 60 modules, ten at a time. */
  readonly weights: { readonly rounds: number; readonly bytes: number };
  /** What differs from the usual budget: large artefacts need more bytes, and more time, for the same certainty. */
  readonly budget?: Partial<Budget>;
}

export type Verdict = "ok" | "degraded" | "unfinished" | "rejected";

/** All that a race found out about one mirror. */
export interface Standing {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  /** From 1; null for those that cannot be chosen. */
  readonly rank: number | null;
  readonly reason: Reason | null;
  readonly detail: Detail | null;
  readonly findings: readonly Reason[];
  readonly traits: readonly string[];
  /** Median time to the first byte on an open connection, without name look-up. Milliseconds. */
  readonly latencyMs: number | null;
  readonly bytesPerSecond: number | null;
  /** It was measured beside others, or stopped early: the rate is at least that, and an install takes no longer than expected. */
  readonly rateIsLowerBound: boolean;
  readonly expectedInstallSeconds: number | null;
  readonly behind: number | null;
  readonly tlsDaysLeft: number | null;
  readonly bytes: number;
  readonly requests: number;
  readonly stages: readonly StageResult[];
}

/** A finished race. `standings` are in order: ranked ones first. */
export interface RaceResult {
  readonly standings: readonly Standing[];
  readonly lagUnit: string;
  readonly elapsedMs: number;
  readonly requests: number;
  readonly bytes: number;
}

/** Told while a race runs, for a progress line. */
export interface RaceProgress {
  readonly total: number;
  readonly proved: number;
  readonly rejected: number;
  /** Who has not been heard yet. */
  readonly awaited: readonly string[];
  readonly phase: "prove" | "rate";
}
