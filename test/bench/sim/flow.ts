import type { Random } from "./random.ts";
import type { Sender } from "./sender.ts";

/** What is to be carried from one host to us. */
export interface Cargo {
  readonly sender: Sender;
  readonly bytes: number;
  /** What the host sends at the most, bytes a second, before noise. */
  readonly rate: number;
  readonly rttMs: number;
  readonly random: Random;
  /** Told of every piece that comes in; null where nobody listens, which is cheaper. */
  readonly onPiece: ((bytes: number) => void) | null;
  readonly onEnd: () => void;
}

/** A transfer that can be broken off. `came` is what has arrived, whole bytes. */
export interface Flow {
  readonly came: number;
  cancel(): void;
}

/** How much a flow's rate wavers, and for how long it stays: shares of the rate, milliseconds. */
const waver = 0.08;
export const waverMs = 120;
/** The queue before the shared link, and before each host's own: drop-tail, milliseconds. */
export const queueMs = 80;
/** A piece is what comes in some 10 ms: no less than a segment, no more than one read of a socket. */
const pieceMs = 10;
const smallestPiece = 1460;
const largestPiece = 16_384;

/** A flow as the link keeps it. */
export interface State extends Cargo {
  /** Bytes that have arrived, with fractions; and those that were told. */
  moved: number;
  told: number;
  /** Bytes of this round that are under way, when the round began, and how many it had. */
  burst: number;
  round: number;
  roundBytes: number;
  /** Bytes a second: what the host offers now, and what the link lets through. */
  offer: number;
  share: number;
  waverUntil: number;
}

/** The rate of the next while: no server sends evenly. */
export function wavered({ rate, random }: State): number {
  return rate * Math.exp(waver * random.normal());
}

/** How much is told at a time, bytes. */
export function pieceOf({ share }: State): number {
  return Math.min(largestPiece, Math.max(smallestPiece, (share * pieceMs) / 1000));
}

/** When something about a flow will change by itself, milliseconds of the clock. */
export function nextChange(flow: State, now: number): number {
  if (flow.burst < 0.5) return Math.max(now, flow.round + flow.rttMs);
  if (flow.share <= 0) return Number.POSITIVE_INFINITY;
  const wanted = flow.onPiece === null ? flow.burst : Math.min(flow.burst, flow.told + pieceOf(flow) - flow.moved);
  return now + Math.max(0, wanted / flow.share) * 1000;
}

/** Max-min fair shares: nobody gets more than it offers, and what one leaves is for the others. */
export function divide(flows: ReadonlySet<State>, capacity: number): void {
  const active = [...flows].filter(({ burst }) => burst >= 0.5).sort((a, b) => a.offer - b.offer);
  for (const flow of flows) flow.share = 0;
  let left = capacity;
  active.forEach((flow, index) => {
    flow.share = Math.min(flow.offer, left / (active.length - index));
    left -= flow.share;
  });
}
