import type { IncomingHttpHeaders } from "node:http";
import type { Fault, LabEcosystem } from "./faults.ts";

/** One host of the lab: a mirror on loopback, and how it behaves. */
export interface HostSpec {
  /** Unique in its lab, whatever the ecosystem. `sumdb` is the lab's own reference host. */
  readonly id: string;
  /** The mirror's id in the catalog, unique in its ecosystem. Default: the id. */
  readonly mirrorId?: string;
  /** What the host carries. Default go. */
  readonly ecosystem?: LabEcosystem;
  /** Round trip in milliseconds. Default 4. */
  readonly rttMs?: number;
  /** What one connection can carry once it is warm. Default 50e6. */
  readonly bytesPerSecond?: number;
  /** How long the host thinks before each reply, beyond the round trip, in milliseconds. Default 0. */
  readonly thinkMs?: number;
  /** Several may be combined; the first is the outermost. */
  readonly fault?: Fault | readonly Fault[];
  /** A fixed port; the default is any free one. */
  readonly port?: number;
  /** The `offer` of the catalog entry. Default true. */
  readonly offer?: boolean;
  /** The `operator` of the catalog entry. Default: the mirror's id. */
  readonly operator?: string;
}

/** One request that a host saw. */
export interface LogEntry {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  readonly userAgent: string;
  /** 0: no answer was given (yet). */
  readonly status: number;
  /** `performance.now()` of the lab's process when the request was read, in milliseconds. */
  readonly at: number;
  /** The port it came in by: the host's own, or that of its companion (its CDN). */
  readonly port: number;
}

/** What a test sees of a host. */
export interface LabHost {
  readonly id: string;
  /** `https://127.0.0.1:port`, no trailing slash. */
  readonly url: string;
  /** What its catalog entry says: the same, but with `/simple` for pip. */
  readonly mirrorUrl: string;
  readonly port: number;
  readonly log: readonly LogEntry[];
  /** Connections open now, those to its companions included. */
  readonly sockets: number;
  /** Replaces every fault from the next connection or request on; null: healthy. One that its ecosystem cannot have throws. */
  setFault(fault: Fault | readonly Fault[] | null): void;
}

/** A request as the protocols see it. */
export interface LabRequest {
  readonly method: string;
  /** Percent-decoded, no query. */
  readonly path: string;
  /** As sent, with the query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Where the mirror itself listens, `https://host:port`: what it takes for its own address. Default: from the Host header. */
  readonly origin?: string;
  /** The how-manieth request this host has seen, from 1. */
  readonly ordinal: number;
  /** It came to the companion (the CDN), not to the mirror itself. */
  readonly companion: boolean;
}

/** An ordinary HTTP reply, and where it breaks off, if it does. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A known length is announced by Content-Length; an iterable goes out chunked. */
  readonly body?: Uint8Array | Iterable<Uint8Array>;
  /** Sends only so many bytes of the body, then goes silent or closes the connection. */
  readonly stop?: { readonly after: number; readonly then: "silence" | "close" };
  /** Slower than the host's own rate. */
  readonly bytesPerSecond?: number;
}

/** What a host does with a request: reply, send bytes no HTTP library would, never answer, or drop the connection. */
export type Answer = Reply | { readonly verbatim: Uint8Array } | "silence" | "reset";

/** A protocol: the whole of what a host must know about an ecosystem. */
export type Handler = (request: LabRequest) => Answer | Promise<Answer>;

/** What a fault may ask of the host it sits in. */
export interface Site {
  /** The base URL of a further port of this host, opened when first asked for. Each name has its own; `files` unless given. */
  companion(scheme: "http" | "https", name?: string): Promise<string>;
}

/** One ecosystem of the lab: what its hosts serve when healthy, and how a fault (null: not one of requests) changes it. No sockets. */
export interface World {
  readonly mirror: Handler;
  readonly middleware: (fault: Fault) => Middleware | null;
}

/** A fault at the level of requests: it answers itself, or changes what `next` answers. */
export type Middleware = (request: LabRequest, next: Handler, site: Site) => Answer | Promise<Answer>;
