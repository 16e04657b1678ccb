import type { Random } from "./random.ts";

/** One TCP segment on an Ethernet path, and the first flight of a new connection (RFC 6928), bytes. */
const segment = 1460;
const initialWindow = 10 * segment;
/** What a loss leaves of the window (cubic, RFC 9438). */
const afterLoss = 0.7;
/** Growth per round after an early end of slow start (HyStart++, RFC 9406: a quarter of the usual, less what delayed acknowledgements take). */
const conservative = 1.2;

/** The congestion state of one connection, at its server. It lasts between answers. */
export interface Sender {
  /** Bytes per round trip. */
  window: number;
  phase: "slow-start" | "conservative" | "avoidance";
  /** At which share of the path's capacity slow start ends by itself; infinite: only a loss ends it. */
  readonly earlyAt: number;
}

/** A new connection. `early`: the server watches delays and may leave slow start too soon. */
export function newSender(early: boolean, random: Random): Sender {
  return {
    window: initialWindow,
    phase: "slow-start",
    earlyAt: early ? random.between(0.12, 0.6) : Number.POSITIVE_INFINITY,
  };
}

/** A round went well. `capacity`: what the path holds in one round trip, bytes. */
export function grow(sender: Sender, capacity: number): void {
  if (sender.phase === "slow-start") sender.window *= 2;
  else if (sender.phase === "conservative") sender.window *= conservative;
  else sender.window += segment;
  if (sender.phase === "slow-start" && sender.window >= sender.earlyAt * capacity) {
    sender.window = Math.max(initialWindow, sender.earlyAt * capacity);
    sender.phase = "conservative";
  }
  if (sender.phase === "conservative" && sender.window >= capacity) sender.phase = "avoidance";
}

/** A round overflowed a queue. */
export function lose(sender: Sender): void {
  sender.window = Math.max(2 * segment, sender.window * afterLoss);
  sender.phase = "avoidance";
}
