import { createHash } from "node:crypto";
import type { HttpResult } from "../../ports/types.ts";
import { type Fault, fault } from "../../probe/answers.ts";
import { contentTypeOf } from "../replies.ts";
import { type Json, jsonOf, memberOf, objectOf, objectsIn, textIn } from "../untrusted.ts";

/** Every kind of manifest that the daemon takes: https://github.com/opencontainers/image-spec/blob/main/media-types.md , and Docker's own before it. */
export const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** Bytes: the daemon takes no more than 4 MiB; an index of many platforms has some ten thousand. */
export const maxManifestBytes = 256 * 1024;

/** A layer or a configuration, by its content. */
export interface Blob {
  readonly digest: string;
  readonly size: number;
}

/** What a tag points to: an index of platforms, or one platform's manifest. */
export interface Tagged {
  readonly ok: true;
  /** Of the platform's manifest; null where this is it. */
  readonly platform: string | null;
  /** When the image was built, in milliseconds since 1970; null where it does not say. */
  readonly created: number | null;
  readonly blobs: readonly Blob[];
}

/** One platform of an image: https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** Of an architecture that has some: `v8`. */
  readonly variant?: string;
}

/** What most people have. */
const usual: Platform = { os: "linux", architecture: "amd64" };

const mostBlobs = 200;

/** The digest of some bytes, as registries write it. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** The digest that an answer names as its own, if it names one. */
export function namedDigest(result: HttpResult): string | null {
  const named = result.ok ? result.headers["docker-content-digest"] : undefined;
  return isDigest(named) ? named : null;
}

/** Reads a manifest or an index. What its digest was said to be, by whom it was asked for or by itself, it must be. */
export function readManifest(
  result: HttpResult,
  what: string,
  digest: string | null,
  platform: Platform = usual,
): Tagged | Fault {
  if (result.ok && !result.whole)
    return fault("not-a-mirror", { code: "too-long", args: { path: what, most: maxManifestBytes } });
  const found = jsonOf(result);
  const isIndex = Array.isArray(memberOf(found, "manifests"));
  if (found === null || !(isIndex || Array.isArray(memberOf(found, "layers"))))
    return fault("not-a-mirror", { code: "other-manifest", args: { type: contentTypeOf(result) } });
  const promised = digest ?? namedDigest(result);
  if (promised !== null && result.ok && digestOf(result.body) !== promised)
    return fault("tampered", { code: "wrong-content", args: { path: what } });
  return isIndex ? readIndex(found, what, platform) : readPlatform(found);
}

function readIndex(found: Json, what: string, { os, architecture, variant }: Platform): Tagged | Fault {
  const all = objectsIn(found, "manifests").filter((each) => {
    const platform = objectOf(memberOf(each, "platform"));
    return textIn(platform, "os") === os && textIn(platform, "architecture") === architecture;
  });
  const same = (each: Json) => textIn(objectOf(memberOf(each, "platform")), "variant") === variant;
  const wanted = (variant === undefined ? undefined : all.find(same)) ?? all[0];
  const digest = textIn(wanted ?? null, "digest");
  if (wanted === undefined || !isDigest(digest))
    return fault("no-artefact", { code: "file-unlisted", args: { file: `${what} ${os}/${architecture}` } });
  return { ok: true, platform: digest, created: createdIn(wanted) ?? createdIn(found), blobs: [] };
}

function readPlatform(found: Json): Tagged {
  const configuration = objectOf(memberOf(found, "config"));
  const named = [...(configuration === null ? [] : [configuration]), ...objectsIn(found, "layers")];
  const blobs = named.slice(0, mostBlobs).flatMap((each) => {
    const [digest, size] = [textIn(each, "digest"), memberOf(each, "size")];
    return isDigest(digest) && typeof size === "number" && size > 0 ? [{ digest, size }] : [];
  });
  return { ok: true, platform: null, created: createdIn(found), blobs };
}

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys */
function createdIn(found: Json): number | null {
  const said = textIn(objectOf(memberOf(found, "annotations")), "org.opencontainers.image.created");
  const at = Date.parse((said ?? "").slice(0, 40));
  return Number.isNaN(at) ? null : at;
}

function isDigest(named: string | null | undefined): named is string {
  return /^sha256:[0-9a-f]{64}$/.test(named ?? "");
}
