import { type Course, type Runner, spentMs, stillIn } from "./course.ts";
import { startDeadline } from "./deadline.ts";
import { Flow } from "./flow.ts";
import { limits } from "./limits.ts";
import { installSeconds, isBlemished } from "./rank.ts";
import { note } from "./share.ts";
import type { Reason } from "./types.ts";

const tickMs = 5;

/**
 * The winner's last check: something larger, whole and right. A download that was stopped early cannot tell a mirror that breaks off, or that serves
 * its larger files from another place. If it fails, the next in line is checked.
 */
export async function settle(course: Course): Promise<void> {
  while (!course.cap.signal.aborted) {
    const leader = leaderOf(course);
    if (leader === null) return;
    if (!leader.delivered) await deliver(leader, course);
    else if (leader.proof === null || !(course.isRefereed || isOverdue(course)))
      await course.clock.sleep(tickMs, course.cap.signal);
    else return;
  }
  // The time is up: whoever has not been through the check cannot be the winner.
  for (let leader = leaderOf(course); leader?.delivered === false; leader = leaderOf(course)) leader.rateFault = "slow";
}

/** The reference is waited for, but not for long. */
function isOverdue(course: Course): boolean {
  return spentMs(course) > course.budget.wallMs - limits.closingMs;
}

/** Who would be first in the ranking, of those against whom nothing is known, whether their proof is complete already or not. */
function leaderOf(course: Course): Runner | null {
  const cost = ({ visit, solo, peak }: Runner) =>
    installSeconds(visit.latencyMs, solo ?? peak, course.protocol.weights) ?? Number.POSITIVE_INFINITY;
  const [leader] = stillIn(course).toSorted(
    (a, b) =>
      Number(isBlemished(a)) - Number(isBlemished(b)) ||
      cost(a) - cost(b) ||
      (a.visit.latencyMs ?? 0) - (b.visit.latencyMs ?? 0),
  );
  return leader ?? null;
}

async function deliver(runner: Runner, course: Course): Promise<void> {
  const time = startDeadline(course.clock, checkMs(runner, stillIn(course).length > 1), course.cap.signal);
  const outcome = await checkOnce(runner, course, time.signal);
  time.end();
  runner.delivered = true;
  if (outcome !== null) runner.rateFault ??= outcome === "timeout" ? "slow" : outcome;
}

/** How long the check may take: what it should take by what is known of the mirror, three times over. */
function checkMs({ visit, solo, peak }: Runner, hasRivals: boolean): number {
  const rate = Math.max(solo ?? peak ?? limits.usualRate, limits.slowRate);
  const due = limits.finalMs + limits.finalRounds * (visit.latencyMs ?? 0) + (3 * mostOf(hasRivals) * 1000) / rate;
  return Math.min(due, hasRivals ? limits.finalMostMs : limits.finalAloneMs);
}

/**
 * The protocol's own check, and, if others could be taken instead and it has not downloaded as much already, one complete stretch of the large
 * artefact. Null: nothing wrong.
 */
async function checkOnce(runner: Runner, course: Course, signal: AbortSignal): Promise<Reason | null> {
  const { visit } = runner;
  const repeats = visit.failures.length > 0 ? limits.repeatsAfterFailure : limits.repeats;
  const left = course.budget.requests - limits.closingRequests + limits.repeats - visit.requests;
  const [own, failure] = await Promise.all([
    course.protocol.lastCheck(visit.until(signal)),
    visit.again(Math.min(repeats, left), signal),
  ]);
  if (own?.ok === false) return own.reason;
  if (failure !== null) return failure.reason;
  const wanted = Math.min(stretchOf(runner, course), course.budget.bytes - visit.bytes);
  if (runner.visit.bulk === null || runner.received >= wanted || (own !== null && course.runners.length === 1))
    return null;
  const flow = new Flow(runner.visit, wanted, course.clock, signal);
  const result = await flow.ended;
  note(runner, flow, course);
  return !result.ok && result.code === "stopped" ? "timeout" : runner.rateFault;
}

/**
 * How much a stretch has to be: what tells a mirror that breaks off, but no more than a slow line carries in reasonable time. The only one left has
 * to bring more: where nobody is better, chances are that it is bad too.
 */
function stretchOf({ solo, peak }: Runner, course: Course): number {
  const hasRivals = stillIn(course).length > 1;
  const ms = hasRivals ? limits.finalStretchMs : limits.finalAloneStretchMs;
  const affordable = ((solo ?? peak ?? limits.usualRate) * ms) / 1000;
  return Math.round(Math.min(Math.max(affordable, limits.finalLeastBytes), mostOf(hasRivals)));
}

function mostOf(hasRivals: boolean): number {
  return hasRivals ? limits.finalBytes : limits.finalAloneBytes;
}

/** What the ranking needs to know beside the runners. */
export function yardstickOf({ protocol, reference }: Course) {
  const { weights, allowedLag, lagUnit } = protocol;
  return { weights, allowedLag, lagUnit, reference };
}
