import type { HttpFailureCode } from "../../../src/ports/types.ts";
import type { Detail } from "../../../src/report/types.ts";
import type { Handler } from "../../lab/types.ts";
import type { Sender } from "./sender.ts";

/** One host of a simulated network. Times in milliseconds, rates in bytes a second. */
export interface SimHost {
  readonly name: string;
  readonly rttMs: number;
  readonly thinkMs: number;
  readonly bytesPerSecond: number;
  readonly dnsMs: number;
  /** Its servers watch delays: slow start may end too soon. */
  readonly early: boolean;
  /** `dead`: packets vanish. `refuse`: no port is open. `no-name`: the resolver says no. `lost-name`: it asks in vain, until it gives up. */
  readonly state: "up" | "dead" | "refuse" | "no-name" | "lost-name";
  readonly certificate: "good" | "cert-expired" | "cert-wrong-name";
  readonly handler: Handler;
}

/** What all hosts share. */
export interface SimLine {
  readonly bytesPerSecond: number;
  /** How many look-ups run at a time (the resolver's thread pool), and what each takes more than usual. */
  readonly resolver: { readonly threads: number; readonly extraMs: number };
}

/** Told of a name that was resolved, and of a connection that was taken. */
export type OnReach = (what: "name" | "host") => void;

/** What a host was asked for, as its own log would say. */
export interface Usage {
  connections: number;
  requests: number;
  /** Of bodies, as far as they came. */
  bytes: number;
}

export interface Refusal {
  readonly code: HttpFailureCode;
  readonly detail: Detail;
}

/** An open connection; `sender` keeps its window. */
export interface Wire {
  readonly host: SimHost;
  readonly sender: Sender;
  /** What this connection's path carries, bytes a second. */
  readonly rate: number;
  readonly phases: { readonly dns: number; readonly connect: number; readonly tls: number | null };
}
