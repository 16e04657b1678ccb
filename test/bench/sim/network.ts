import { Attempt } from "./attempt.ts";
import type { VirtualClock } from "./clock.ts";
import { Link } from "./link.ts";
import { type Random, seeded } from "./random.ts";
import { Resolver } from "./resolver.ts";
import { newSender } from "./sender.ts";
import type { OnReach, Refusal, SimHost, SimLine, Usage, Wire } from "./types.ts";

/** The certificates of a handshake, bytes. */
const handshakeBytes = 4000;
const rttJitter = 0.02;
const thinkJitter = 0.1;
/** How much the rate of one connection differs from that of another to the same host (standard deviation, share). */
const connectionNoise = 0.05;

interface Dialling {
  /** With TLS. */
  readonly secure: boolean;
  readonly onReach: OnReach;
}

/** Hosts, the line to them, and what was asked of them. One per run: nothing is warm. */
export class Network {
  readonly clock: VirtualClock;
  readonly link: Link;
  readonly usage = new Map<string, Usage>();
  /** Sessions that nobody has closed. */
  sessions = 0;
  readonly #hosts: ReadonlyMap<string, SimHost>;
  readonly #resolver: Resolver;
  readonly #random: Map<string, Random> = new Map();
  readonly #seed: string;

  /** @param link the line, where other networks' hosts share it. */
  constructor(
    clock: VirtualClock,
    hosts: readonly SimHost[],
    line: SimLine,
    seed: string,
    link = new Link(clock, line.bytesPerSecond),
  ) {
    this.clock = clock;
    this.link = link;
    this.#hosts = new Map(hosts.map((host) => [host.name, host]));
    this.#resolver = new Resolver(clock, line.resolver);
    this.#seed = seed;
  }

  usageOf(name: string): Usage {
    const usage = this.usage.get(name) ?? { connections: 0, requests: 0, bytes: 0 };
    this.usage.set(name, usage);
    return usage;
  }

  /** The dice of one host, so that what one does changes nothing for another. */
  random({ name }: SimHost): Random {
    const random = this.#random.get(name) ?? seeded(`${this.#seed}/${name}`);
    this.#random.set(name, random);
    return random;
  }

  rtt(host: SimHost): number {
    return host.rttMs * this.random(host).between(1 - rttJitter, 1 + rttJitter) + this.link.delayMs;
  }

  think(host: SimHost): number {
    return host.thinkMs * this.random(host).between(1 - thinkJitter, 1 + thinkJitter);
  }

  /** Name, TCP and, where asked for, TLS 1.3: tells the wire, or why there is none. What it gives back hangs up. */
  dial(name: string, how: Dialling, tell: (result: Wire | Refusal) => void): () => void {
    const attempt = new Attempt(this.clock);
    const start = this.clock.now();
    const host = this.#hosts.get(name) ?? null;
    this.#resolver.lookUp(name, host, (found) => {
      if (attempt.cancelled) return;
      if (host === null || !found)
        tell({ code: "dns", detail: { code: "no-address", args: { host: name, code: "ENOTFOUND" } } });
      else {
        how.onReach("name");
        if (host.state !== "dead") this.#connect(host, how, { attempt, tell, dns: this.clock.now() - start });
      }
    });
    return () => attempt.cancel();
  }

  #connect(
    host: SimHost,
    { secure, onReach }: Dialling,
    { attempt, tell, dns }: { attempt: Attempt; tell: (result: Wire | Refusal) => void; dns: number },
  ): void {
    const connect = this.rtt(host);
    attempt.wait(connect, () => {
      if (host.state === "refuse")
        return tell({ code: "connect", detail: { code: "no-connection", args: { code: "ECONNREFUSED" } } });
      this.usageOf(host.name).connections += 1;
      onReach("host");
      const open = (tls: number | null) => tell(this.#wire(host, { dns, connect, tls }));
      if (secure) this.#secure(host, attempt, tell, open);
      else open(null);
    });
  }

  #wire(host: SimHost, phases: Wire["phases"]): Wire {
    const random = this.random(host);
    const rate = host.bytesPerSecond * Math.exp(connectionNoise * random.normal());
    return { host, sender: newSender(host.early, random), rate, phases };
  }

  #secure(host: SimHost, attempt: Attempt, tell: (result: Refusal) => void, open: (tls: number) => void): void {
    const start = this.clock.now();
    const random = this.random(host);
    attempt.wait(this.rtt(host), () => {
      const onEnd = () => {
        const { certificate } = host;
        if (certificate === "good") open(this.clock.now() - start);
        else tell({ code: "tls", detail: { code: certificate, args: {} } });
      };
      const { rttMs, bytesPerSecond: rate } = host;
      const cargo = {
        sender: newSender(false, random),
        bytes: handshakeBytes,
        rate,
        rttMs,
        random,
        onPiece: null,
        onEnd,
      };
      attempt.onCancel(this.link.carry(cargo));
    });
  }
}
