/** The client's line, where several races run side by side: one at a time may fill it, or each would measure the others. */
export interface Link {
  /** Waits for the line, first come first served, and resolves with what gives it back. Raised while waiting, the signal ends the wait. */
  take(signal: AbortSignal): Promise<() => void>;
}

/** A line that nobody has yet. */
export function makeLink(): Link {
  const waiting: (() => void)[] = [];
  let taken = false;
  const giveBack = () => {
    const next = waiting.shift();
    if (next === undefined) taken = false;
    else next();
  };
  const take = (signal: AbortSignal) =>
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
  return { take };
}

/** Who gives back twice must not give away what another has by then. */
function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
