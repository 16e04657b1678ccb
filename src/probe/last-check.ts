import { type Fault, faultOf } from "./answers.ts";
import { type Course, type Runner, stillIn } from "./course.ts";
import { startDeadline } from "./deadline.ts";
import { Flow } from "./flow.ts";
import { limits } from "./limits.ts";
import { note } from "./share.ts";
import type { Reason } from "./types.ts";
import type { CountedVisit } from "./visit.ts";

const tickMs = 5;

/**
 * The last check: something larger, whole and right, which a download that was stopped early cannot tell; small things again; and, of the winner, a
 * complete stretch of the large artefact. What it finds is noted against the mirror.
 */
export async function deliver(runner: Runner, course: Course): Promise<void> {
  const time = startDeadline(course.clock, checkMs(runner, stillIn(course).length > 1), course.cap.signal);
  const { reason, isWhole } = await checkSmall(runner, course, time.signal);
  // Of the only candidate, to be taken or left, one whole thing is enough.
  const isEnough = isWhole && course.runners.length === 1;
  const outcome = reason ?? (isEnough ? null : await checkStretch(runner, course, time.signal));
  time.end();
  // The race was over before the check could be: that it has not been through it is all that can be said.
  if (outcome === "timeout" && course.cap.signal.aborted) return;
  runner.delivered = "whole";
  if (outcome !== null) runner.rateFault ??= outcome === "timeout" ? "slow" : outcome;
}

/** The same without the stretch, for one that stands behind the winner. That the time is up by then says nothing against it. */
export async function deliverShort(runner: Runner, course: Course, forMs: number): Promise<void> {
  const time = startDeadline(course.clock, Math.min(forMs, checkMs(runner, true)), course.cap.signal);
  const { reason } = await checkSmall(runner, course, time.signal);
  time.end();
  runner.delivered = "short";
  if (reason !== null && reason !== "timeout") runner.rateFault ??= reason;
}

/** How long the check may take: what it should take by what is known of the mirror, three times over. */
function checkMs({ visit, solo, peak }: Runner, hasRivals: boolean): number {
  const rate = Math.max(solo ?? peak ?? limits.usualRate, limits.slowRate);
  const due = limits.finalMs + limits.finalRounds * (visit.latencyMs ?? 0) + (3 * mostOf(hasRivals) * 1000) / rate;
  return Math.min(due, hasRivals ? limits.finalMostMs : limits.finalAloneMs);
}

/** The protocol's own check, and beside it some small things again. `reason` null: nothing wrong; `isWhole`: something was delivered whole. */
async function checkSmall(runner: Runner, course: Course, signal: AbortSignal) {
  const { visit } = runner;
  let isUnderWay = true;
  // Far mirrors are not to be waited for: what is repeated is what fits beside the other check.
  const isWorth = () => isUnderWay || visit.failures.length > 0;
  const asked = course.protocol.lastCheck(visit.until(signal)).then((result) => {
    isUnderWay = false;
    runner.checked = result;
    return result;
  });
  // What is left of the proof comes first: it has the same connection, and tells as much as something repeated.
  const least = runner.proof === null ? 0 : 1;
  while (runner.proof === null && isUnderWay && !signal.aborted) await course.clock.sleep(tickMs, signal);
  const missing = course.budget.evidence - visit.requests;
  const times = { least, most: visit.failures.length > 0 ? limits.repeatsAfterFailure : missing };
  const [own, failure] = await Promise.all([asked, again(visit, times, isWorth, signal)]);
  return { reason: own?.ok === false ? own.reason : (failure?.reason ?? null), isWhole: own !== null };
}

/** Asks for something small again, so many times at least and at the most, and between these as long as `isWorth`. Null: nothing wrong. */
async function again(
  visit: CountedVisit,
  times: { readonly least: number; readonly most: number },
  isWorth: () => boolean,
  signal: AbortSignal,
): Promise<Fault | null> {
  for (let done = 0; done < times.most && (done < times.least || isWorth()); done += 1) {
    if (visit.small === null) return null;
    const { target, options } = visit.small;
    const bad = faultOf(await visit.get(target, { ...options, signal }));
    if (bad !== null) return bad;
  }
  return null;
}

/** One complete stretch, if others could be taken instead and it has not downloaded as much already. */
async function checkStretch(runner: Runner, course: Course, signal: AbortSignal): Promise<Reason | null> {
  const { visit } = runner;
  const wanted = Math.min(stretchOf(runner, course), course.budget.bytes - visit.bytes);
  if (visit.bulk === null || runner.received >= wanted) return null;
  const flow = new Flow(visit, wanted, course.clock, signal);
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
