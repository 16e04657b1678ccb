import { isIP, type Socket } from "node:net";
import { connect as connectTls, type SecureContext, type TLSSocket } from "node:tls";
import type { HostFacts, ProxyHabit } from "../../platform/types.ts";
import type { Phases } from "../types.ts";
import { issuerOf } from "./certificate.ts";
import { connectAny } from "./connect.ts";
import { DialError, tlsFailure } from "./failures.ts";
import type { Names } from "./names.ts";
import { openWay, proxyFor } from "./proxy.ts";
import { isSocks } from "./socks.ts";

/** An open connection, and what opening it cost. */
export interface Dialled {
  readonly socket: Socket | TLSSocket;
  readonly phases: Phases;
}

/** What a connection is opened by: whose proxy, whose authorities, and until when. */
export interface Surroundings {
  readonly facts: HostFacts;
  readonly habit: ProxyHabit;
  readonly trust: SecureContext | undefined;
  readonly names: Names;
  readonly signal: AbortSignal;
  /** Told of a name that was resolved, and of a connection that was taken, as they come. */
  readonly onReach: (what: "name" | "host") => void;
}

/** Opens a connection to a target, through the environment's proxy if there is one, and times each phase. Throws `DialError`. */
export async function dial(
  target: URL,
  { facts, habit, trust, names, signal, onReach }: Surroundings,
): Promise<Dialled> {
  const phases: Phases = { dns: null, connect: null, tls: null, firstByte: null };
  const proxy = proxyFor(facts, target, habit);
  const first = proxy ?? target;
  const addresses = await timed(phases, "dns", () => names.of(first.hostname)).catch(blameProxy(proxy));
  onReach("name");
  const plain = await timed(phases, "connect", async () => {
    const socket = await connectAny(addresses, portOf(first), signal).catch(blameProxy(proxy));
    names.answered(first.hostname, socket.remoteAddress);
    onReach("host");
    if (proxy === null) return socket;
    const wire = proxy.protocol === "https:" ? await secure(socket, proxy, trust, signal) : socket;
    await openWay(wire, proxy, target, signal);
    return wire;
  });
  if (target.protocol === "http:") return { socket: plain, phases };
  return { socket: await timed(phases, "tls", () => secure(plain, target, trust, signal)), phases };
}

async function timed<T>(phases: Phases, phase: keyof Phases, step: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await step();
  phases[phase] = performance.now() - start;
  return result;
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return isSocks(url) ? 1080 : url.protocol === "http:" ? 80 : 443;
}

/** What keeps a proxy from being reached is no fault of the target's. */
function blameProxy(proxy: URL | null): (error: unknown) => never {
  return (error) => {
    if (proxy === null || !(error instanceof DialError) || error.reason === "stopped") throw error;
    const code = "code" in error.detail.args ? error.detail.args.code : "?";
    throw new DialError("proxy", { code: "proxy-unreachable", args: { proxy: proxy.host, code } });
  };
}

function secure(
  socket: Socket,
  target: URL,
  trust: SecureContext | undefined,
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolvePromise, reject) => {
    const host = target.hostname.replace(/^\[|\]$/g, "");
    const tls = connectTls({
      socket,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(trust === undefined ? {} : { secureContext: trust }),
      ALPNProtocols: ["http/1.1"],
    });
    // At the error the certificate is gone: this comes first, when it has been shown and not been judged.
    let issuer: string | null = null;
    tls.prependListener("secure", () => {
      issuer = issuerOf(tls.getPeerCertificate());
    });
    const settle = (act: () => void) => {
      signal.removeEventListener("abort", stop);
      tls.off("error", fail).off("close", close);
      act();
    };
    const stop = () => {
      tls.destroy();
      settle(() => reject(new DialError("stopped", { code: "no-answer", args: {} })));
    };
    const fail = (error: Error) => settle(() => reject(tlsFailure(error, issuer)));
    const close = () => settle(() => reject(new DialError("tls", { code: "tls-ended", args: {} })));
    tls.once("secureConnect", () => settle(() => resolvePromise(tls)));
    tls.on("error", fail).on("close", close);
    signal.addEventListener("abort", stop, { once: true });
  });
}
