import type { VirtualClock } from "./clock.ts";

/** A dial under way: whatever it waits for now, and how to call that off. */
export class Attempt {
  cancelled = false;
  readonly #clock: VirtualClock;
  #pending: { cancel(): void } | null = null;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  wait(milliseconds: number, act: () => void): void {
    this.onCancel(this.#clock.after(milliseconds, act));
  }

  onCancel(pending: { cancel(): void }): void {
    if (this.cancelled) pending.cancel();
    this.#pending = pending;
  }

  cancel(): void {
    this.cancelled = true;
    this.#pending?.cancel();
  }
}
