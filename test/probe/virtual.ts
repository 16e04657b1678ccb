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

/**
 * `hang`: never answers. `hang-body`: the head comes, the body never. `refuse`: no connection. A number: that status. `breaksAfter`: so many bytes
 * come, then the end. `bytesPerSecond`: at another rate.
 */
export type Fault =
  | "hang"
  | "hang-body"
  | "refuse"
  | number
  | { readonly breaksAfter: number }
  | { readonly bytesPerSecond: number };

/** How a host of the virtual world is. */
export interface HostScript {
  /** To the first byte of every answer. */
  readonly latencyMs?: number;
  /** Name, connection and handshake: before the first answer of a session, and no part of its latency. */
  readonly connectMs?: number;
  readonly bytesPerSecond?: number;
  readonly daysLeft?: number;
  /** Of every answer; `faultOn`: of these paths only. */
  readonly fault?: Fault;
  readonly faultOn?: Readonly<Record<string, Fault>>;
  /** Bodies by path; others are 404. */
  readonly paths: Readonly<Record<string, Uint8Array | string>>;
}

export interface Asked {
  readonly url: string;
  readonly at: number;
}

/** `opened` counts sessions ever opened, `open` those that nobody has closed, `bytes` what came of all bodies. */
export interface VirtualHttp extends HttpPort {
  readonly asked: readonly Asked[];
  readonly seen: { readonly opened: number; readonly open: number; readonly bytes: number };
}

const noPhases: Phases = { dns: null, connect: null, tls: null, firstByte: null };
const pieceBytes = 16 * 1024;

/** Hosts that answer by a script, in virtual time. */
export function virtualHttp(clock: Clock, hosts: Readonly<Record<string, HostScript>>): VirtualHttp {
  const asked: Asked[] = [];
  const seen = { opened: 0, open: 0, bytes: 0 };
  const count = (bytes: number) => void (seen.bytes += bytes);
  const session = () => {
    seen.opened += 1;
    seen.open += 1;
    let [isNew, isOpen] = [true, true];
    const get = async (request: HttpRequest) => {
      asked.push({ url: request.url, at: clock.now() });
      const host = hosts[new URL(request.url).host] ?? { fault: "refuse", paths: {} };
      const connectMs = isNew ? (host.connectMs ?? 0) : 0;
      isNew = false;
      await clock.sleep(connectMs, request.signal);
      return exchange(clock, host, request, count);
    };
    const close = () => {
      seen.open -= isOpen ? 1 : 0;
      isOpen = false;
    };
    return { get, close };
  };
  return { session, asked, seen };
}

async function exchange(clock: Clock, host: HostScript, request: HttpRequest, count: Count): Promise<HttpResult> {
  const { latencyMs = 20, paths } = host;
  const path = new URL(request.url).pathname;
  const fault = host.faultOn?.[path] ?? host.fault;
  await clock.sleep(fault === "hang" ? 1e9 : latencyMs, request.signal);
  if (request.signal.aborted) return failure("stopped", 0);
  if (fault === "refuse") return failure("connect", 0);
  const status = typeof fault === "number" ? fault : paths[path] === undefined ? 404 : 200;
  const whole = Buffer.from(status === 200 ? (paths[path] ?? "") : "");
  const body = whole.subarray(0, request.maxBytes);
  const line = { bytesPerSecond: 10_000_000, breaksAfter: body.length, ...host, ...(isLine(fault) ? fault : {}) };
  const came = await receive(
    clock,
    fault === "hang-body" ? { ...line, bytesPerSecond: 0 } : line,
    body,
    request,
    count,
  );
  if (came < body.length) return failure(request.signal.aborted ? "stopped" : "truncated", came);
  return {
    ...{ ok: true, status, headers: {}, body, whole: body.length === whole.length, hops: [request.url], bytes: came },
    ...{ phases: { ...noPhases, firstByte: latencyMs }, certificate: { daysLeft: host.daysLeft ?? 90, issuer: "lab" } },
  };
}

type Count = (bytes: number) => void;

interface Line {
  readonly bytesPerSecond: number;
  readonly breaksAfter: number;
}

function isLine(fault: Fault | undefined): fault is Exclude<Fault, string | number> {
  return typeof fault === "object";
}

async function receive(clock: Clock, line: Line, body: Uint8Array, request: HttpRequest, count: Count) {
  const end = Math.min(line.breaksAfter, body.length);
  let came = 0;
  while (came < end) {
    const piece = Math.min(pieceBytes, end - came);
    await clock.sleep(Math.min((piece * 1000) / line.bytesPerSecond, 1e9), request.signal);
    if (request.signal.aborted) break;
    came += piece;
    count(piece);
    request.onData?.(piece);
  }
  return came;
}

function failure(code: "stopped" | "connect" | "truncated", bytes: number): HttpResult {
  return { ok: false, code, detail: { code: "no-answer", args: {} }, phases: noPhases, bytes };
}
