import { decoded } from "../../../src/ports/http/decode.ts";
import type { HttpFailure, HttpPort, HttpRequest, HttpResult, HttpSession, Phases } from "../../../src/ports/types.ts";
import type { Detail } from "../../../src/report/types.ts";
import type { Exchange } from "./exchange.ts";
import { OriginLine } from "./line.ts";
import type { Network } from "./network.ts";

const maxRedirects = 3;
const certificate = { daysLeft: 60, issuer: "simulated" };

/** The port over a simulated network, with the rules of the real one (src/ports/http/session.ts). */
export function simHttp(network: Network): HttpPort {
  return { session: (userAgent) => new SimSession(network, userAgent) };
}

class SimSession implements HttpSession {
  readonly #lines = new Map<string, OriginLine>();
  readonly #network: Network;
  readonly #userAgent: string;
  #closed = false;

  constructor(network: Network, userAgent: string) {
    this.#network = network;
    this.#userAgent = userAgent;
    network.sessions += 1;
  }

  async get(request: HttpRequest): Promise<HttpResult> {
    const phases: Phases = { dns: null, connect: null, tls: null, firstByte: null };
    const hops: string[] = [];
    let bytes = 0;
    for (let target = new URL(request.url); ; ) {
      hops.push(target.href);
      const line = this.#line(target.origin);
      const got = await line.exchange(target, this.#userAgent, request);
      addPhases(phases, line, got);
      bytes += got.ok ? got.body.byteLength : got.bytes;
      if (!got.ok) return { ok: false, ...blamed(got, target, hops.length), phases, bytes };
      const next = redirectOf(got, target, hops.length, request.forbiddenHosts);
      if (next === null) return { ...got, ...decoded(got, request.maxBytes), hops, phases, certificate, bytes };
      if (!(next instanceof URL)) return { ok: false, code: "redirects-away", detail: next, phases, bytes };
      target = next;
    }
  }

  close(): void {
    if (!this.#closed) this.#network.sessions -= 1;
    this.#closed = true;
    for (const line of this.#lines.values()) line.close();
    this.#lines.clear();
  }

  #line(origin: string): OriginLine {
    const line = this.#lines.get(origin) ?? new OriginLine(this.#network, origin);
    this.#lines.set(origin, line);
    return line;
  }
}

function addPhases(sum: Phases, line: OriginLine, got: Exchange): void {
  for (const phase of ["dns", "connect", "tls"] as const) {
    const spent = line.phases?.[phase] ?? null;
    if (spent !== null) sum[phase] = (sum[phase] ?? 0) + spent;
  }
  line.phases = null;
  if (got.ok) sum.firstByte = (sum.firstByte ?? 0) + got.firstByteMs;
}

function redirectOf(
  got: Extract<Exchange, { ok: true }>,
  from: URL,
  hops: number,
  forbidden: ReadonlySet<string> | undefined,
): URL | Detail | null {
  const location = got.headers.location;
  if (![301, 302, 303, 307, 308].includes(got.status) || location === undefined) return null;
  if (!URL.canParse(location, from.href)) return { code: "redirect-nowhere", args: {} };
  const next = new URL(location, from);
  if (forbidden?.has(next.host)) return { code: "redirect-upstream", args: { host: next.host } };
  if (next.protocol !== "https:") {
    return { code: "redirect-plain", args: { target: `${next.protocol}//${next.host}` } };
  }
  return hops > maxRedirects ? { code: "redirects-on", args: { most: maxRedirects } } : next;
}

function blamed(
  { code, detail }: Extract<Exchange, { ok: false }>,
  target: URL,
  hops: number,
): Pick<HttpFailure, "code" | "detail"> {
  const unreachable = code === "dns" || code === "connect";
  if (hops === 1 || !unreachable) return { code, detail };
  return { code: "redirects-away", detail: { code: "redirect-dead", args: { host: target.host } } };
}
