import { type Course, isPending, type Runner, spentMs, stillIn } from "./course.ts";
import { deliver, deliverShort } from "./last-check.ts";
import { limits } from "./limits.ts";
import { installSeconds, isBlemished } from "./rank.ts";

const tickMs = 5;

/**
 * Makes sure of those that will be taken: the first has proved all, passed the last check and been compared with the reference. If it fails, so must the
 * next in line. Those in the places behind it have their proofs complete, and a short check, as far as the time allows.
 */
export async function settle(course: Course): Promise<void> {
  for (let act = nextAct(course); act !== null && !course.cap.signal.aborted; act = nextAct(course)) await act();
  if (course.options.purpose !== "choose") return;
  // The time is up: whoever has not been through the check cannot be taken. Where nobody is, that is nothing against them.
  for (let [leader] = firstOf(course); leader !== undefined && leader.delivered !== "whole"; [leader] = firstOf(course))
    leader.rateFault = "slow";
}

/** What is to be done before they are sure; null: nothing more. */
function nextAct(course: Course): (() => Promise<void>) | null {
  const { cap, clock, budget } = course;
  const wait = () => clock.sleep(tickMs, cap.signal);
  const [leader, ...others] = firstOf(course);
  // Where everybody so far has failed, somebody may yet come.
  if (leader === undefined) return course.runners.some(isPending) ? wait : null;
  if (leader.delivered !== "whole") return () => deliver(leader, course);
  const leftMs = budget.wallMs - spentMs(course);
  const next = others.find(({ delivered, proof }) => delivered === null || proof === null);
  if (next?.delivered === null && leftMs > 0) return () => deliverShort(next, course, leftMs);
  return !isSure(leader, course) || (next !== undefined && leftMs > 0) ? wait : null;
}

/**
 * Whether the winner has proved all. The reference is waited for: up to the wall, and longer where nobody else could tell that the winner is stale. Where
 * there is none, or it does not say, the other mirrors are that have given a sign of life, up to the wall, until one of them could tell.
 */
function isSure(leader: Runner, course: Course): boolean {
  if (leader.proof === null) return false;
  if (course.reference !== null) return true;
  const isLate = spentMs(course) > course.budget.wallMs - limits.closingMs;
  const isVouched = isVouchedFor(leader, course);
  if (!course.isRefereed) return isLate && isVouched;
  return isVouched || isLate || !course.runners.some(({ proof, visit }) => proof === null && visit.latencyMs !== null);
}

/** Whether another mirror is about as far as this one, or this one cannot be told to be behind at all. */
function isVouchedFor(leader: Runner, { runners, protocol }: Course): boolean {
  const position = leader.proof?.position ?? null;
  if (position === null) return true;
  return runners.some(({ proof }) => {
    const other = proof?.reason === null ? proof.position : null;
    return proof !== leader.proof && other !== null && Math.abs(other - position) <= protocol.allowedLag;
  });
}

/**
 * Who would be taken by the ranking, of those against whom nothing is known, whether their proof is complete already or not. Behind the first, others of
 * its operator come last: they are likely to fail together.
 */
function firstOf(course: Course): Runner[] {
  const cost = ({ visit, solo, peak }: Runner) =>
    installSeconds(visit.latencyMs, solo ?? peak, course.protocol.weights) ?? Number.POSITIVE_INFINITY;
  const [first, ...others] = stillIn(course).toSorted(
    (a, b) =>
      Number(isBlemished(a)) - Number(isBlemished(b)) ||
      cost(a) - cost(b) ||
      (a.visit.latencyMs ?? 0) - (b.visit.latencyMs ?? 0),
  );
  if (first === undefined) return [];
  const operator = ({ visit }: Runner) => visit.candidate.mirror?.operator ?? visit.candidate.id;
  const alike = (runner: Runner) => Number(operator(runner) === operator(first));
  return [first, ...others.toSorted((a, b) => alike(a) - alike(b))].slice(0, course.options.places);
}

/** What the ranking needs to know beside the runners. */
export function yardstickOf({ protocol, reference }: Course) {
  const { weights, allowedLag, lagUnit, isHearsay = false } = protocol;
  return { weights, allowedLag, lagUnit, reference, isHearsay };
}
