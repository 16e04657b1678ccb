import { confirm } from "./confirm.ts";
import { type Course, isPending, lineUp, type RaceOptions, type RacePorts, stillIn } from "./course.ts";
import { startDeadline } from "./deadline.ts";
import { deliverShort } from "./last-check.ts";
import { limits } from "./limits.ts";
import { prove } from "./prove.ts";
import { rank, round } from "./rank.ts";
import { settle, yardstickOf } from "./settle.ts";
import { share } from "./share.ts";
import type { Candidate, Protocol, RaceResult } from "./types.ts";

export type { RaceOptions } from "./course.ts";

/**
 * All mirrors at once: each proves itself; the nearest of those that did download side by side, the most promising alone; the winner delivers
 * one stretch whole. Then they are ranked. Every socket is closed when it returns.
 */
export async function race(
  candidates: readonly Candidate[],
  protocol: Protocol,
  ports: RacePorts,
  options: RaceOptions,
): Promise<RaceResult> {
  const cap = startDeadline(ports.clock, options.capMs, options.signal);
  const proving = startDeadline(ports.clock, provingMs(options), cap.signal);
  const course = lineUp(candidates, protocol, ports, options, { cap, proving });
  const visits = [...course.runners.map(({ visit }) => visit), ...(course.referee === null ? [] : [course.referee])];
  try {
    await prove(course);
    await measure(course);
    await course.proofs;
    return {
      standings: rank(course.runners, yardstickOf(course)),
      lagUnit: protocol.lagUnit,
      elapsedMs: round(ports.clock.now() - course.startedAt),
      requests: visits.reduce((sum, visit) => sum + visit.requests, 0),
      bytes: visits.reduce((sum, visit) => sum + visit.bytes, 0),
    };
  } finally {
    proving.end();
    cap.end();
    for (const visit of visits) visit.close();
  }
}

/** Measures rates, as far as they matter: one mirror alone has nobody to be compared with, and needs only its last check. */
async function measure(course: Course): Promise<void> {
  const { options, proving } = course;
  if (options.purpose === "prove" || stillIn(course).length === 0) return;
  if (options.purpose === "accept") return deliverAll(course);
  const isChoice = options.purpose === "choose";
  const giveBack = await takeLink(course);
  course.line.isBusy = true;
  try {
    const hasRivals = !isChoice || stillIn(course).length > 1 || course.runners.some(isPending);
    if (hasRivals) await confirm(course, await share(course));
    await settle(course);
  } finally {
    giveBack();
  }
  if (isChoice) proving.sooner(0);
}

/** None of them stands behind another: each has its own last check, side by side. */
async function deliverAll(course: Course): Promise<void> {
  await Promise.all(stillIn(course).map((runner) => deliverShort(runner, course, limits.finalAloneMs)));
}

/** Waits until no other race measures latencies, or fills the line. That takes nothing of this one's time; its proofs go on meanwhile. */
async function takeLink(course: Course): Promise<() => void> {
  const { clock, cap, options } = course;
  if (options.seat === null) return () => undefined;
  const [askedAt, resume] = [clock.now(), cap.hold()];
  const giveBack = await options.seat.take(cap.signal);
  course.waitedMs += clock.now() - askedAt;
  resume();
  return giveBack;
}

/** What is left of the whole time once the rates have been given theirs; never less than half. */
function provingMs({ capMs, purpose }: RaceOptions): number {
  return purpose === "prove" ? capMs : Math.max(capMs - limits.sharedMostMs - limits.finalMs, capMs / 2);
}
