import { type Course, type Runner, stillIn } from "./course.ts";
import { startDeadline } from "./deadline.ts";
import { Flow } from "./flow.ts";
import { limits } from "./limits.ts";
import { installSeconds } from "./rank.ts";
import { note } from "./share.ts";
import type { Reason } from "./types.ts";

const tickMs = 5;

/**
 * The winner's last check: something larger, whole and right. A download that was stopped early cannot tell a mirror that breaks off, or that serves
 * its larger files from another place. If it fails, the next in line is checked.
 */
export async function settle(course: Course, path: string): Promise<void> {
  while (!course.cap.signal.aborted) {
    const leader = leaderOf(course);
    if (leader === null) return;
    if (leader.proof === null) await course.clock.sleep(tickMs, course.cap.signal);
    else if (leader.delivered) return;
    else await deliver(leader, course, path);
  }
}

/** The best of those against whom nothing is known, whether their proof is complete already or not. */
function leaderOf(course: Course): Runner | null {
  const cost = ({ visit, solo, peak }: Runner) =>
    installSeconds(visit.latencyMs, solo ?? peak, course.protocol.weights) ?? Number.POSITIVE_INFINITY;
  const [leader] = stillIn(course).toSorted(
    (a, b) => cost(a) - cost(b) || (a.visit.latencyMs ?? 0) - (b.visit.latencyMs ?? 0),
  );
  return leader ?? null;
}

async function deliver(runner: Runner, course: Course, path: string): Promise<void> {
  const time = startDeadline(course.clock, limits.finalMs, course.cap.signal);
  const outcome = await checkOnce(runner, course, path, time.signal);
  time.end();
  runner.delivered = true;
  if (outcome !== null && !course.cap.signal.aborted) runner.rateFault ??= outcome === "timeout" ? "slow" : outcome;
}

/** By the protocol's own check; where it has none, by one complete stretch of the large artefact. Null: nothing wrong. */
async function checkOnce(runner: Runner, course: Course, path: string, signal: AbortSignal): Promise<Reason | null> {
  const own = await course.protocol.lastCheck(runner.visit.until(signal));
  if (own !== null) return own.reason;
  const flow = new Flow(runner.visit, path, limits.finalBytes, course.clock, signal);
  const result = await flow.ended;
  note(runner, flow, course);
  return !result.ok && result.code === "stopped" ? "timeout" : runner.rateFault;
}

/** What the ranking needs to know beside the runners. */
export function yardstickOf({ protocol, reference }: Course) {
  const { weights, allowedLag, lagUnit } = protocol;
  return { weights, allowedLag, lagUnit, reference };
}
