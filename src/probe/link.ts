/** The client's own line. Races that run at the same time take turns on it with their downloads, or they would measure each other. */
export interface Link {
  /** Resolves when the line is free, first come first served, or when the signal is raised; what it gives back frees the line again. */
  take(signal: AbortSignal): Promise<() => void>;
}

/** A line that nobody has yet. */
export function makeLink(): Link {
  let last: Promise<void> = Promise.resolve();
  return {
    take: async (signal) => {
      const before = last;
      let free = () => {};
      const mine = new Promise<void>((resolve) => {
        free = resolve;
      });
      // Who gives up waiting must not let the next one in before those ahead are done.
      last = Promise.all([before, mine]).then(() => undefined);
      const aborted = new Promise<void>((wake) => signal.addEventListener("abort", () => wake(), { once: true }));
      if (!signal.aborted) await Promise.race([before, aborted]);
      return free;
    },
  };
}
