import type { GoArtefact, GoProbes } from "../../catalog/types.ts";
import type { HttpResult } from "../../ports/types.ts";
import { type Fault, failedProof, fault, faultOf, isForbidden, isMissing } from "../../probe/answers.ts";
import type { Proof, Protocol, Visit } from "../../probe/types.ts";
import { beginsZip, checkMod, checkZip, maxModBytes, maxZipBytes } from "./artefacts.ts";
import { modHash } from "./dirhash.ts";
import { databasePosition, isSupported, proveDatabase } from "./sumdb.ts";

/** What the database grew by in a day between 2023-01 (15,081,221 records) and 2026-06 (63,096,908), rounded. */
const recordsPerDay = 37_000;
/** What a person's browser says; a mirror that serves it and not the tool filters by client. */
const plainUserAgent = "Mozilla/5.0";
/** On the connection of the database, not on that of the downloads. */
const small = { maxBytes: maxModBytes, lane: 1 } as const;

/** Proves a Go module proxy: https://go.dev/ref/mod#goproxy-protocol */
export function goProtocol(probes: GoProbes): Protocol {
  const url = probes.sumdb?.reference;
  const [bulk] = probes.bulk ?? [];
  return {
    userAgent: () => "Go-http-client/1.1 mirror-setup",
    prove: (visit) => prove(visit, probes),
    reference: url === undefined ? null : { url, position: (visit) => databasePosition(visit, probes, "/latest") },
    allowedLag: probes.sumdb?.recordsPerDay ?? recordsPerDay,
    lagUnit: "records",
    looksRight: (start) => beginsZip(start, bulk?.firstEntry),
    lastCheck: (visit) => checkOnceMore(visit, bulk?.whole, probes),
    weights: { rounds: 25, bytes: 40_000_000 },
  };
}

/** A zip on one connection; on another what it speaks, and then the checksum database: neither waits for the other. */
async function prove(visit: Visit, probes: GoProbes): Promise<Proof> {
  const downloading = visit.stage("download", () => download(visit, probes.zip ?? []));
  const spoken = await speak(visit, probes);
  if (spoken.ok === false) return failedProof(spoken);
  const records = proveRecords(visit, probes);
  const downloaded = await downloading;
  if (downloaded.ok === false) return failedProof(downloaded);
  if (spoken.ok === null && downloaded.ok === null)
    return failedProof(fault("no-artefact", { code: "nothing-to-prove-by", args: {} }));
  visit.served(probes.bulk?.[0]?.path ?? null);
  const { database, position } = await records;
  const traits = database.ok === null ? [] : [database.ok ? "sumdb" : "no-sumdb"];
  const seen = { traits, position };
  if (database.ok === false && database.reason !== null) return failedProof(database, seen);
  return { reason: null, detail: database.ok === false ? database.detail : null, findings: [], ...seen };
}

/** Reach, protocol. */
async function speak(visit: Visit, probes: GoProbes): Promise<{ ok: true } | typeof skipped | Fault> {
  const reached = await visit.stage("reach", () => reach(visit, probes));
  if (reached.ok === false) return reached;
  return visit.stage("protocol", async () =>
    reached.ok === null ? reached : checkMod(reached.result, reached.artefact),
  );
}

/** Freshness and integrity. */
async function proveRecords(visit: Visit, probes: GoProbes) {
  const fresh = await visit.stage("freshness", async () => {
    const found = await databasePosition(visit, probes, `/sumdb/${databaseName(probes)}/latest`);
    return { ok: found === null ? null : true, found };
  });
  const database = await visit.stage("integrity", () => proveDatabase(visit, probes));
  return { database, position: fresh.found };
}

function databaseName(probes: GoProbes): string {
  return probes.sumdb?.key.split("+")[0] ?? "";
}

/** A larger zip by its hash, and beside it whether the proxy says that it carries the database: without that go does not ask it. */
async function checkOnceMore(
  visit: Visit,
  whole: GoArtefact | undefined,
  probes: GoProbes,
): ReturnType<Protocol["lastCheck"]> {
  if (whole === undefined) return null;
  const saying = isSupported(visit, probes);
  const result = await visit.get(whole.path, { maxBytes: maxZipBytes });
  const said = await saying;
  if (said.ok === false && said.reason !== null) return said;
  if (isMissing(result)) return null;
  const bad = faultOf(result);
  if (bad !== null || !result.ok) return bad;
  const checked = checkZip(result.body, result.whole, whole.path, whole.h1);
  if (!checked.ok) return checked;
  return { ok: true, reason: null, ...(said.ok === false ? { traits: () => ["no-sumdb"] } : {}) };
}

interface Found {
  readonly ok: true;
  readonly result: HttpResult;
  readonly artefact: GoArtefact;
}

const skipped = { ok: null } as const;

/** The first pinned artefact that the mirror has, asked as the tool asks. */
async function reach(visit: Visit, probes: GoProbes): Promise<Found | typeof skipped | Fault> {
  let missing: Fault | null = null;
  for (const artefact of probes.api ?? []) {
    const result = await visit.get(artefact.path, small);
    const bad = faultOf(result);
    if (bad === null) return { ok: true, result, artefact };
    if (result.ok && isForbidden(result)) return explainRefusal(visit, artefact, result.status, bad);
    if (!isMissing(result)) return bad;
    missing = bad;
  }
  if (missing === null) return skipped;
  return (await hasDatabase(visit, probes)) ? fault("no-artefact", { code: "no-known-module", args: {} }) : missing;
}

/** A proxy that lacks our modules still knows what it is; a server of another kind answers 404 to this as well. */
async function hasDatabase(visit: Visit, probes: GoProbes): Promise<boolean> {
  const result = await visit.get(`/sumdb/${databaseName(probes)}/supported`, small);
  return result.ok && result.status === 200 && result.body.byteLength === 0;
}

async function explainRefusal(visit: Visit, artefact: GoArtefact, status: number, refused: Fault): Promise<Fault> {
  const again = await visit.get(artefact.path, { ...small, as: plainUserAgent });
  const served = again.ok && again.status === 200 && modHash(again.body) === artefact.h1;
  return served ? fault("client-denied", { code: "for-browsers-only", args: { status } }) : refused;
}

/** The first pinned zip that the mirror has, whole, by its content hash: zips of different proxies need not be the same bytes. */
async function download(
  visit: Visit,
  artefacts: readonly GoArtefact[],
): Promise<{ ok: true } | typeof skipped | Fault> {
  for (const { path, h1 } of artefacts) {
    const result = await visit.get(path, { maxBytes: maxZipBytes });
    if (isMissing(result)) continue;
    if (result.ok && isForbidden(result)) {
      return fault("denied", { code: "http-status-for", args: { status: result.status, path } });
    }
    const bad = faultOf(result);
    if (bad !== null) return bad;
    return result.ok ? checkZip(result.body, result.whole, path, h1) : skipped;
  }
  return artefacts.length === 0 ? skipped : fault("no-artefact", { code: "mods-only", args: {} });
}
