import type { DockerProbes } from "../../catalog/types.ts";
import { type Fault, failedProof, fault } from "../../probe/answers.ts";
import type { Proof, Protocol, Visit } from "../../probe/types.ts";
import { blobPath, checkBlob, looksLikeLayer, maxBlobBytes, type Picked } from "./blobs.ts";
import { download, speak } from "./delivery.ts";
import { type Board, hasOthers, isFault, type Position, positionOf, sideLane } from "./freshness.ts";
import type { Blob } from "./manifest.ts";
import { Registry } from "./registry.ts";
import { userAgent } from "./user-agent.ts";

const mebibyte = 1024 * 1024;

/** What the mirrors of one race have told. */
interface Known {
  readonly board: Board;
  /** Layers that rates are measured by, by digest. */
  readonly large: Map<string, Blob>;
  /** What the last check of each mirror goes on from, by its address. */
  readonly served: Map<string, { readonly registry: Registry; readonly middling: Blob | null }>;
}

/**
 * Proves a mirror of Docker Hub as the daemon would pull from it: https://distribution.github.io/distribution/spec/api/ . All content is named by its
 * hash, so that only what a tag points to has to be believed: that is compared among the mirrors, by when it was built.
 */
export function dockerProtocol(probes: DockerProbes | undefined): Protocol {
  const known: Known = { board: new Map(), large: new Map(), served: new Map() };
  return {
    userAgent,
    prove: (visit) => (probes === undefined ? unproved() : prove(visit, probes, known)),
    reference: null,
    allowedLag: 24,
    isHearsay: true,
    lagUnit: "hours",
    looksRight: (start) => looksLikeLayer(start, [...known.large.values()]),
    lastCheck: async (visit) => (probes === undefined ? null : checkOnceMore(visit, probes, known)),
    weights: { rounds: 12, bytes: 150_000_000 },
    // Where it wants tokens, each repository has its own: a proof is up to a dozen requests then.
    budget: {
      requests: 20,
      evidence: 12,
      bytes: 4 * mebibyte,
      sharedBytes: 2 * mebibyte,
      soloBytes: 4 * mebibyte,
      wallMs: 3_500,
    },
  };
}

async function unproved(): Promise<Proof> {
  return failedProof(fault("no-artefact", { code: "nothing-to-prove-by", args: {} }));
}

/** The image on one connection; how far the mirror is, and what else it has, on another. */
async function prove(visit: Visit, probes: DockerProbes, known: Known): Promise<Proof> {
  const registry = new Registry(visit);
  const pinging = registry.ping(sideLane);
  const telling = visit.stage("freshness", () => tell(registry, visit, probes, { known, pinging }));
  const failed = async (found: Fault & Partial<Pick<Proof, "position">>) => {
    await pinging;
    return failedProof(found, { traits: registry.wantsToken ? ["token"] : [], position: found.position ?? null });
  };
  const spoken = await speak(registry, visit, probes, pinging);
  if (!spoken.ok) return failed(spoken);
  const downloaded = await visit.stage("download", () => download(registry, probes.repository, spoken.picked));
  if (!downloaded.ok) return failed(downloaded);
  await serve(registry, visit, probes, { known, picked: spoken.picked });
  const told = await telling;
  if (told.ok === false) return failed(told);
  const traits = [...(registry.wantsToken ? ["token"] : []), ...downloaded.traits, ...told.traits];
  return { reason: null, detail: null, findings: [], traits, position: told.position };
}

/** Notes what the race is to measure and to check by. */
async function serve(
  registry: Registry,
  visit: Visit,
  { repository }: DockerProbes,
  { known, picked }: { readonly known: Known; readonly picked: Picked },
): Promise<void> {
  const { middling, large } = picked;
  const bearer = await registry.bearer(repository);
  const path = (blob: Blob) => `/v2/${repository}/${blobPath(blob)}`;
  if (large !== null) known.large.set(large.digest, large);
  known.served.set(visit.base, { registry, middling });
  visit.served(large === null ? null : path(large), bearer);
}

type Told = Position & { readonly traits: readonly string[] };

/** Freshness, and whether it has more than the official images. */
async function tell(
  registry: Registry,
  visit: Visit,
  probes: DockerProbes,
  { known, pinging }: { readonly known: Known; readonly pinging: ReturnType<Registry["ping"]> },
): Promise<Told> {
  await pinging;
  const found = await positionOf(registry, visit, probes, known.board);
  if (found.ok === false || visit.isChoice) return { ...found, traits: [] };
  const others = await beyond(registry, probes);
  return others.ok ? { ...found, traits: others.traits } : { ...others, position: found.position, traits: [] };
}

/** Whether it has more than the official images. */
async function beyond(
  registry: Registry,
  { beyondLibrary }: DockerProbes,
): Promise<{ readonly ok: true; readonly traits: readonly string[] } | Fault> {
  const others = beyondLibrary === undefined ? true : await hasOthers(registry, beyondLibrary);
  return typeof others === "boolean" ? { ok: true, traits: others ? [] : ["library-only"] } : others;
}

/** A layer of middling size, whole, and what the proof has left out where one was to be chosen. */
async function checkOnceMore(visit: Visit, probes: DockerProbes, known: Known): ReturnType<Protocol["lastCheck"]> {
  const served = known.served.get(visit.base);
  if (served === undefined) return null;
  const registry = served.registry.during(visit);
  const [others, whole] = await Promise.all([
    visit.isChoice ? beyond(registry, probes) : null,
    served.middling === null ? null : wholeBlob(registry, probes, served.middling),
  ]);
  if (others?.ok === false) return others;
  if (whole === null || !whole.ok) return whole;
  const more = others?.traits ?? [];
  return { ok: true, reason: null, ...(more.length === 0 ? {} : { traits: (proved) => [...proved, ...more] }) };
}

async function wholeBlob(registry: Registry, { repository }: DockerProbes, blob: Blob) {
  const result = await registry.get(repository, blobPath(blob), { maxBytes: maxBlobBytes });
  return isFault(result) ? result : checkBlob(result, blob);
}
