import type { Timer, VirtualClock } from "./clock.ts";
import { type Cargo, divide, type Flow, nextChange, pieceOf, queueMs, type State, wavered, waverMs } from "./flow.ts";
import { grow, lose } from "./sender.ts";

/**
 * The line to the client, which all transfers share: a fluid between events. Each sender sends a window of bytes per round trip, at its own
 * rate; the link divides what it can carry fairly, and what it cannot stands in a queue.
 */
export class Link {
  readonly #clock: VirtualClock;
  readonly #capacity: number;
  readonly #flows = new Set<State>();
  #asOf = 0;
  #timer: Timer | null = null;

  /** @param capacity bytes a second; infinite for a line that is no bottleneck. */
  constructor(clock: VirtualClock, capacity: number) {
    this.#clock = clock;
    this.#capacity = capacity;
  }

  get flows(): number {
    return this.#flows.size;
  }

  /** How long a small packet stands in the queue now, milliseconds. */
  get delayMs(): number {
    if (!Number.isFinite(this.#capacity)) return 0;
    this.#advance();
    return Math.min(queueMs, (this.#queued() / this.#capacity) * 1000);
  }

  carry(cargo: Cargo): Flow {
    this.#advance();
    const state: State = {
      ...cargo,
      ...{ moved: 0, told: 0, burst: 0, round: 0, roundBytes: 0, offer: 0, share: 0, waverUntil: 0 },
    };
    this.#flows.add(state);
    this.#beginRound(state);
    this.#settle();
    return {
      get came() {
        return Math.min(state.bytes, Math.floor(state.moved));
      },
      cancel: () => this.#drop(state),
    };
  }

  #drop(state: State): void {
    if (!this.#flows.has(state)) return;
    this.#advance();
    this.#flows.delete(state);
    this.#settle();
  }

  /** Moves everybody on to now. */
  #advance(): void {
    const now = this.#clock.now();
    const seconds = (now - this.#asOf) / 1000;
    this.#asOf = now;
    if (seconds <= 0) return;
    for (const flow of this.#flows) {
      const moved = Math.min(flow.share * seconds, flow.burst);
      flow.burst -= moved;
      flow.moved += moved;
    }
  }

  #beginRound(flow: State): void {
    const now = this.#clock.now();
    flow.round = now;
    flow.roundBytes = flow.sender.window;
    flow.burst = Math.min(flow.sender.window, flow.bytes - flow.moved);
    if (now >= flow.waverUntil) {
      flow.offer = wavered(flow);
      flow.waverUntil = now + waverMs;
    }
  }

  /** Something changed: shares anew, and the moment of the next change. */
  #settle(): void {
    divide(this.#flows, this.#capacity);
    this.#timer?.cancel();
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const flow of this.#flows) next = Math.min(next, nextChange(flow, now));
    this.#timer = Number.isFinite(next) ? this.#clock.after(next - now, () => this.#tick(), true) : null;
  }

  #tick(): void {
    this.#advance();
    for (const flow of [...this.#flows]) if (this.#flows.has(flow)) this.#attend(flow);
    this.#settle();
  }

  /** Tells what came, ends what is complete, begins the next round of who has finished one. */
  #attend(flow: State): void {
    const done = flow.bytes - flow.moved < 0.5;
    const pending = (done ? flow.bytes : Math.floor(flow.moved)) - flow.told;
    const drained = flow.burst < 0.5;
    if (flow.onPiece !== null && pending > 0 && (done || drained || pending >= pieceOf(flow) - 1)) {
      flow.told += pending;
      this.#clock.woke();
      flow.onPiece(pending);
    }
    if (done && this.#flows.delete(flow)) {
      this.#clock.woke();
      flow.onEnd();
    }
    if (!done && drained && this.#clock.now() >= flow.round + flow.rttMs - 1e-6) this.#nextRound(flow);
  }

  #nextRound(flow: State): void {
    const full = flow.sender.window >= (flow.offer * (flow.rttMs + queueMs)) / 1000;
    const crowded = this.#isLarge(flow) && this.#queued() > (this.#capacity * queueMs) / 1000;
    if (full || crowded) lose(flow.sender);
    else grow(flow.sender, (flow.rate * flow.rttMs) / 1000);
    this.#beginRound(flow);
  }

  /** A full queue drops most from who sends most. */
  #isLarge({ sender }: State): boolean {
    let sum = 0;
    for (const flow of this.#flows) sum += flow.sender.window;
    return sender.window * this.#flows.size >= sum;
  }

  /** Bytes before the shared link: of each burst, what came faster than the link let it through. */
  #queued(): number {
    let sum = 0;
    for (const { roundBytes, share, offer, burst } of this.#flows)
      if (share < offer && burst > 0) sum += Math.min(burst, roundBytes * (1 - share / offer));
    return sum;
  }
}
