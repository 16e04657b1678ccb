import type { Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import { Client } from "undici";
import type { HostFacts } from "../../platform/types.ts";
import type { HttpPort, HttpRequest, HttpResult, HttpSession, PeerCertificate, Phases } from "../types.ts";
import { issuerOf } from "./certificate.ts";
import { decoded } from "./decode.ts";
import { dial, type Surroundings } from "./dial.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { Names } from "./names.ts";
import { proxySetting } from "./proxy-rules.ts";
import { addPhases, blamed, forHost, redirectOf } from "./redirects.ts";

const msPerDay = 86_400_000;

/** One thing at a time; how long to wait is for the caller's signal to say, and a connection is kept until the session is closed or the server says how long. */
const patience = { pipelining: 1, headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 600_000 };

/** Makes sessions over real sockets. `trust` is asked for once, at the first secure connection. */
export function realHttpPort(facts: HostFacts, trust: () => Promise<SecureContext>): HttpPort {
  let authorities: Promise<SecureContext> | null = null;
  const names = new Names();
  return {
    session: (userAgent, onReach = () => undefined, habit = "go") => {
      const askTrust = () => {
        authorities ??= trust();
        return authorities;
      };
      return new Session(userAgent, { facts, habit, names, onReach }, askTrust);
    },
  };
}

/** One server's connection: its client, and what opening it cost and showed. */
interface Line {
  readonly client: Client;
  phases: Phases | null;
  isOpen: boolean;
  certificate: PeerCertificate | null;
}

/** What every connection of a session is opened by. */
type About = Omit<Surroundings, "trust" | "signal">;

class Session implements HttpSession {
  readonly #lines = new Map<string, Line>();
  readonly #sockets = new Set<Socket>();
  readonly #closed = new AbortController();
  readonly #userAgent: string;
  readonly #about: About;
  readonly #trust: () => Promise<SecureContext>;

  constructor(userAgent: string, about: About, trust: () => Promise<SecureContext>) {
    this.#about = about;
    this.#userAgent = userAgent;
    this.#trust = trust;
  }

  async get(request: HttpRequest): Promise<HttpResult> {
    const phases: Phases = { dns: null, connect: null, tls: null, firstByte: null };
    const hops: string[] = [];
    let bytes = 0;
    for (let target = new URL(request.url); ; ) {
      hops.push(target.href);
      const line = this.#line(target.origin);
      const got = await exchange(line.client, target, this.#userAgent, forHost(request, target));
      addPhases(phases, line, got);
      bytes += got.ok ? got.body.byteLength : got.bytes;
      if (!got.ok) return { ok: false, ...blamed(this.#cause(got, line, target), target, hops.length), phases, bytes };
      const next = redirectOf(got, target, hops.length, request.forbiddenHosts);
      if (next === null)
        return { ...got, ...decoded(got, request.maxBytes), hops, phases, certificate: line.certificate, bytes };
      if (!(next instanceof URL)) return { ok: false, code: "redirects-away", detail: next, phases, bytes };
      target = next;
    }
  }

  close(): void {
    this.#closed.abort();
    for (const { client } of this.#lines.values()) void client.destroy();
    for (const socket of this.#sockets) socket.destroy();
    this.#lines.clear();
  }

  /** What is not the server's doing: that we hung up; and where no connection came about until the end, that of the proxy, or of what lies behind it. */
  #cause(got: Extract<Exchange, { ok: false }>, { isOpen }: Line, target: URL): typeof got {
    const { facts, habit } = this.#about;
    if (this.#closed.signal.aborted && got.code !== "stopped")
      return { ...got, code: "stopped", detail: { code: "no-answer", args: {} } };
    if (isOpen || got.code !== "stopped" || proxySetting(facts, target, habit) === null) return got;
    return { ...got, detail: { code: "proxy-silent", args: {} } };
  }

  #line(origin: string): Line {
    const known = this.#lines.get(origin);
    if (known !== undefined) return known;
    const client = new Client(origin, {
      ...patience,
      connect: (_, done) => {
        this.#open(new URL(origin), line).then(
          (socket) => done(null, socket),
          (error: Error) => done(error, null),
        );
      },
    });
    const line: Line = { client, phases: null, isOpen: false, certificate: null };
    this.#lines.set(origin, line);
    return line;
  }

  async #open(target: URL, line: Line): Promise<Socket> {
    const secure = target.protocol === "https:";
    const trust = secure ? await this.#trust() : undefined;
    const { socket, phases } = await dial(target, { ...this.#about, trust, signal: this.#closed.signal });
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket)).on("error", () => undefined);
    line.phases = phases;
    line.isOpen = true;
    if (socket instanceof TLSSocket) line.certificate = certificateOf(socket);
    return socket;
  }
}

function certificateOf(socket: TLSSocket): PeerCertificate | null {
  const shown = socket.getPeerCertificate();
  if (shown.valid_to === undefined) return null;
  const daysLeft = Math.floor((Date.parse(shown.valid_to) - Date.now()) / msPerDay);
  return { daysLeft, issuer: issuerOf(shown) ?? "?" };
}
