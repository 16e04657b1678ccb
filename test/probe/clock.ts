import type { Clock } from "../../src/ports/types.ts";

/** A clock whose time passes only when everybody waits for it. `run` lets it pass until a step has ended. */
export interface VirtualClock extends Clock {
  run<T>(step: Promise<T>): Promise<T>;
}

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

export function virtualClock(): VirtualClock {
  let now = 0;
  let timers: Timer[] = [];
  const sleep = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve();
      const ring = () => {
        timers = timers.filter((other) => other !== timer);
        signal?.removeEventListener("abort", ring);
        resolve();
      };
      const timer: Timer = { at: now + Math.max(0, milliseconds), ring };
      timers.push(timer);
      signal?.addEventListener("abort", ring, { once: true });
    });
  const advance = () => {
    const next = timers.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined) return false;
    now = Math.max(now, next.at);
    next.ring();
    return true;
  };
  const run = <T>(step: Promise<T>) => runUntilEnded(step, advance);
  return { now: () => now, date: () => new Date(Date.UTC(2026, 10, 20) + now), sleep, run };
}

/** Lets time pass, by `advance`, until a step has ended. */
async function runUntilEnded<T>(step: Promise<T>, advance: () => boolean): Promise<T> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  step.then(end, end);
  for (;;) {
    // Everything here runs in microtasks: when the next turn of the loop begins, all are waiting for time.
    await new Promise((resolve) => setImmediate(resolve));
    if (ended) return step;
    if (!advance()) throw new Error("everybody waits, and for nothing");
  }
}
