import type { Clock, HttpPort } from "../ports/types.ts";
import { type Budget, usualBudget } from "./budget.ts";
import type { Deadline } from "./deadline.ts";
import { behindBy, freshestOf } from "./freshness.ts";
import type { Seat } from "./link.ts";
import type { Candidate, Proof, Protocol, RaceProgress, Reason } from "./types.ts";
import { CountedVisit } from "./visit.ts";

/** How a race is to be run. */
export interface RaceOptions {
  readonly capMs: number;
  /**
   * `choose`: stop those that can no longer win. `judge`: hear everybody out, up to the cap. `prove`: the same, without measuring rates. `accept`: what
   * `prove` does, and of each that proved good the last check: they were named, and are to be taken.
   */
  readonly purpose: "choose" | "judge" | "prove" | "accept";
  /** How many mirrors will be taken, the best first. */
  readonly places: number;
  readonly toolVersion: string | null;
  readonly forbiddenHosts: ReadonlySet<string>;
  /** This one's part in what the races beside it share: only who holds the line downloads in bulk. Null where there are none. */
  readonly seat: Seat | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RaceProgress) => void;
}

export interface RacePorts {
  readonly http: HttpPort;
  readonly clock: Clock;
}

/** One mirror on its way through a race. */
export interface Runner {
  readonly visit: CountedVisit;
  /** Null until it is settled; it stays so where the race went on without it. */
  proof: Proof | null;
  /** Its turn came so late that the end of the race says nothing of it. */
  isLate: boolean;
  /** What was found wrong while downloading. */
  rateFault: Reason | null;
  /** Bytes a second: the best stretch while others shared the line, which is a lower bound. */
  peak: number | null;
  /** Nothing but the start of its connection held that back: it says little. */
  isPeakEarly: boolean;
  /** Bytes a second with the line to itself. */
  solo: number | null;
  /** Whether that is so: of one that may have nothing more, what it had beside others stands for it. */
  isMeasuredAlone: boolean;
  /** The most bytes that one of its downloads brought. */
  received: number;
  /** Whether it has been through the last check, or the short one of those behind the winner. */
  delivered: "whole" | "short" | null;
  /** What that found, beside a fault. */
  checked: Awaited<ReturnType<Protocol["lastCheck"]>>;
}

/** What the phases of a race share. */
export interface Course {
  readonly runners: readonly Runner[];
  readonly protocol: Protocol;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly options: RaceOptions;
  readonly startedAt: number;
  /** Milliseconds spent waiting for the link, which are none of the race's own. */
  waitedMs: number;
  /** The whole race. */
  readonly cap: Deadline;
  /** The proofs. */
  readonly proving: Deadline;
  readonly referee: CountedVisit | null;
  /** How far the reference is; null where it does not say. */
  reference: number | null;
  /** Whether the reference has had its say. */
  isRefereed: boolean;
  /** Whether downloads have begun to fill the line. */
  readonly line: { isBusy: boolean };
  /** When the last name was resolved, and whether any host took a connection. */
  readonly reach: { nameAt: number | null; host: boolean };
  /** Nobody could be reached at all: the race has ended early. */
  isOffline: boolean;
  /** Resolves when every proof is settled, or the proofs' time is up. */
  proofs: Promise<void>;
}

/** Those that have served their artefact, and against which nothing is known. */
export function stillIn({ runners, reference, protocol }: Course): Runner[] {
  const freshest = freshestOf(runners, reference, protocol.isHearsay);
  return runners.filter((runner) => {
    const { visit, proof, rateFault } = runner;
    const isGood = visit.servedAt !== null && (proof === null || proof.reason === null) && rateFault === null;
    return isGood && (behindBy(runner, freshest) ?? 0) <= protocol.allowedLag;
  });
}

/** Nearest first. */
export function byLatency(a: Runner, b: Runner): number {
  return (a.visit.latencyMs ?? Number.POSITIVE_INFINITY) - (b.visit.latencyMs ?? Number.POSITIVE_INFINITY);
}

/** Whether it has a large artefact to measure by, and something left of its budget. */
export function mayDownload({ visit }: Runner): boolean {
  return visit.bulk !== null && visit.allowance > 0;
}

/** One that has neither served yet nor failed. */
export function isPending({ proof, visit }: Runner): boolean {
  return proof === null && visit.servedAt === null;
}

/** A runner of whom nothing is known yet. */
function atStart(visit: CountedVisit): Runner {
  const unmeasured = { peak: null, isPeakEarly: false, solo: null, isMeasuredAlone: false, received: 0 };
  return { visit, proof: null, isLate: false, rateFault: null, ...unmeasured, delivered: null, checked: null };
}

/** Everybody at the start. */
export function lineUp(
  candidates: readonly Candidate[],
  protocol: Protocol,
  ports: RacePorts,
  options: RaceOptions,
  deadlines: Pick<Course, "cap" | "proving">,
): Course {
  const budget = { ...usualBudget, ...protocol.budget };
  const reach: Course["reach"] = { nameAt: null, host: false };
  const onReach = (what: "name" | "host") => {
    if (what === "name") reach.nameAt = ports.clock.now();
    else reach.host = true;
  };
  const line = { isBusy: false };
  const about = {
    ...ports,
    isQuiet: () => !line.isBusy,
    isChoice: options.purpose === "choose",
    budget,
    onReach,
    userAgent: protocol.userAgent(options.toolVersion),
    habit: protocol.proxies,
    signal: deadlines.proving.signal,
    forbiddenHosts: options.forbiddenHosts,
  };
  const runners = candidates.map((candidate) => atStart(new CountedVisit(candidate, about)));
  const url = protocol.reference?.url;
  const referee = url === undefined ? null : new CountedVisit({ id: "reference", url, mirror: null }, about);
  const { clock } = ports;
  const base = { runners, protocol, budget, line, reach, isOffline: false, clock, options, referee, ...deadlines };
  const own = { waitedMs: 0, reference: null, isRefereed: referee === null, proofs: Promise.resolve() };
  return { ...base, startedAt: clock.now(), ...own };
}

/** Milliseconds of its own time that a race has used. */
export function spentMs({ clock, startedAt, waitedMs }: Course): number {
  return clock.now() - startedAt - waitedMs;
}

/** Tells how far the race is. */
export function report({ runners, options }: Course, phase: RaceProgress["phase"]): void {
  const settled = runners.filter(({ proof }) => proof !== null);
  const proved = settled.filter(({ proof }) => proof?.reason === null).length;
  const awaited = runners.flatMap(({ proof, visit }) => (proof === null ? [visit.candidate.id] : []));
  options.onProgress({ total: runners.length, proved, rejected: settled.length - proved, awaited, phase });
}
