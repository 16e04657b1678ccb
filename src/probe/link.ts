import type { Clock } from "../ports/types.ts";
import { limits } from "./limits.ts";

/**
 * The client's line, where several races run side by side: one at a time may fill it, or each would measure the others. And none fills it while another
 * still measures latencies, which would grow with every download.
 */
export interface Link {
  /** Somebody is going to race. All of them join before the first begins. */
  join(): Seat;
}

/** One race's part in it. */
export interface Seat {
  /**
   * Says that the latencies are known, waits until all others have said so or left, for a bounded time, and then for the line, first come first served.
   * Resolves with what gives it back. Raised while waiting, the signal ends the wait.
   */
  take(signal: AbortSignal): Promise<() => void>;
  /** There is nothing more to wait for. */
  leave(): void;
}

/** A line that nobody has yet. */
export function makeLink(clock: Clock): Link {
  const seats = new Set<Seat>();
  let quiet = new AbortController();
  const line = makeLine();
  const join = () => {
    if (quiet.signal.aborted) quiet = new AbortController();
    const leave = () => {
      seats.delete(seat);
      if (seats.size === 0) quiet.abort();
    };
    const take = async (signal: AbortSignal) => {
      leave();
      await clock.sleep(limits.quietMs, AbortSignal.any([quiet.signal, signal]));
      return line(signal);
    };
    const seat: Seat = { take, leave };
    seats.add(seat);
    return seat;
  };
  return { join };
}

/** Whoever asks for it has it in turn. */
function makeLine(): Seat["take"] {
  const waiting: (() => void)[] = [];
  let taken = false;
  const giveBack = () => {
    const next = waiting.shift();
    if (next === undefined) taken = false;
    else next();
  };
  return (signal) =>
    new Promise<() => void>((resolve) => {
      if (signal.aborted) return resolve(() => undefined);
      const own = () => {
        signal.removeEventListener("abort", leave);
        resolve(once(giveBack));
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(own), 1);
        resolve(() => undefined);
      };
      if (!taken) {
        taken = true;
        return resolve(once(giveBack));
      }
      signal.addEventListener("abort", leave, { once: true });
      waiting.push(own);
    });
}

/** Who gives back twice must not give away what another has by then. */
function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
