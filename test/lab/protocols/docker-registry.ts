import type { Content, Image } from "../artefacts/images.ts";
import { file, text } from "../http.ts";
import type { Handler, LabRequest, Reply } from "../types.ts";

/**
 * A registry that mirrors a hub: https://distribution.github.io/distribution/spec/api/ . Its images can be pulled by their own names, as a mirror is
 * asked for them, and with `docker.io/` before them. `served`: the bytes behind the digests, image by image.
 */
export function dockerHandler(images: readonly Image[], served: readonly Image[] = images): Handler {
  const found = contentsOf(images, served);
  return (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return refused(405, "UNSUPPORTED");
    if (/^\/v2\/?$/.test(request.path)) return { status: 200, headers: json, body: Buffer.from("{}") };
    const { repository = "", kind = "", reference = "" } = partsOf(request.path) ?? {};
    const content = found.get(`${repository}/${kind}/${reference}`);
    if (content !== undefined) return reply(request, kind, content);
    return kind === "blobs" ? refused(404, "BLOB_UNKNOWN") : refused(404, "MANIFEST_UNKNOWN");
  };
}

const json = { "content-type": "application/json", "docker-distribution-api-version": "registry/2.0" } as const;

/** An error as registries word it. */
export function refused(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const body = JSON.stringify({ errors: [{ code, message: code.toLowerCase().replaceAll("_", " ") }] });
  return text(status, `${body}\n`, { ...json, ...headers });
}

/** What a path asks for; null for the root and for other paths. */
export function partsOf(path: string) {
  const [, repository, kind, reference] = /^\/v2\/(?:docker\.io\/)?(.+)\/(manifests|blobs)\/([^/]+)$/.exec(path) ?? [];
  if (repository === undefined || kind === undefined || reference === undefined) return null;
  return { repository, kind, reference };
}

interface Served extends Content {
  readonly body: Uint8Array;
}

/** By what is asked for. A tag points to the newest image that has it. */
function contentsOf(images: readonly Image[], served: readonly Image[]): ReadonlyMap<string, Served> {
  const entries = images.flatMap((image, index) => {
    const { repository, tags } = image;
    const other = served[index] ?? image;
    const manifest = (content: Content) =>
      [`${repository}/manifests/${content.digest}`, { ...content, body: content.bytes }] as const;
    return [
      ...[image.index, ...image.manifests].map(manifest),
      ...tags.map((tag) => [`${repository}/manifests/${tag}`, { ...image.index, body: image.index.bytes }] as const),
      ...image.blobs.map((blob, at) => {
        return [`${repository}/blobs/${blob.digest}`, { ...blob, body: other.blobs[at]?.bytes ?? blob.bytes }] as const;
      }),
    ];
  });
  return new Map(entries);
}

function reply(request: LabRequest, kind: string, { type, digest, body }: Served): Reply {
  const whole = file(request, body, kind === "blobs" ? "application/octet-stream" : type);
  const version = json["docker-distribution-api-version"];
  return {
    ...whole,
    headers: { ...whole.headers, "docker-content-digest": digest, "docker-distribution-api-version": version },
  };
}
