import { type Course, mayDownload, type Runner, spentMs, stillIn } from "./course.ts";
import { startDeadline } from "./deadline.ts";
import { limits } from "./limits.ts";
import { couldStillCome, mostPromising, outlook } from "./outlook.ts";
import type { Shared } from "./share.ts";
import { Solo } from "./solo.ts";

const tickMs = 10;

/**
 * The promising ones download alone, the most promising first, until no other could still beat the leader by enough to matter. The first goes on
 * with the download it has: its connection is warm, and the line becomes its own. Mirrors that are still proving themselves are waited for as
 * long as they could win: the longer that takes, the less they can.
 */
export async function confirm(course: Course, shared: Shared): Promise<void> {
  const [first] = stillIn(course)
    .filter(({ visit }) => visit.bulk !== null)
    .toSorted((a, b) => outlook(a, course, shared) - outlook(b, course, shared));
  for (const [runner, flow] of shared.flows) if (runner !== first) flow.stop();
  if (first === undefined) return;
  const end = startDeadline(course.clock, confirmingMs(course), course.cap.signal);
  const canGoOn = first.solo === null && (isDownloading(first, shared) || mayDownload(first));
  let solo = canGoOn ? new Solo(first, course, shared, end.signal) : await nextOf(course, shared, end.signal);
  for (let left = limits.solos - 1; solo !== null; left -= 1) {
    const ahead = await measure(solo, course, shared, { end: end.signal, isLast: left === 0 });
    solo = ahead ?? (left === 0 ? null : await nextOf(course, shared, end.signal));
  }
  end.end();
}

function isDownloading(runner: Runner, { flows }: Shared): boolean {
  return flows.get(runner)?.result === null;
}

/** Measures one; gives back the next, which has been started already, if it is still wanted then. */
async function measure(
  solo: Solo,
  course: Course,
  shared: Shared,
  { end, isLast }: { readonly end: AbortSignal; readonly isLast: boolean },
): Promise<Solo | null> {
  let ahead: Solo | null = null;
  solo.begin();
  while (solo.leftMs > 0 && !end.aborted) {
    await course.clock.sleep(tickMs, end);
    solo.look();
    const next = isLast || ahead !== null || !solo.isWarm ? null : mostPromising(course, shared);
    if (next !== null && solo.leftMs <= limits.aheadRounds * (next.visit.latencyMs ?? 0))
      ahead = new Solo(next, course, shared, end);
  }
  solo.end();
  if (ahead === null || (!end.aborted && mostPromising(course, shared, ahead.runner) === ahead.runner)) return ahead;
  ahead.drop();
  return null;
}

/** The next to be measured, as soon as there is one; null where nobody could win any more. */
async function nextOf(course: Course, shared: Shared, end: AbortSignal): Promise<Solo | null> {
  while (!end.aborted) {
    const next = mostPromising(course, shared);
    if (next !== null) return new Solo(next, course, shared, end);
    if (!couldStillCome(course, shared)) return null;
    await course.clock.sleep(tickMs, end);
  }
  return null;
}

/** What is left for confirmations when the last check has its share. A judgement has no hurry. */
function confirmingMs(course: Course): number {
  const { budget, options } = course;
  const untilMs = options.purpose === "choose" ? budget.wallMs - limits.closingMs : options.capMs - limits.finalMs;
  return Math.max(untilMs - spentMs(course), limits.measureMs);
}
