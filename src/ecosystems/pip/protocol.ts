import type { Pause, PipProbe } from "../../catalog/types.ts";
import { failedProof, fault } from "../../probe/answers.ts";
import type { Proof, Protocol, Visit } from "../../probe/types.ts";
import { beginsAsPinned } from "../prefix-pins.ts";
import { checkBeginning, type Delivered, download, findBulk, reach, readPage } from "./delivery.ts";
import { changesPerDay, type Serial, serialOf } from "./serial.ts";
import { userAgent } from "./user-agent.ts";

const mebibyte = 1024 * 1024;

/** What is asked of every mirror. */
interface Pins {
  /** The smallest artefact: fetched whole. */
  readonly small: PipProbe;
  /** The first with known beginnings: rates are measured by it. */
  readonly large: PipProbe | null;
  readonly canaries: readonly string[];
  readonly pause: Pause | undefined;
}

/**
 * Proves a package index: https://peps.python.org/pep-0503/ , https://peps.python.org/pep-0691/ . A mirror is stale that is a day and a half behind in
 * changes: canaries are published about once a day, but not by the clock. Nothing in an index is signed, so there is no more to its integrity than
 * the pinned hashes.
 */
export function pipProtocol(probes: readonly PipProbe[] = []): Protocol {
  const pins = pinsOf(probes);
  const large = pins?.large ?? null;
  const perDay = probes.find((probe) => probe.changesPerDay !== undefined)?.changesPerDay ?? changesPerDay;
  return {
    userAgent,
    proxies: "pip",
    prove: (visit) => (pins === null ? unproved() : prove(visit, pins)),
    reference: null,
    allowedLag: 1.5 * perDay,
    lagUnit: "changes",
    looksRight: (start) => large !== null && beginsAsPinned(start, large.file, large.prefixes),
    lastCheck: async (visit) => (large === null ? null : checkBeginning(visit, large)),
    weights: { rounds: 50, bytes: 100_000_000 },
    budget: { requests: 10, bytes: 3 * mebibyte, sharedBytes: 3 * mebibyte, soloBytes: 3 * mebibyte, wallMs: 3_500 },
  };
}

function pinsOf(probes: readonly PipProbe[]): Pins | null {
  const sizeOf = ({ size = Number.POSITIVE_INFINITY }: PipProbe) => size;
  const [small] = probes.toSorted((a, b) => sizeOf(a) - sizeOf(b) || 0);
  const large = probes.find(({ prefixes = {} }) => Object.keys(prefixes).length > 0) ?? null;
  const { canaries = [], pause } = probes.find((probe) => (probe.canaries ?? []).length > 0) ?? {};
  return small === undefined ? null : { small, large, canaries, pause };
}

async function unproved(): Promise<Proof> {
  return failedProof(fault("no-artefact", { code: "nothing-to-prove-by", args: {} }));
}

/** The small file on one connection, how far the index is on another, the large project's page on a third: none waits for the others. */
async function prove(visit: Visit, pins: Pins): Promise<Proof> {
  const telling = visit.stage("freshness", () => serialOf(visit, pins.canaries, pins.pause));
  const delivered = await deliver(visit, pins);
  if (delivered.ok === false) return failedProof(await explained(delivered, telling));
  const { traits } = delivered;
  const told = await telling;
  if (told.ok === false) return failedProof(told, { traits, position: told.position });
  return { reason: null, detail: null, findings: [], traits, position: told.position };
}

/** Reach, protocol, download. */
async function deliver(visit: Visit, { small, large }: Pins): Promise<Delivered> {
  const isSame = large !== null && large.project === small.project;
  const bulk = isSame || large === null ? null : findBulk(visit, large);
  const reached = await visit.stage("reach", () => reach(visit, small));
  if (reached.ok === false) return reached;
  const spoken = await visit.stage("protocol", async () => readPage(visit, reached.answer, small));
  if (spoken.ok === false) return spoken;
  const downloaded = await visit.stage("download", () => download(visit, spoken, small));
  if (downloaded.ok === false) return downloaded;
  const found = isSame ? readPage(visit, reached.answer, large) : await bulk;
  if (found?.ok === false && found.reason !== "no-artefact") return found;
  visit.served(found?.ok === true ? found.place.url : null);
  return downloaded;
}

/** An index that lacks our project still knows others; a server of another kind knows none. */
async function explained(delivered: Delivered & { ok: false }, telling: Promise<Serial>) {
  const { detail } = delivered;
  const isAbsent = detail.code === "http-status" && [404, 410].includes(Number(detail.args.status));
  if (!isAbsent || (await telling).position === null) return delivered;
  return fault("no-artefact", { code: "no-known-package", args: {} });
}
