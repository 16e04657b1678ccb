import { decoded } from "../../../src/ports/http/decode.ts";
import { addPhases, blamed, forHost, redirectOf } from "../../../src/ports/http/redirects.ts";
import type { HttpPort, HttpRequest, HttpResult, HttpSession, Phases } from "../../../src/ports/types.ts";
import { OriginLine } from "./line.ts";
import type { Network } from "./network.ts";
import type { OnReach } from "./types.ts";

const certificate = { daysLeft: 60, issuer: "simulated" };

/** The port over a simulated network, with the rules of the real one (src/ports/http/session.ts). */
export function simHttp(network: Network): HttpPort {
  return { session: (userAgent, onReach) => new SimSession(network, userAgent, onReach) };
}

class SimSession implements HttpSession {
  readonly #lines = new Map<string, OriginLine>();
  readonly #network: Network;
  readonly #userAgent: string;
  readonly #onReach: OnReach;
  #closed = false;

  constructor(network: Network, userAgent: string, onReach: OnReach = () => undefined) {
    this.#onReach = onReach;
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
      const got = await line.exchange(target, this.#userAgent, forHost(request, target));
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
    const line = this.#lines.get(origin) ?? new OriginLine(this.#network, origin, this.#onReach);
    this.#lines.set(origin, line);
    return line;
  }
}
