import { type Course, isPending, mayDownload, type Runner, stillIn } from "./course.ts";
import { limits } from "./limits.ts";
import { installSeconds } from "./rank.ts";
import type { Shared } from "./share.ts";

/** Expected install time by what is known before a solo: strong ones could have the whole line, weak ones have shown what they can. */
export function outlook(runner: Runner, course: Course, { together }: Shared): number {
  const relative = relativePeak(runner, course);
  const peak = runner.peak ?? together;
  return seconds(runner, relative >= 0.35 ? Math.max(0.95 * together, peak) : 1.3 * peak, course);
}

/** Its share of the best one's peak. One that came too late to share the line, or had only begun to, has shown nothing yet. */
function relativePeak({ peak, isPeakEarly }: Runner, { runners }: Course): number {
  const best = Math.max(...runners.map((runner) => runner.peak ?? 0));
  return peak === null || best === 0 || isPeakEarly ? 0.9 : peak / best;
}

function seconds({ visit }: Runner, rate: number, { protocol }: Course): number {
  return installSeconds(visit.latencyMs, rate, protocol.weights) ?? Number.POSITIVE_INFINITY;
}

/** The one that at its very best would beat the leader by enough; null when there is none. `begun`: who is downloading for it already. */
export function mostPromising(course: Course, shared: Shared, begun: Runner | null = null): Runner | null {
  const others = stillIn(course)
    .filter((runner) => runner.solo === null && (runner === begun || mayDownload(runner)))
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

/**
 * Whether one that was asked and has not served yet could be the best of all: to serve takes several rounds, so its latency is no less than a part of the
 * time gone.
 */
export function couldStillCome(course: Course, shared: Shared): boolean {
  const isAwaited = course.runners.some((runner) => isPending(runner) && runner.visit.requests > 0);
  if (!isAwaited || course.options.purpose !== "choose") return false;
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
