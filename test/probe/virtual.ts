import type { Clock, HttpPort, HttpRequest, HttpResult, Phases } from "../../src/ports/types.ts";

/**
 * `vanish`: packets vanish, before there is any connection. `hang`: takes a connection, and never answers. `hang-body`: the head comes, the body never. `refuse`: no connection. A number: that status. `breaksAfter`: so many bytes
 * come, then the end. `stallsAfter`: so many, then nothing more. `bytesPerSecond`: at another rate.
 */
export type Fault =
  | "vanish"
  | "hang"
  | "hang-body"
  | "refuse"
  | number
  | { readonly breaksAfter: number }
  | { readonly stallsAfter: number }
  | { readonly bytesPerSecond: number };

/** How a host of the virtual world is. */
export interface HostScript {
  /** To the first byte of every answer. */
  readonly latencyMs?: number;
  /** Name, connection and handshake: before the first answer of a session, and no part of its latency. */
  readonly connectMs?: number;
  /** How much of that it takes to resolve the name, and until it takes a connection; nothing unless given. */
  readonly nameMs?: number;
  readonly reachMs?: number;
  readonly bytesPerSecond?: number;
  readonly daysLeft?: number;
  /** Of every answer; `faultOn`: of these paths only. */
  readonly fault?: Fault;
  readonly faultOn?: Readonly<Record<string, Fault>>;
  /** Of every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The request of a path from which on it is answered 500; the first is 1. */
  readonly failsFrom?: Readonly<Record<string, number>>;
  /** Bodies by path; others are 404. */
  readonly paths: Readonly<Record<string, Uint8Array | string>>;
}

export interface Asked {
  readonly url: string;
  readonly at: number;
}

/** `opened` counts sessions ever opened, `open` those that nobody has closed, `most` how many these were at the most, `bytes` what came of all bodies. */
export interface VirtualHttp extends HttpPort {
  readonly asked: readonly Asked[];
  readonly seen: Readonly<Record<"opened" | "open" | "most" | "bytes", number>>;
}

const noPhases: Phases = { dns: null, connect: null, tls: null, firstByte: null };
const pieceBytes = 16 * 1024;

/** Hosts that answer by a script, in virtual time. */
export function virtualHttp(clock: Clock, hosts: Readonly<Record<string, HostScript>>): VirtualHttp {
  const asked: Asked[] = [];
  const seen = { opened: 0, open: 0, most: 0, bytes: 0 };
  const count = (bytes: number) => {
    seen.bytes += bytes;
  };
  const session: HttpPort["session"] = (_, onReach = () => undefined) => {
    seen.opened += 1;
    seen.open += 1;
    seen.most = Math.max(seen.most, seen.open);
    let [isNew, isOpen] = [true, true];
    const get = async (request: HttpRequest) => {
      asked.push({ url: request.url, at: clock.now() });
      const host = hosts[new URL(request.url).host] ?? { fault: "refuse", paths: {} };
      const connectMs = isNew ? (host.connectMs ?? 0) : 0;
      if (isNew) tellReach(clock, host, onReach);
      isNew = false;
      await clock.sleep(connectMs, request.signal);
      const { pathname } = new URL(request.url);
      const ordinal = asked.filter(({ url }) => url === request.url).length;
      const fails = ordinal >= (host.failsFrom?.[pathname] ?? Number.POSITIVE_INFINITY);
      return exchange(clock, fails ? { ...host, fault: 500 } : host, request, count);
    };
    const close = () => {
      seen.open -= isOpen ? 1 : 0;
      isOpen = false;
    };
    return { get, close };
  };
  return { session, asked, seen };
}

function tellReach(clock: Clock, { fault, nameMs = 0, reachMs = 0 }: HostScript, onReach: OnReach): void {
  if (fault === "vanish") return;
  void clock.sleep(nameMs).then(() => onReach("name"));
  if (fault !== "refuse") void clock.sleep(reachMs).then(() => onReach("host"));
}

type OnReach = NonNullable<Parameters<HttpPort["session"]>[1]>;

async function exchange(clock: Clock, host: HostScript, request: HttpRequest, count: Count): Promise<HttpResult> {
  const { latencyMs = 20, paths, headers = {} } = host;
  const path = new URL(request.url).pathname;
  const fault = host.faultOn?.[path] ?? host.fault;
  await clock.sleep(fault === "hang" || fault === "vanish" ? 1e9 : latencyMs, request.signal);
  if (request.signal.aborted) return failure("stopped", 0);
  if (fault === "refuse") return failure("connect", 0);
  const status = typeof fault === "number" ? fault : paths[path] === undefined ? 404 : 200;
  const whole = Buffer.from(status === 200 ? (paths[path] ?? "") : "");
  const body = whole.subarray(0, request.maxBytes);
  const came = await receive(clock, lineOf(host, fault), body, request, count);
  if (came < body.length) return failure(request.signal.aborted ? "stopped" : "truncated", came);
  return {
    ...{ ok: true, status, headers, body, whole: body.length === whole.length, hops: [request.url], bytes: came },
    ...{ phases: { ...noPhases, firstByte: latencyMs }, certificate: { daysLeft: host.daysLeft ?? 90, issuer: "lab" } },
  };
}

type Count = (bytes: number) => void;

interface Line {
  readonly bytesPerSecond: number;
  readonly breaksAfter: number;
  readonly stallsAfter: number;
}

function lineOf({ bytesPerSecond = 10_000_000 }: HostScript, fault: Fault | undefined): Line {
  const own = fault === "hang-body" ? { stallsAfter: 0 } : typeof fault === "object" ? fault : {};
  return { bytesPerSecond, breaksAfter: Number.POSITIVE_INFINITY, stallsAfter: Number.POSITIVE_INFINITY, ...own };
}

async function receive(clock: Clock, line: Line, body: Uint8Array, request: HttpRequest, count: Count) {
  const end = Math.min(line.breaksAfter, body.length);
  let came = 0;
  while (came < end) {
    const piece = Math.min(pieceBytes, end - came);
    await clock.sleep(came >= line.stallsAfter ? 1e9 : (piece * 1000) / line.bytesPerSecond, request.signal);
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
