import { faultOf, isMissing } from "./answers.ts";
import { byLatency, type Course, mayDownload, type Runner, report, stillIn } from "./course.ts";
import { startDeadline } from "./deadline.ts";
import { Flow } from "./flow.ts";
import { limits } from "./limits.ts";

const tickMs = 10;

/** What the shared phase leaves behind for the next. */
export interface Shared {
  /** Bytes a second that all of them had together at the end: what the client's own line carries, or less. */
  readonly together: number;
  /** Downloads that still go on, by runner. */
  readonly flows: ReadonlyMap<Runner, Flow>;
  /** What the client's line carries, when one mirror took up alone what all had together; null while that is not known. */
  takenOver: number | null;
}

/**
 * The nearest mirrors download side by side for a short time. A mirror that is slow shows it, since the others leave it room; of the strong ones it
 * gives a lower bound, because they share the client's line.
 */
export async function share(course: Course): Promise<Shared> {
  report(course, "rate");
  const { clock, cap, budget } = course;
  const field = stillIn(course).filter(mayDownload).toSorted(byLatency).slice(0, limits.field);
  const end = startDeadline(clock, limits.sharedMostMs, cap.signal);
  const start = ({ visit }: Runner) =>
    new Flow(visit, Math.min(budget.sharedBytes, visit.allowance), clock, cap.signal);
  const flows = new Map(field.map((runner) => [runner, start(runner)]));
  const open = [...flows.values()];
  const rounds = limits.sharedRounds * Math.max(...field.map(({ visit }) => visit.roundMs));
  const least = Math.min(Math.max(rounds, limits.sharedLeastMs), limits.sharedMostMs);
  while (!end.signal.aborted && open.some(({ result }) => result === null)) {
    const isOld = open.every(({ startedAt }) => clock.now() - startedAt >= least);
    if (isOld && isSteady(open, clock.now())) break;
    await clock.sleep(tickMs, end.signal);
  }
  end.end();
  for (const [runner, flow] of flows) {
    note(runner, flow, course);
    runner.isPeakEarly = flow.isStarting(runner.visit.latencyMs ?? 0);
    // One that had all it may have is known as well as it can be.
    if (flow.isComplete && !mayDownload(runner)) runner.solo = runner.peak;
  }
  return { together: sumOfRates(open, clock.now()), flows, takenOver: null };
}

/** Their sum no longer grows, or one has all it asked for. */
function isSteady(flows: readonly Flow[], now: number): boolean {
  const { steadyWindowMs: window, steadyGrowth } = limits;
  const rate = (from: number, to: number) => flows.reduce((sum, flow) => sum + flow.rate(from, to), 0);
  const before = rate(now - 2 * window, now - window);
  return flows.some(({ isComplete }) => isComplete) || (before > 0 && rate(now - window, now) < steadyGrowth * before);
}

/** Of flows that have ended, what they had; of the others, what they have now. */
function sumOfRates(flows: readonly Flow[], now: number): number {
  return flows.reduce((sum, flow) => {
    const until = flow.result === null ? now : (flow.lastAt ?? now);
    return sum + flow.rate(until - limits.steadyWindowMs, until);
  }, 0);
}

/** Writes down what a download showed of its runner: a rate, a fault, or nothing (it has not this artefact). */
export function note(runner: Runner, flow: Flow, { protocol }: Course): void {
  const { result } = flow;
  if (result !== null && isMissing(result)) runner.visit.bulk = null;
  if (runner.visit.bulk === null) return;
  if (flow.bytes > 0) runner.peak = Math.max(runner.peak ?? 0, flow.peak());
  runner.received = Math.max(runner.received, flow.bytes);
  if (result === null || (!result.ok && result.code === "stopped")) return;
  const looksRight = result.ok && protocol.looksRight(result.body);
  runner.rateFault ??= faultOf(result)?.reason ?? (looksRight ? null : "tampered");
}
