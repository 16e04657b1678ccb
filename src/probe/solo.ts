import type { Course, Runner } from "./course.ts";
import { Flow } from "./flow.ts";
import { limits } from "./limits.ts";
import { note, type Shared } from "./share.ts";

/** One mirror's download with the line to itself: the one it has, when that still goes on, or another. */
export class Solo {
  readonly runner: Runner;
  readonly #course: Course;
  readonly #shared: Shared;
  readonly #flow: Flow;
  /** The rate it had beside the others; null for a download of its own. */
  readonly #sharedRate: number | null;
  readonly #warmUpMs: number;
  readonly #measureMs: number;
  /** When the line became this one's. */
  #begunAt: number;

  /** @param end stops it. */
  constructor(runner: Runner, course: Course, shared: Shared, end: AbortSignal) {
    const { clock } = course;
    const now = clock.now();
    const rtt = runner.visit.roundMs;
    const running = shared.flows.get(runner);
    const goesOn = running?.result === null && running.isOpen;
    this.runner = runner;
    this.#course = course;
    this.#shared = shared;
    this.#flow = goesOn
      ? running
      : new Flow(runner.visit, Math.min(course.budget.soloBytes, runner.visit.allowance), clock, end);
    this.#sharedRate = goesOn ? running.rate(now - limits.steadyWindowMs, now) : null;
    this.#warmUpMs = Math.max(limits.warmUpRounds * rtt, limits.warmUpMs);
    this.#measureMs = Math.max(limits.measureRounds * rtt, limits.measureMs);
    this.#begunAt = now;
  }

  /** The line is this one's from now on. */
  begin(): void {
    this.#begunAt = this.#course.clock.now();
  }

  /** Whether what it has shown so far is more than the beginning. */
  get isWarm(): boolean {
    const from = this.#measuredFrom();
    return from !== null && this.#course.clock.now() - from >= limits.peakMs;
  }

  /** Milliseconds until it has been measured long enough. */
  get leftMs(): number {
    if (this.#flow.result !== null) return 0;
    const from = this.#measuredFrom() ?? this.#course.clock.now() + this.#warmUpMs;
    return Math.max(0, from + this.#measureMs - this.#course.clock.now());
  }

  /** Notes what it has shown so far. */
  look(): void {
    const { clock } = this.#course;
    const flow = this.#flow;
    const until = flow.result === null ? clock.now() : (flow.lastAt ?? clock.now());
    const from = this.#measuredFrom() ?? until;
    const isLong = until - from >= limits.peakMs;
    // One that had all it asked for before the warm-up was over has the rate of what came.
    // Never over less than a window, though: what had waited to be read comes all at once.
    const wholeFrom = Math.min(this.#wholeFrom(), until - limits.peakMs);
    const whole = flow.isComplete ? Math.max(flow.rate(wholeFrom, until), flow.peak()) : 0.85 * flow.peak();
    this.runner.isMeasuredAlone = isLong || flow.isComplete;
    this.runner.solo = isLong ? Math.max(flow.rate(from, until), 0.85 * flow.peak()) : whole;
  }

  /** Ends it, and notes all that it has shown. */
  end(): void {
    this.drop();
    this.look();
    const { runner } = this;
    const { together } = this.#shared;
    if (runner.visit.bulk === null) runner.solo = null;
    if (runner.solo === null || this.#sharedRate === null) return;
    const tookUp = this.#sharedRate < 0.7 * together && Math.abs(runner.solo - together) < 0.08 * together;
    if (tookUp) this.#shared.takenOver = runner.solo;
  }

  /** Ends it without a rate. */
  drop(): void {
    note(this.runner, this.#flow, this.#course);
    this.#flow.stop();
  }

  #wholeFrom(): number {
    return this.#sharedRate === null ? (this.#flow.firstAt ?? this.#begunAt) : this.#begunAt;
  }

  /** When its connection is warm and the others are gone; null while nothing has come. */
  #measuredFrom(): number | null {
    const { firstAt } = this.#flow;
    const rtt = this.runner.visit.roundMs;
    if (this.#sharedRate !== null) return this.#begunAt + Math.max(2 * rtt, limits.takeOverMs);
    return firstAt === null ? null : Math.max(firstAt + this.#warmUpMs, this.#begunAt + limits.takeOverMs);
  }
}
