import { setMaxListeners } from "node:events";
import type { HttpPort, HttpResult } from "../../src/ports/types.ts";
import type { Candidate } from "../../src/probe/types.ts";
import type { Ports } from "./policies.ts";
import type { World } from "./worlds.ts";

interface Score {
  readonly id: string;
  /** Higher is better; null: out. */
  readonly score: number | null;
}

function ranked(scores: readonly Score[]): string[] {
  const known = scores.filter((each): each is Score & { score: number } => each.score !== null);
  return known.toSorted((a, b) => b.score - a.score).map(({ id }) => id);
}

interface Ask {
  readonly userAgent: string;
  readonly patienceMs: number;
  readonly range?: string;
  readonly maxBytes: number;
}

/** One request in a session of its own, broken off after so long. */
async function once({ http, clock }: Ports, url: string, ask: Ask): Promise<HttpResult> {
  const session = http.session(ask.userAgent);
  const patience = new AbortController();
  const done = new AbortController();
  void clock.sleep(ask.patienceMs, done.signal).then(() => patience.abort());
  const headers = ask.range === undefined ? {} : { range: `bytes=${ask.range}` };
  const result = await session.get({ url, headers, maxBytes: ask.maxBytes, signal: patience.signal });
  done.abort();
  session.close();
  return result;
}

/** A path of the host that a mirror's address is on. */
function at(mirror: string, path: string): string {
  return new URL(path, mirror).href;
}

function isSuccess(result: HttpResult): boolean {
  return result.ok && result.status >= 200 && result.status < 300;
}

/** chsrc: one after the other, a whole file for up to 8 s each, the highest `speed_download` wins; the status is not looked at. */
export async function serialDownload(candidates: readonly Candidate[], ports: Ports, { paths }: World) {
  const scores: Score[] = [];
  for (const { id, url } of candidates) {
    const start = ports.clock.now();
    const ask = { userAgent: "chsrc", patienceMs: 8000, maxBytes: 1e9 };
    const { bytes } = await once(ports, at(url, paths.whole), ask);
    scores.push({ id, score: bytes / Math.max(1, ports.clock.now() - start) });
  }
  return ranked(scores);
}

/** nrm: one small GET to all at once, 5 s; time to an answer with a status of success. */
export async function smallGet(candidates: readonly Candidate[], ports: Ports, { paths }: World) {
  const scores = candidates.map(async ({ id, url }): Promise<Score> => {
    const start = ports.clock.now();
    const ask = { userAgent: "nrm", patienceMs: 5000, maxBytes: 65_536 };
    const result = await once(ports, at(url, paths.small), ask);
    return { id, score: isSuccess(result) ? start - ports.clock.now() : null };
  });
  return ranked(await Promise.all(scores));
}

/** dnf, yum: time to connect, all at once, 2 s. */
export async function tcpConnect(candidates: readonly Candidate[], { connect }: Ports): Promise<readonly string[]> {
  const scores = candidates.map(async ({ id, url }): Promise<Score> => {
    const spent = await connect(new URL(url).host, 2000);
    return { id, score: spent === null ? null : -spent };
  });
  return ranked(await Promise.all(scores));
}

const prefixBytes = 384 * 1024;

/** maplelink: the first 384 kB of the artefact from all at once, 4 s; the first to have them wins, and the others are broken off. */
export async function prefixRace(candidates: readonly Candidate[], ports: Ports, { paths }: World) {
  const ask = { userAgent: "race", patienceMs: 4000, range: `0-${prefixBytes - 1}`, maxBytes: prefixBytes };
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  const arrivals: string[] = [];
  let decided: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    decided = resolve;
  });
  const runs = candidates.map(async ({ id, url }) => {
    const result = await once({ ...ports, http: closedBy(over.signal, ports.http) }, at(url, paths.bulk), ask);
    if (!isSuccess(result) || result.bytes < prefixBytes || over.signal.aborted) return;
    arrivals.push(id);
    decided();
  });
  await Promise.race([first, Promise.all(runs)]);
  over.abort();
  await Promise.all(runs);
  return arrivals;
}

/** Sessions that end with a signal. */
function closedBy(signal: AbortSignal, http: HttpPort): HttpPort {
  return {
    session: (userAgent, onReach) => {
      const session = http.session(userAgent, onReach);
      signal.addEventListener("abort", () => session.close(), { once: true });
      return session;
    },
  };
}

/** What most people do. */
export function firstListed(candidates: readonly Candidate[]): Promise<readonly string[]> {
  return Promise.resolve(candidates.map(({ id }) => id));
}
