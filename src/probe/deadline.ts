import { setMaxListeners } from "node:events";
import type { Clock } from "../ports/types.ts";

/** A signal that is raised after some time, or with another one; the time can be drawn nearer, or held. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether it was drawn nearer. */
  readonly drawn: boolean;
  /** Raises the signal this many milliseconds from now, if that is sooner. */
  sooner(milliseconds: number): void;
  /** Until what it gives back is called, no time passes for it. */
  hold(): () => void;
  /** Raises the signal now, and forgets all timers. */
  end(): void;
}

export function startDeadline(clock: Clock, milliseconds: number, outer: AbortSignal): Deadline {
  const raised = new AbortController();
  // One signal ends the requests to every mirror; Node takes more than ten listeners for a leak.
  setMaxListeners(0, raised.signal);
  let drawn = false;
  let dueAt = clock.now() + milliseconds;
  /** Only the timer that was set last counts. */
  let timer = 0;
  const end = () => {
    raised.abort();
    outer.removeEventListener("abort", end);
  };
  const arm = () => {
    timer += 1;
    const own = timer;
    void clock.sleep(dueAt - clock.now(), raised.signal).then(() => own === timer && end());
  };
  outer.addEventListener("abort", end, { once: true });
  if (outer.aborted) end();
  arm();
  return {
    signal: raised.signal,
    get drawn() {
      return drawn;
    },
    sooner: (wait) => {
      drawn = true;
      if (clock.now() + wait >= dueAt) return;
      dueAt = clock.now() + wait;
      arm();
    },
    hold: () => {
      const heldAt = clock.now();
      timer += 1;
      return () => {
        dueAt += clock.now() - heldAt;
        arm();
      };
    },
    end,
  };
}
