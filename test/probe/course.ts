import { failedProof, faultOf, textOf } from "../../src/probe/answers.ts";
import { type RaceOptions, race } from "../../src/probe/race.ts";
import type { Protocol, RaceResult, Standing } from "../../src/probe/types.ts";
import { type HostScript, type VirtualHttp, virtualClock, virtualHttp } from "./virtual.ts";

/** A protocol that belongs to no ecosystem: `/proof` holds the position, `/bulk` must begin with BULK. */
export const protocol: Protocol = {
  userAgent: () => "test",
  prove: async (visit) => {
    const result = await visit.get("/proof", { maxBytes: 100 });
    const bad = faultOf(result);
    if (bad !== null) return failedProof(bad);
    const traits = ["answered"];
    return { reason: null, detail: null, findings: [], traits, position: Number(textOf(result)) || null };
  },
  reference: {
    url: "https://reference.example",
    position: async (visit) => Number(textOf(await visit.get("/proof", { maxBytes: 100 }))) || null,
  },
  allowedLag: 10,
  lagUnit: "records",
  bulk: { path: "/bulk", looksRight: (start) => Buffer.from(start.subarray(0, 4)).toString() === "BULK" },
  weights: { rounds: 25, bytes: 40_000_000 },
};

const bulk = Buffer.alloc(4 * 1024 * 1024, "BULK");

/** A mirror that serves all; what is given changes that. */
export function host(more: Partial<HostScript> = {}, paths: HostScript["paths"] = {}): HostScript {
  return { paths: { "/proof": "1000", "/bulk": bulk, ...paths }, ...more };
}

export interface Ran {
  readonly result: RaceResult;
  readonly http: VirtualHttp;
  standing(id: string): Standing;
}

/** Runs a race of these hosts in virtual time. `reference` is asked, and does not take part. */
export async function run(
  hosts: Readonly<Record<string, HostScript>>,
  options: Partial<RaceOptions> & { readonly abortAfterMs?: number } = {},
): Promise<Ran> {
  const clock = virtualClock();
  const named = Object.fromEntries(Object.entries(hosts).map(([id, script]) => [`${id}.example`, script]));
  const http = virtualHttp(clock, named);
  const ids = Object.keys(hosts).filter((id) => id !== "reference");
  const candidates = ids.map((id) => ({ id, url: `https://${id}.example/`, mirror: null }));
  const abort = new AbortController();
  if (options.abortAfterMs !== undefined) void clock.sleep(options.abortAfterMs).then(() => abort.abort());
  const defaults = { capMs: 5000, purpose: "choose", toolVersion: null, forbiddenHosts: new Set<string>() } as const;
  const whole: RaceOptions = { ...defaults, signal: abort.signal, onProgress: () => undefined, ...options };
  const result = await clock.run(race(candidates, protocol, { http, clock }, whole));
  const standing = (id: string) => {
    const found = result.standings.find(({ candidate }) => candidate.id === id);
    if (found === undefined) throw new Error(`${id} did not take part`);
    return found;
  };
  return { result, http, standing };
}
