import { byLatency, type Course, isPending, type Runner, report, stillIn } from "./course.ts";
import { limits } from "./limits.ts";

/** Milliseconds between two looks at the field; of one who waits for a turn while others download. */
const tickMs = 5;
const turnMs = 100;

/**
 * Starts the proofs side by side, and returns when the downloads may begin: when nobody is left to wait for, or, when choosing, as soon as
 * enough mirrors have served or the first has waited long enough. Proofs that are still running then go on.
 */
export async function prove(course: Course): Promise<void> {
  const runs = proveAll(course);
  const referee = askReference(course);
  course.proofs = runs.then(async () => {
    // Everybody is done: one who is only to compare them by has not much longer.
    await Promise.race([referee, course.clock.sleep(limits.refereeMs, course.proving.signal)]);
    course.isRefereed = true;
    course.proving.end();
  });
  void giveUpOffline(course);
  if (course.options.purpose !== "choose") return course.proofs;
  await Promise.race([course.proofs, gate(course)]);
}

/** All of them, but no more than so many begin at a time: who is over that waits for a turn, and has none while the line is filled. */
async function proveAll(course: Course): Promise<void> {
  const { clock, proving, runners } = course;
  const waiting = [...runners];
  const runs: Promise<void>[] = [];
  const takeTurns = async () => {
    for (let runner = waiting.shift(); runner !== undefined && !proving.signal.aborted; runner = waiting.shift()) {
      const run = proveOne(runner, course);
      runs.push(run);
      if (waiting.length > 0) await Promise.race([run, clock.sleep(limits.abreastMs, proving.signal)]);
      while (waiting.length > 0 && isLineFilled(course)) await clock.sleep(turnMs, proving.signal);
    }
  };
  await Promise.all(Array.from({ length: limits.abreast }, takeTurns));
  await Promise.all(runs);
}

/** Whether others are being measured, of whom somebody may be taken. */
function isLineFilled(course: Course): boolean {
  return course.line.isBusy && !course.proving.signal.aborted && stillIn(course).length > 0;
}

/** A proof that was cut off because others were far ahead, or whose turn came when more than half the time was up, proves nothing: the runner is `unfinished`. */
async function proveOne(runner: Runner, course: Course): Promise<void> {
  const { clock, startedAt, proving } = course;
  const beganAt = clock.now();
  const proof = await course.protocol.prove(runner.visit);
  const isCutOff = proving.signal.aborted && proof.reason === "timeout";
  const isLate = clock.now() - beganAt < beganAt - startedAt;
  if (isCutOff && course.isOffline) runner.proof = { ...proof, reason: "connect", findings: ["connect"] };
  else if (isCutOff && !proving.drawn && isLate) runner.isLate = true;
  else if (!(isCutOff && proving.drawn)) runner.proof = proof;
  hangUp(runner, course);
  report(course, "prove");
}

/** Closes the connections that nobody will need: of one who lost, and in a large field of all but the nearest. */
function hangUp(runner: Runner, course: Course): void {
  if (runner.proof !== null && runner.proof.reason !== null) runner.visit.close();
  if (course.runners.length <= limits.abreast || course.line.isBusy) return;
  const done = stillIn(course).filter(({ proof }) => proof !== null);
  for (const { visit } of done.toSorted(byLatency).slice(limits.keptOpen)) visit.rest();
}

/** Ends the proofs when the network gives no sign of life at all: what vanishes into it would take all the time there is. */
async function giveUpOffline(course: Course): Promise<void> {
  const { clock, proving, reach, startedAt } = course;
  while (!proving.signal.aborted && !reach.host && !course.runners.some(isAnswered)) {
    const due = Math.max(startedAt + limits.offlineMs, (reach.nameAt ?? startedAt) + limits.offlineAfterNameMs);
    if (clock.now() >= due) {
      course.isOffline = true;
      proving.end();
    } else await clock.sleep(due - clock.now(), proving.signal);
  }
}

/** Whether somebody on the network has said something about a mirror, be it no. */
function isAnswered({ proof }: Runner): boolean {
  const detail = proof?.detail ?? null;
  const code = detail?.code === "no-connection" ? detail.args.code : null;
  const isUnreachable = code === "ENETUNREACH" || code === "EHOSTUNREACH";
  return proof !== null && proof.reason !== "dns" && !isUnreachable;
}

async function askReference(course: Course): Promise<void> {
  const { referee, protocol } = course;
  if (referee === null || protocol.reference === null) return;
  course.reference = await protocol.reference.position(referee);
  course.isRefereed = true;
}

async function gate(course: Course): Promise<void> {
  const { clock, proving, startedAt } = course;
  while (!proving.signal.aborted) {
    const elapsed = clock.now() - startedAt;
    const first = firstServedMs(course);
    if (first !== null && isOpen(course, elapsed, first)) return;
    await clock.sleep(tickMs, proving.signal);
  }
}

function firstServedMs({ runners, startedAt }: Course): number | null {
  const times = runners.flatMap(({ visit }) => (visit.servedAt === null ? [] : [visit.servedAt - startedAt]));
  return times.length === 0 ? null : Math.min(...times);
}

function isOpen(course: Course, elapsed: number, first: number): boolean {
  const inRace = stillIn(course).length;
  const pending = course.runners.filter(isPending).length;
  const { gateFactor, gateMs, gateMostMs } = limits;
  const wait = Math.min(Math.max(gateFactor * first, first + gateMs), first + gateMostMs);
  const [waited, waitedTwice] = [elapsed > wait, elapsed > 2 * wait];
  return (
    inRace >= limits.field || (inRace > 0 && pending === 0) || (inRace >= 2 && waited) || (inRace > 0 && waitedTwice)
  );
}
