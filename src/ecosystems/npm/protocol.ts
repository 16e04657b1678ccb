import type { NpmProbes } from "../../catalog/types.ts";
import type { HttpResult } from "../../ports/types.ts";
import { type Fault, failedProof, fault, faultOf, isForbidden, isMissing } from "../../probe/answers.ts";
import type { Proof, Protocol, Visit } from "../../probe/types.ts";
import { wentElsewhere } from "../files.ts";
import { beginsAsPinned } from "../prefix-pins.ts";
import { explainRefusal } from "../replies.ts";
import { abbreviated, type Manifest, maxDocumentBytes, pinnedManifest } from "./documents.ts";
import { newestOf, positionOf } from "./freshness.ts";
import { proveSignatures } from "./signed.ts";
import { checkTarball, maxTarballBytes, siblingPlace, tarballName, tarballPlace } from "./tarballs.ts";

/**
 * Proves an npm registry: https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md . By the dates of nightly versions, a mirror that is behind by
 * one day may be a few hours late; one that is behind by two is not.
 */
export function npmProtocol(probes: NpmProbes | undefined): Protocol {
  const [bulk] = probes?.bulk ?? [];
  return {
    userAgent,
    prove: (visit) => (probes === undefined ? unproved() : prove(visit, probes)),
    reference: null,
    allowedLag: 1,
    lagUnit: "days",
    looksRight: (start) => bulk !== undefined && beginsAsPinned(start, tarballName(bulk), bulk.prefixes),
    lastCheck: async (visit) => (probes === undefined ? null : checkOnceMore(visit, probes)),
    weights: { rounds: 100, bytes: 60_000_000 },
    // Its proof takes one more than that of others: what vouches for the newest version is signed.
    budget: { requests: 10 },
  };
}

/** As npm words it: https://github.com/npm/cli/blob/latest/workspaces/config/lib/set-user-agent.js */
function userAgent(toolVersion: string | null): string {
  const version = /^[\w.+-]{1,40}$/.exec(toolVersion ?? "")?.[0] ?? "11.19.1";
  return `npm/${version} node/v20.20.2 linux x64 workspaces/false mirror-setup`;
}

async function unproved(): Promise<Proof> {
  return failedProof(fault("no-artefact", { code: "nothing-to-prove-by", args: {} }));
}

/** The artefact on one connection, how far the registry is on another: neither waits for the other. */
async function prove(visit: Visit, probes: NpmProbes): Promise<Proof> {
  const speaking = speak(visit, probes);
  const recording = proveRecords(visit, probes, speaking);
  const spoken = await speaking;
  if (spoken.ok === false) return failedProof(await explained(spoken, recording));
  const delivered = await deliver(visit, probes, spoken.manifest);
  if (delivered.ok === false) return failedProof(delivered, { traits: delivered.traits });
  const { fresh, position, integrity } = await recording;
  const traits = [...delivered.traits, ...integrity.traits];
  const seen = { traits, position };
  for (const found of [fresh, integrity]) if (found.ok === false) return failedProof(found, seen);
  return { reason: null, detail: null, findings: [], ...seen };
}

interface Spoken {
  readonly ok: true;
  readonly manifest: Manifest;
  /** Whether the registry has a document per version, or only one per package. */
  readonly form: "version" | "package";
}

/** Reach, protocol: what the registry says of the pinned version. */
async function speak(visit: Visit, probes: NpmProbes): Promise<Spoken | Fault> {
  const reached = await visit.stage("reach", () => reach(visit, probes));
  if (reached.ok === false) return reached;
  const { result, form } = reached;
  const spoken = await visit.stage("protocol", async () => pinnedManifest(result, probes, form));
  return spoken.ok ? { ...spoken, form } : spoken;
}

/** A registry that lacks our package still knows others; a server of another kind knows none. */
async function explained(spoken: Fault, recording: ReturnType<typeof proveRecords>): Promise<Fault> {
  const isAbsent = spoken.detail.code === "http-status" && [404, 410].includes(Number(spoken.detail.args.status));
  if (!isAbsent || (await recording).position === null) return spoken;
  return fault("no-artefact", { code: "no-known-package", args: {} });
}

/** Download: the pinned tarball, whole, from where the registry says it is. */
async function deliver(visit: Visit, probes: NpmProbes, manifest: Manifest) {
  const place = tarballPlace(visit, manifest, probes);
  if (place.ok === false) return { ...place, traits: [] };
  const foreign = place.isForeign ? ["foreign-tarball-host"] : [];
  const downloaded = await visit.stage("download", async () => {
    const result = await visit.get(place.url, { maxBytes: maxTarballBytes });
    return {
      ...checkTarball(result, probes),
      traits: wentElsewhere(result) ? [...foreign, "cdn"] : foreign,
    };
  });
  if (downloaded.ok === false) return downloaded;
  const [bulk] = probes.bulk ?? [];
  visit.served(bulk === undefined ? null : siblingPlace(visit, place.url, probes, bulk));
  return downloaded;
}

/** Freshness and integrity. */
async function proveRecords(visit: Visit, probes: NpmProbes, speaking: Promise<Spoken | Fault>) {
  const hasDocuments = speaking.then((spoken) => spoken.ok && spoken.form === "version");
  const fresh = await visit.stage("freshness", () => newestOf(visit, probes, hasDocuments));
  const spoken = await speaking;
  const manifest = spoken.ok ? spoken.manifest : null;
  const newest = fresh.ok === true && fresh.hasRoute && (await hasDocuments) ? fresh.newest : null;
  const integrity = await visit.stage("integrity", () => proveSignatures(visit, probes.keys ?? [], manifest, newest));
  return { fresh, position: "newest" in fresh ? positionOf(fresh, visit) : null, integrity };
}

interface Reached {
  readonly ok: true;
  readonly result: HttpResult;
  readonly form: Spoken["form"];
}

/** The pinned version's own document; where there is no such route, its package's. */
async function reach(visit: Visit, probes: NpmProbes): Promise<Reached | Fault> {
  const name = probes.package.replace("/", "%2f");
  const target = `/${name}/${probes.version}`;
  const question = { maxBytes: maxDocumentBytes, gzip: true };
  const direct = await visit.get(target, question);
  const refused = faultOf(direct);
  if (refused === null) return { ok: true, result: direct, form: "version" };
  if (isForbidden(direct)) {
    const isRight = (again: HttpResult) => pinnedManifest(again, probes, "version").ok;
    return explainRefusal(visit, target, question, refused, isRight);
  }
  if (!isMissing(direct)) return refused;
  const result = await visit.get(`/${name}`, { ...question, accept: abbreviated });
  return faultOf(result) ?? { ok: true, result, form: "package" };
}

/** A larger tarball, whole: the first of the large ones that is not too large. */
async function checkOnceMore(visit: Visit, probes: NpmProbes): ReturnType<Protocol["lastCheck"]> {
  const [first] = probes.bulk ?? [];
  const whole = probes.bulk?.find(({ size = Number.POSITIVE_INFINITY }) => size <= maxTarballBytes);
  if (first === undefined || whole === undefined) return null;
  const url = siblingPlace(visit, visit.bulk ?? `${visit.base}/`, first, whole);
  const result = await visit.get(url, { maxBytes: maxTarballBytes });
  if (isMissing(result)) return null;
  const checked = checkTarball(result, whole);
  return checked.ok ? { ok: true, reason: null } : checked;
}
