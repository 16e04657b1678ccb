import type { DockerProbes } from "../../catalog/types.ts";
import type { HttpResult } from "../../ports/types.ts";
import { type Fault, fault, faultOf, isForbidden } from "../../probe/answers.ts";
import type { Visit } from "../../probe/types.ts";
import { wentElsewhere } from "../files.ts";
import { explainRefusal } from "../replies.ts";
import { jsonIn } from "../untrusted.ts";
import { blobPath, checkBlob, maxBlobBytes, type Picked, pick } from "./blobs.ts";
import { isFault } from "./freshness.ts";
import { manifestTypes, maxManifestBytes, readManifest, type Tagged } from "./manifest.ts";
import { faultOfBlob, rateLimit } from "./refusals.ts";
import type { Registry } from "./registry.ts";

/** An image whose manifest came. */
export interface Spoken {
  readonly ok: true;
  readonly picked: Picked;
}

const question = { accept: manifestTypes, maxBytes: maxManifestBytes, once: true } as const;

/** Reach, protocol: what the tag points to, and the platform's manifest. */
export async function speak(
  registry: Registry,
  visit: Visit,
  { repository, reference }: DockerProbes,
  pinging: Promise<HttpResult>,
): Promise<Spoken | Fault> {
  const path = `manifests/${reference}`;
  const reached = await visit.stage("reach", async () => {
    const result = await registry.get(repository, path, question);
    if (isFault(result)) return result;
    const bad = rateLimit(result) ?? faultOf(result);
    return bad === null ? { ok: true, result } : explain(visit, result, bad, `/v2/${repository}/${path}`);
  });
  if (!reached.ok) return atRegistry(reached, await pinging);
  return visit.stage("protocol", async () => {
    const platform = await platformOf(registry, repository, reference, reached.result);
    if (registry.wantsToken && isOpen(await pinging)) return fault("denied", { code: "token-late", args: {} });
    return platform.ok ? { ok: true, picked: pick(platform.blobs) } : platform;
  });
}

type Reached = { readonly ok: true; readonly result: HttpResult } | Fault;

function explain(visit: Visit, result: HttpResult, bad: Fault, target: string): Promise<Reached> | Reached {
  if (!isForbidden(result) || bad.reason === "rate-limited") return bad;
  return explainRefusal(visit, target, question, bad, (again) => readManifest(again, target, null).ok);
}

/** A registry that refuses what every other one has, or has it not; a server of another kind refuses everything. */
function atRegistry(bad: Fault, root: HttpResult): Fault {
  const status = bad.detail.code === "http-status" ? Number(bad.detail.args.status) : 0;
  if (bad.reason !== "http-status" || !isRegistry(root)) return bad;
  if (status === 401 || status === 403) return { ...bad, reason: "denied" };
  return status === 404 ? fault("no-artefact", { code: "no-known-image", args: {} }) : bad;
}

function isRegistry(root: HttpResult): boolean {
  if (!root.ok || (root.status !== 200 && root.status !== 401)) return false;
  const says = root.headers["docker-distribution-api-version"] ?? root.headers["www-authenticate"];
  return says !== undefined || jsonIn(new TextDecoder().decode(root.body)) !== null;
}

/** Seen of dockerd 20.10: where the root wants no token, it has none for the images either. */
function isOpen(root: HttpResult): boolean {
  return root.ok && root.status === 200;
}

/** The usual platform's manifest, by the digest that the index names. */
async function platformOf(
  registry: Registry,
  repository: string,
  reference: string,
  tagged: HttpResult,
): Promise<Tagged | Fault> {
  const index = readManifest(tagged, `${repository}:${reference}`, null);
  if (!index.ok || index.platform === null) return index;
  const result = await registry.get(repository, `manifests/${index.platform}`, question);
  if (isFault(result)) return result;
  const what = `${repository} linux/amd64`;
  return faultOfBlob(result, what) ?? readManifest(result, what, index.platform);
}

/** Download: one of the image's blobs, whole, and what was seen on the way. */
export async function download(
  registry: Registry,
  repository: string,
  { small }: Picked,
): Promise<{ readonly ok: true; readonly traits: readonly string[] } | Fault> {
  if (small === null) return fault("not-a-mirror", { code: "other-manifest", args: { type: "?" } });
  const result = await registry.get(repository, blobPath(small), { maxBytes: maxBlobBytes });
  if (isFault(result)) return result;
  const checked = checkBlob(result, small);
  return checked.ok ? { ok: true, traits: wentElsewhere(result) ? ["cdn"] : [] } : checked;
}
