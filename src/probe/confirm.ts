import { type Course, isPending, type Runner, spentMs, stillIn } from "./course.ts";
import { startDeadline } from "./deadline.ts";
import { Flow } from "./flow.ts";
import { limits } from "./limits.ts";
import { installSeconds } from "./rank.ts";
import { note, type Shared } from "./share.ts";

const tickMs = 10;

/**
 * The promising ones download alone, the most promising first, until no other could still beat the leader by enough to matter. The first goes on
 * with the download it has: its connection is warm, and the line becomes its own. Mirrors that are still proving themselves are waited for as
 * long as they could win: the longer that takes, the less they can.
 */
export async function confirm(course: Course, shared: Shared): Promise<void> {
  const order = stillIn(course)
    .filter(({ visit }) => visit.bulk !== null)
    .toSorted((a, b) => outlook(a, course, shared) - outlook(b, course, shared));
  const [first] = order;
  for (const [runner, flow] of shared.flows) if (runner !== first) flow.stop();
  if (first === undefined) return;
  const { clock, cap } = course;
  const end = startDeadline(clock, confirmingMs(course), cap.signal);
  await soloOf(first, course, shared, end.signal);
  for (let solos = 1; solos < limits.solos && !end.signal.aborted; ) {
    const next = mostPromising(course, shared);
    if (next !== null) {
      await soloOf(next, course, shared, end.signal);
      solos += 1;
    } else if (couldStillCome(course, shared)) await clock.sleep(tickMs, end.signal);
    else break;
  }
  end.end();
}

/** What is left for confirmations when the last check has its share. A judgement has no hurry. */
function confirmingMs(course: Course): number {
  if (course.options.purpose !== "choose") return course.options.capMs;
  return Math.max(limits.wallMs - limits.closingMs - spentMs(course), limits.measureMs);
}

/** Expected install time by what is known before a solo: strong ones could have the whole line, weak ones have shown what they can. */
function outlook(runner: Runner, course: Course, { together }: Shared): number {
  const relative = relativePeak(runner, course);
  const peak = runner.peak ?? together;
  return seconds(runner, relative >= 0.35 ? Math.max(0.95 * together, peak) : 1.3 * peak, course);
}

function relativePeak({ peak }: Runner, { runners }: Course): number {
  const best = Math.max(...runners.map((runner) => runner.peak ?? 0));
  // One that came too late to share the line has shown nothing yet.
  return peak === null || best === 0 ? 0.9 : peak / best;
}

function seconds({ visit }: Runner, rate: number, { protocol }: Course): number {
  return installSeconds(visit.latencyMs, rate, protocol.weights) ?? Number.POSITIVE_INFINITY;
}

/** The one that at its very best would beat the leader by enough; null when there is none. */
function mostPromising(course: Course, shared: Shared): Runner | null {
  const others = stillIn(course)
    .filter(({ solo, visit }) => solo === null && visit.bulk !== null)
    .map((runner) => ({ runner, best: seconds(runner, ceiling(runner, course, shared), course) }));
  const [next] = others.toSorted((a, b) => a.best - b.best);
  return next !== undefined && next.best < limits.promising * leaderSeconds(course) ? next.runner : null;
}

function leaderSeconds(course: Course): number {
  return Math.min(
    ...stillIn(course).map((runner) =>
      runner.solo === null ? Number.POSITIVE_INFINITY : seconds(runner, runner.solo, course),
    ),
  );
}

/** Whether one that has not served yet could be the best of all: to serve takes several rounds, so its latency is no less than a part of the time gone. */
function couldStillCome(course: Course, shared: Shared): boolean {
  if (!course.runners.some(isPending) || course.options.purpose !== "choose") return false;
  const solos = solosOf(course);
  const rate = knownLine(solos, shared) ?? Math.max(1.3 * shared.together, 2 * Math.max(0, ...solos));
  const latencyMs = (course.clock.now() - course.startedAt) / limits.roundsToServe;
  const best = installSeconds(latencyMs, rate, course.protocol.weights);
  return best !== null && best < limits.promising * leaderSeconds(course);
}

function solosOf({ runners }: Course): number[] {
  return runners.flatMap(({ solo }) => (solo === null ? [] : [solo]));
}

/** The most that a mirror's rate could turn out to be. */
function ceiling(runner: Runner, course: Course, shared: Shared): number {
  const relative = relativePeak(runner, course);
  const peak = runner.peak ?? 0;
  const solos = solosOf(course);
  const best = Math.max(0, ...solos);
  const line = knownLine(solos, shared);
  if (line !== null) return relative >= 0.3 ? 1.03 * line : Math.min(line, 1.6 * peak);
  return relative >= 0.3 ? Math.max(1.3 * shared.together, 2 * peak, 2 * best) : Math.max(2.2 * peak, 0.6 * best);
}

/**
 * What the client's line carries, once that is plain. Either two mirrors had the same alone, and hardly less than all had together: the line held
 * them back and not they themselves. Or one took up alone just what the others left.
 */
function knownLine(solos: readonly number[], { together, takenOver }: Shared): number | null {
  const [first, second] = solos.toSorted((a, b) => b - a);
  if (first !== undefined && second !== undefined && second >= 0.88 * first && second >= 0.85 * together) return first;
  return takenOver;
}

/** Measures one mirror with the line to itself. */
async function soloOf(runner: Runner, course: Course, shared: Shared, end: AbortSignal): Promise<void> {
  const { clock } = course;
  const running = shared.flows.get(runner);
  const rtt = runner.visit.latencyMs ?? 0;
  const goesOn = running?.result === null && running.isOpen;
  const flow = goesOn ? running : new Flow(runner.visit, limits.soloBytes, clock, end);
  const begin = clock.now();
  const sharedRate = goesOn ? flow.rate(begin - limits.steadyWindowMs, begin) : 0;
  const warmUp = goesOn ? Math.max(2 * rtt, limits.takeOverMs) : Math.max(limits.warmUpRounds * rtt, limits.warmUpMs);
  const measure = Math.max(limits.measureRounds * rtt, limits.measureMs);
  let from = goesOn ? begin : null;
  while (flow.result === null && !end.aborted) {
    from ??= flow.firstAt;
    if (from !== null && clock.now() - from >= warmUp + measure) break;
    await clock.sleep(tickMs, end);
  }
  const solo = soloRate(flow, from ?? begin, warmUp, clock.now());
  note(runner, flow, course);
  flow.stop();
  if (runner.visit.bulk === null) return;
  runner.solo = solo;
  const { together } = shared;
  if (goesOn && sharedRate < 0.7 * together && Math.abs(solo - together) < 0.08 * together) shared.takenOver = solo;
}

/** The rate after the warm-up; of a download that had all it asked for before that was over, the rate of what came. */
function soloRate(flow: Flow, from: number, warmUp: number, now: number): number {
  const until = flow.result === null ? now : (flow.lastAt ?? now);
  const warm = from + warmUp;
  if (until - warm >= limits.peakMs) return Math.max(flow.rate(warm, until), 0.85 * flow.peak());
  return flow.isComplete ? Math.max(flow.rate(from, until), flow.peak()) : 0.85 * flow.peak();
}
