import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";

/** How a host's network behaves. Times in milliseconds. */
export interface Link {
  readonly rttMs: number;
  readonly thinkMs: number;
  readonly bytesPerSecond: number;
}

/** One TCP segment on an Ethernet path, in bytes. */
const segment = 1460;
/** Ten segments: the first flight of a new connection (https://www.rfc-editor.org/rfc/rfc6928). */
const initialWindow = 10 * segment;
/** Timers are no finer than this, in milliseconds; what is due is computed from the clock, so nothing drifts. */
const finestTick = 4;

/** What each connection may send per round trip; it keeps this between replies, as a warm connection does. */
const windows = new WeakMap<Socket, number>();

/** Waits until `performance.now()` has reached `due`. The timer keeps no process alive: the sockets do. */
async function pauseUntil(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
    await new Promise<void>((resolve) => setTimeout(resolve, Math.ceil(left)).unref());
  }
}

/** Waits for so many round trips, and so much longer. */
export async function pauseFor(link: Link, roundTrips: number, extraMs = 0): Promise<void> {
  await pauseUntil(performance.now() + roundTrips * link.rttMs + extraMs);
}

/**
 * Lets a body out as TCP would: ten segments, then twice as much every round trip until the rate fills the round trip,
 * then at the rate. `send` sends up to so many bytes and tells whether there is more.
 */
export async function pace(socket: Socket, link: Link, send: (bytes: number) => Promise<boolean>): Promise<void> {
  const ceiling = Math.max(segment, (link.bytesPerSecond * link.rttMs) / 1000);
  let window = Math.min(windows.get(socket) ?? initialWindow, ceiling);
  let due = performance.now();
  while (window < ceiling) {
    if (!(await send(Math.floor(window)))) return;
    window = Math.min(ceiling, window * 2);
    windows.set(socket, window);
    due += link.rttMs;
    await pauseUntil(due);
  }
  await sendAtRate(link.bytesPerSecond, send);
}

/** Sends what the clock says is due, tick by tick. */
async function sendAtRate(bytesPerSecond: number, send: (bytes: number) => Promise<boolean>): Promise<void> {
  const tick = Math.max(finestTick, Math.min(100, (segment / bytesPerSecond) * 1000));
  const start = performance.now() - tick;
  let sent = 0;
  let due = performance.now();
  for (;;) {
    const bytes = Math.floor(((performance.now() - start) / 1000) * bytesPerSecond) - sent;
    if (bytes > 0 && !(await send(bytes))) return;
    sent += Math.max(0, bytes);
    due = Math.max(due + tick, performance.now());
    await pauseUntil(due);
  }
}
