import { setMaxListeners } from "node:events";
import type { Clock } from "../ports/types.ts";

/** A signal that is raised after some time, or with another one; the time can be drawn nearer. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether it was drawn nearer. */
  readonly drawn: boolean;
  /** Raises the signal this many milliseconds from now, if that is sooner. */
  sooner(milliseconds: number): void;
  /** Raises the signal now, and forgets all timers. */
  end(): void;
}

export function startDeadline(clock: Clock, milliseconds: number, outer: AbortSignal): Deadline {
  const raised = new AbortController();
  // One signal ends the requests to every mirror; Node takes more than ten listeners for a leak.
  setMaxListeners(0, raised.signal);
  let drawn = false;
  const end = () => {
    raised.abort();
    outer.removeEventListener("abort", end);
  };
  const arm = (wait: number) => void clock.sleep(wait, raised.signal).then(end);
  outer.addEventListener("abort", end, { once: true });
  if (outer.aborted) end();
  arm(milliseconds);
  return {
    signal: raised.signal,
    get drawn() {
      return drawn;
    },
    sooner: (wait) => {
      drawn = true;
      arm(wait);
    },
    end,
  };
}
