import type { Clock, HttpPort, HttpRequest, HttpResult, Phases } from "../../src/ports/types.ts";

/** A clock whose time passes only when everybody waits for it. `run` lets it pass until a step has ended. */
export interface VirtualClock extends Clock {
  run<T>(step: Promise<T>): Promise<T>;
}

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

export function virtualClock(): VirtualClock {
  let now = 0;
  let timers: Timer[] = [];
  const sleep = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve();
      const ring = () => {
        timers = timers.filter((other) => other !== timer);
        signal?.removeEventListener("abort", ring);
        resolve();
      };
      const timer: Timer = { at: now + Math.max(0, milliseconds), ring };
      timers.push(timer);
      signal?.addEventListener("abort", ring, { once: true });
    });
  const run = async <T>(step: Promise<T>): Promise<T> => {
    let ended = false;
    step.then(
      () => (ended = true),
      () => (ended = true),
    );
    for (;;) {
      // Everything here runs in microtasks: when the next turn of the loop begins, all are waiting for time.
      await new Promise((resolve) => setImmediate(resolve));
      if (ended) return step;
      const next = timers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) throw new Error("everybody waits, and for nothing");
      now = Math.max(now, next.at);
      next.ring();
    }
  };
  return { now: () => now, date: () => new Date(Date.UTC(2026, 10, 20) + now), sleep, run };
}

/** How a host of the virtual world is. */
export interface HostScript {
  /** To the first byte of every answer. */
  readonly latencyMs?: number;
  readonly bytesPerSecond?: number;
  readonly daysLeft?: number;
  /** `hang`: never answers. `hang-body`: the head comes, the body never. `refuse`: no connection. A number: that status. */
  readonly fault?: "hang" | "hang-body" | "refuse" | number;
  /** Bodies by path; others are 404. */
  readonly paths: Readonly<Record<string, Uint8Array | string>>;
}

export interface VirtualHttp extends HttpPort {
  /** Sessions that nobody has closed. */
  readonly open: () => number;
  readonly asked: string[];
}

const noPhases: Phases = { dns: null, connect: null, tls: null, firstByte: null };
const pieceBytes = 16 * 1024;

/** Hosts that answer by a script, in virtual time. */
export function virtualHttp(clock: Clock, hosts: Readonly<Record<string, HostScript>>): VirtualHttp {
  const open = new Set<symbol>();
  const asked: string[] = [];
  const session = () => {
    const name = Symbol("session");
    open.add(name);
    const get = (request: HttpRequest) => {
      asked.push(request.url);
      return exchange(clock, hosts[new URL(request.url).host] ?? { fault: "refuse", paths: {} }, request);
    };
    return { get, close: () => void open.delete(name) };
  };
  return { session, open: () => open.size, asked };
}

async function exchange(clock: Clock, host: HostScript, request: HttpRequest): Promise<HttpResult> {
  const { latencyMs = 20, fault, paths } = host;
  await clock.sleep(fault === "hang" ? 1e9 : latencyMs, request.signal);
  if (request.signal.aborted) return failure("stopped", 0);
  if (fault === "refuse") return failure("connect", 0);
  const found = paths[new URL(request.url).pathname];
  const status = typeof fault === "number" ? fault : found === undefined ? 404 : 200;
  const whole = Buffer.from(status === 200 ? (found ?? "") : "");
  const body = whole.subarray(0, request.maxBytes);
  const came = await receive(clock, host, body, request);
  if (came < body.length) return failure("stopped", came);
  return {
    ...{ ok: true, status, headers: {}, body, whole: body.length === whole.length, hops: [request.url], bytes: came },
    ...{ phases: { ...noPhases, firstByte: latencyMs }, certificate: { daysLeft: host.daysLeft ?? 90, issuer: "lab" } },
  };
}

async function receive(clock: Clock, host: HostScript, body: Uint8Array, request: HttpRequest): Promise<number> {
  const { bytesPerSecond = 10_000_000, fault } = host;
  let came = 0;
  while (came < body.length) {
    const piece = Math.min(pieceBytes, body.length - came);
    await clock.sleep(fault === "hang-body" ? 1e9 : (piece * 1000) / bytesPerSecond, request.signal);
    if (request.signal.aborted) break;
    came += piece;
    request.onData?.(piece);
  }
  return came;
}

function failure(code: "stopped" | "connect", bytes: number): HttpResult {
  return { ok: false, code, detail: { code: "no-answer", args: {} }, phases: noPhases, bytes };
}
