import type { Clock, HttpPort } from "../ports/types.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { limits } from "./limits.ts";
import { behindBy, freshestOf, type Runner, rank } from "./rank.ts";
import { measureRate } from "./rate.ts";
import type { Candidate, Protocol, RaceProgress, RaceResult } from "./types.ts";
import { CountedVisit, round } from "./visit.ts";

/** How a race is to be run. */
export interface RaceOptions {
  readonly capMs: number;
  /** `choose`: stop those that can no longer win. `judge`: hear everybody out, up to the cap. `prove`: the same, without measuring rates. */
  readonly purpose: "choose" | "judge" | "prove";
  readonly toolVersion: string | null;
  readonly forbiddenHosts: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RaceProgress) => void;
}

export interface RacePorts {
  readonly http: HttpPort;
  readonly clock: Clock;
}

/** What the phases share. */
interface Course {
  readonly runners: Runner[];
  readonly referee: CountedVisit | null;
  readonly protocol: Protocol;
  readonly clock: Clock;
  readonly options: RaceOptions;
  reference: number | null;
}

/**
 * All mirrors at once: each proves itself, then the best of those that did are measured side by side, then they are ranked.
 * Every socket is closed when it returns.
 */
export async function race(
  candidates: readonly Candidate[],
  protocol: Protocol,
  ports: RacePorts,
  options: RaceOptions,
): Promise<RaceResult> {
  const start = ports.clock.now();
  const cap = startDeadline(ports.clock, options.capMs, options.signal);
  const proving = startDeadline(ports.clock, provingMs(options), cap.signal);
  const course = setUp(candidates, protocol, ports, options, proving.signal);
  const visits = [...course.runners.map(({ visit }) => visit), ...(course.referee === null ? [] : [course.referee])];
  try {
    await proveAll(course, proving);
    await rateBest(course, cap.signal);
    const yardstick = {
      weights: protocol.weights,
      allowedLag: protocol.allowedLag,
      lagUnit: protocol.lagUnit,
      reference: course.reference,
    };
    return {
      standings: rank(course.runners, yardstick),
      lagUnit: protocol.lagUnit,
      elapsedMs: round(ports.clock.now() - start),
      requests: visits.reduce((sum, visit) => sum + visit.requests, 0),
      bytes: visits.reduce((sum, visit) => sum + visit.bytes, 0),
    };
  } finally {
    proving.end();
    cap.end();
    for (const visit of visits) visit.close();
  }
}

/** What is left of the whole time once the rates have been given theirs; never less than half. */
function provingMs({ capMs, purpose }: RaceOptions): number {
  return purpose === "prove" ? capMs : Math.max(capMs - limits.rateMs, capMs / 2);
}

function setUp(
  candidates: readonly Candidate[],
  protocol: Protocol,
  ports: RacePorts,
  options: RaceOptions,
  signal: AbortSignal,
): Course {
  const userAgent = protocol.userAgent(options.toolVersion);
  const about = { ...ports, userAgent, signal, forbiddenHosts: options.forbiddenHosts };
  const runners = candidates.map((candidate): Runner => {
    return { visit: new CountedVisit(candidate, about), proof: null, bytesPerSecond: null, rateFault: null };
  });
  const url = protocol.reference?.url;
  const referee = url === undefined ? null : new CountedVisit({ id: "reference", url, mirror: null }, about);
  return { runners, referee, protocol, clock: ports.clock, options, reference: null };
}

/** Runs all proofs side by side. When choosing, the first to prove itself sets the time that the others have; who is late then is `unfinished`. */
async function proveAll(course: Course, proving: Deadline): Promise<void> {
  const { runners, referee, protocol, clock, options } = course;
  const start = clock.now();
  const runs = runners.map(async (runner) => {
    const proof = await protocol.prove(runner.visit);
    const cutOff = proving.signal.aborted && proof.reason === "timeout";
    if (cutOff && proving.drawn) return;
    runner.proof = proof;
    if (proof.reason === null && options.purpose === "choose" && !proving.drawn)
      proving.sooner(graceAfter(clock.now() - start));
    options.onProgress(progressOf(course, "prove"));
  });
  const refereed = async () => {
    if (referee !== null && protocol.reference !== null) course.reference = await protocol.reference.position(referee);
  };
  await Promise.all([...runs, refereed()]);
  proving.end();
}

function graceAfter(elapsed: number): number {
  const whole = limits.graceFactor * elapsed + limits.graceMs;
  return Math.min(Math.max(whole, limits.graceLeastMs), limits.graceMostMs) - elapsed;
}

/** Measures the rate of the best proved ones, side by side. One alone has nobody to be compared with when choosing. */
async function rateBest(course: Course, outer: AbortSignal): Promise<void> {
  const { runners, protocol, clock, options } = course;
  const { bulk } = protocol;
  const freshest = freshestOf(runners, course.reference);
  const isFresh = (runner: Runner) => (behindBy(runner, freshest) ?? 0) <= protocol.allowedLag;
  const proved = runners.filter((runner) => runner.proof?.reason === null && isFresh(runner));
  const unneeded = options.purpose === "prove" || (proved.length === 1 && options.purpose === "choose");
  if (bulk === null || proved.length === 0 || unneeded) return;
  options.onProgress(progressOf(course, "rate"));
  const best = proved.toSorted((a, b) => latency(a) - latency(b)).slice(0, limits.rated);
  const window = startDeadline(clock, limits.rateMs, outer);
  await Promise.all(
    best.map((runner) =>
      runner.visit.stage("rate", async () => {
        const { bytesPerSecond, fault } = await measureRate(runner.visit, bulk, clock, window.signal);
        Object.assign(runner, { bytesPerSecond, rateFault: fault });
        return { ok: fault === null };
      }),
    ),
  );
  window.end();
}

function latency({ visit }: Runner): number {
  return visit.latencyMs ?? Number.POSITIVE_INFINITY;
}

function progressOf({ runners }: Course, phase: RaceProgress["phase"]): RaceProgress {
  const settled = runners.filter(({ proof }) => proof !== null);
  const proved = settled.filter(({ proof }) => proof?.reason === null).length;
  return { total: runners.length, proved, rejected: settled.length - proved, phase };
}
