import { failedProof, fault, faultOf, isMissing, textOf } from "../../src/probe/answers.ts";
import { makeLink } from "../../src/probe/link.ts";
import { type RaceOptions, race } from "../../src/probe/race.ts";
import type { Protocol, RaceResult, Standing, Visit } from "../../src/probe/types.ts";
import { virtualClock } from "./clock.ts";
import { type HostScript, type VirtualHttp, virtualHttp } from "./virtual.ts";

const bulk = Buffer.alloc(4 * 1024 * 1024, "BULK");
const whole = "WHOLE".repeat(20_000);

/**
 * A protocol that belongs to no ecosystem: `/artefact` serves, `/position` holds how far it is, `/bulk` must begin with BULK, `/whole` is checked
 * at the end.
 */
export const protocol: Protocol = {
  userAgent: () => "test",
  prove: async (visit) => {
    const asked = visit.get("/position", { maxBytes: 100, lane: 1 });
    const bad = faultOf(await visit.get("/artefact", { maxBytes: 100 }));
    if (bad !== null) return failedProof(bad);
    visit.served("/bulk");
    const answer = await asked;
    const position = answer.ok ? Number(textOf(answer)) || null : null;
    const stopped = answer.ok ? null : faultOf(answer);
    const traits = ["answered"];
    return stopped === null ? { reason: null, detail: null, findings: [], traits, position } : failedProof(stopped);
  },
  reference: {
    url: "https://reference.example",
    position: async (visit) => Number(textOf(await visit.get("/position", { maxBytes: 100 }))) || null,
  },
  allowedLag: 10,
  lagUnit: "records",
  looksRight: (start) => Buffer.from(start.subarray(0, 4)).toString() === "BULK",
  lastCheck: checkWhole,
  weights: { rounds: 25, bytes: 40_000_000 },
};

async function checkWhole(visit: Visit): ReturnType<Protocol["lastCheck"]> {
  const result = await visit.get("/whole", { maxBytes: 200_000 });
  if (isMissing(result)) return null;
  const bad = faultOf(result);
  if (bad !== null) return bad;
  const isRight = textOf(result) === whole;
  return isRight ? { ok: true, reason: null } : fault("tampered", { code: "wrong-content", args: { path: "/whole" } });
}

const all = { "/artefact": "served", "/position": "1000", "/bulk": bulk, "/whole": whole };

/** A mirror that serves all; what is given changes that. */
export function host(more: Partial<HostScript> = {}, paths: HostScript["paths"] = {}): HostScript {
  return { paths: { ...all, ...paths }, ...more };
}

/** A mirror that has all but these. */
export function hostWithout(missing: readonly string[], more: Partial<HostScript> = {}): HostScript {
  return { paths: Object.fromEntries(Object.entries(all).filter(([path]) => !missing.includes(path))), ...more };
}

/** So many of the same, named in order. */
export function several(count: number, each: (index: number) => HostScript, name = "m"): Record<string, HostScript> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, each(index)]));
}

export interface Ran {
  readonly result: RaceResult;
  readonly http: VirtualHttp;
  standing(id: string): Standing;
  /** Those that may be written, best first. */
  readonly ranked: readonly string[];
  /** Who was asked for a path, in order. */
  asked(path: string): readonly string[];
}

interface Special {
  readonly abortAfterMs?: number;
  /** Another race has the line until then. */
  readonly lineTakenMs?: number;
  readonly protocol?: Partial<Protocol>;
}

/** Runs a race of these hosts in virtual time. `reference` is asked, and does not take part; without one it refuses. */
export async function run(
  hosts: Readonly<Record<string, HostScript>>,
  { abortAfterMs, lineTakenMs, protocol: special, ...options }: Partial<RaceOptions> & Special = {},
): Promise<Ran> {
  const clock = virtualClock();
  const named = Object.fromEntries(Object.entries(hosts).map(([id, script]) => [`${id}.example`, script]));
  const http = virtualHttp(clock, named);
  const ids = Object.keys(hosts).filter((id) => id !== "reference");
  const candidates = ids.map((id) => ({ id, url: `https://${id}.example/`, mirror: null }));
  const abort = new AbortController();
  if (abortAfterMs !== undefined) void clock.sleep(abortAfterMs).then(() => abort.abort());
  const link = makeLink(clock);
  if (lineTakenMs !== undefined) {
    const giveBack = await link.join().take(abort.signal);
    void clock.sleep(lineTakenMs).then(giveBack);
  }
  const defaults = { capMs: 5000, purpose: "choose", places: 1, toolVersion: null, seat: link.join() } as const;
  const forbiddenHosts = new Set<string>();
  const whole: RaceOptions = {
    ...defaults,
    forbiddenHosts,
    signal: abort.signal,
    onProgress: () => undefined,
    ...options,
  };
  return ran(await clock.run(race(candidates, { ...protocol, ...special }, { http, clock }, whole)), http);
}

function ran(result: RaceResult, http: VirtualHttp): Ran {
  const standing = (id: string) => {
    const found = result.standings.find(({ candidate }) => candidate.id === id);
    if (found === undefined) throw new Error(`${id} did not take part`);
    return found;
  };
  const ranked = result.standings.filter(({ rank }) => rank !== null).map(({ candidate }) => candidate.id);
  const asked = (path: string) =>
    http.asked.flatMap(({ url }) => (url.endsWith(`.example${path}`) ? [new URL(url).host.split(".")[0] ?? ""] : []));
  return { result, http, standing, ranked, asked };
}
