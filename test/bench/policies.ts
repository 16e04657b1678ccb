import type { Clock, HttpPort } from "../../src/ports/types.ts";
import type { Candidate } from "../../src/probe/types.ts";
import { oracle, ours } from "./ours.ts";
import { firstListed, prefixRace, serialDownload, smallGet, tcpConnect } from "./peers.ts";
import type { World } from "./worlds.ts";

/** What a policy may use: the same ports for all, and a bare TCP connection for those that measure by it. */
export interface Ports {
  readonly http: HttpPort;
  readonly clock: Clock;
  /** Milliseconds until a host was connected to, name look-up included; null where it was not in that time. */
  readonly connect: (host: string, patienceMs: number) => Promise<number | null>;
}

/** Whom a policy would write, first choice first; nobody where none will do. */
export type Policy = (candidates: readonly Candidate[], ports: Ports, world: World) => Promise<readonly string[]>;

/** The rows of the table. */
export const policies = {
  ours,
  oracle,
  "chsrc-like": serialDownload,
  "nrm-like": smallGet,
  "TCP connect": tcpConnect,
  "384 kB race": prefixRace,
  "first listed": firstListed,
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;
