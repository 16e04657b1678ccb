import type { DockerProbes } from "../../../src/catalog/types.ts";
import { dockerProtocol } from "../../../src/ecosystems/docker/protocol.ts";
import { type Image, imageCanary, labImage, makeImages, otherImage } from "../../lab/artefacts/images.ts";
import { ask, type Reply, type Server } from "../asking.ts";

export const probes: DockerProbes = {
  repository: labImage.repository,
  reference: labImage.tag,
  beyondLibrary: otherImage,
  canaries: [imageCanary],
};

/** What the virtual clock says it is, in milliseconds since 1970; images are as old as in the lab. */
export const now = Date.UTC(2026, 10, 20);
export const images = makeImages(now, { tampered: false });

/** The newest image of a repository. */
export function imageOf(repository: string): Image {
  const found = images.findLast((image) => image.repository === repository);
  if (found === undefined) throw new Error(`no ${repository}`);
  return found;
}

const image = imageOf(labImage.repository);
export const index = `/v2/${labImage.repository}/manifests/${labImage.tag}`;
export const platform = `/v2/${labImage.repository}/manifests/${image.manifests[0]?.digest}`;
export const blobOf = (size: "small" | "middling" | "large"): string => {
  const [small, middling, large] = image.blobs.map(({ digest }) => digest).slice(2);
  return `/v2/${labImage.repository}/blobs/${{ small, middling, large }[size]}`;
};
/** The smallest is the configuration. */
export const smallest = `/v2/${labImage.repository}/blobs/${image.blobs.toSorted((a, b) => a.bytes.length - b.bytes.length)[0]?.digest}`;
export const canary = `/v2/${imageCanary}/manifests/latest`;
export const other = `/v2/${otherImage}/manifests/latest`;

/** Replies by path of a mirror that has all. */
export const sound: Readonly<Record<string, Reply>> = {
  "/v2/": "{}",
  ...Object.fromEntries(
    images.flatMap(({ repository, tags, index, manifests, blobs }) => {
      const manifest = (content: Image["index"]) => ({
        body: content.bytes,
        headers: { "docker-content-digest": content.digest, "content-type": content.type },
      });
      return [
        ...tags.map((tag) => [`/v2/${repository}/manifests/${tag}`, manifest(index)] as const),
        ...[index, ...manifests].map((each) => [`/v2/${repository}/manifests/${each.digest}`, manifest(each)] as const),
        ...blobs.map(({ digest, bytes }) => [`/v2/${repository}/blobs/${digest}`, bytes] as const),
      ];
    }),
  ),
};

/** Asks a mirror that differs from a sound one by what is given; null: it has not this. `server` answers before it. */
export function askMirror(
  changes: Readonly<Record<string, Reply | null>> = {},
  server?: Server,
  some = probes,
  base?: string,
) {
  const replies = { ...sound, ...changes };
  const whole: Server = (url, request) =>
    server?.(url, request) ?? replies[url.pathname.replace("/root", "")] ?? undefined;
  return ask(dockerProtocol(some), whole, base);
}

/** A mirror that wants tokens: every answer but the token's is 401 without the right one. */
export function guarded(challenge: string, token: Reply = JSON.stringify({ token: "secret" })): Server {
  return ({ pathname, host }, { headers }) => {
    if (pathname === "/token") return token;
    if (host !== "mirror.example" || headers?.authorization === "Bearer secret") return undefined;
    return { status: 401, headers: { "www-authenticate": challenge } };
  };
}
