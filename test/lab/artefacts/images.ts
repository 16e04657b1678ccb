import { gunzipSync } from "node:zlib";
import { altered, hex, noise, tarball, utf8 } from "./archives.ts";
import { daily, longAgo } from "./releases.ts";

/** A manifest, a configuration or a layer, and what kind it is. */
export interface Content {
  readonly digest: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** One build of an image, for two platforms, and the tags that pointed to it when it was new. */
export interface Image {
  readonly repository: string;
  readonly tags: readonly string[];
  /** When it was built, in milliseconds since 1970. */
  readonly at: number;
  readonly index: Content;
  readonly manifests: readonly Content[];
  /** Of the first platform: its configuration, and its layers from the bottom up. */
  readonly blobs: readonly Content[];
}

/** The image that real tools pull, that proves a mirror, and whose last layer is large; one that is not official; and one that is built every day. */
export const labImage = { repository: "library/alpine", tag: "latest" } as const;
export const otherImage = "grafana/grafana";
export const helloImage = "library/hello-world";
export const imageCanary = "library/python";

const oci = "application/vnd.oci.image";
const types = {
  index: `${oci}.index.v1+json`,
  manifest: `${oci}.manifest.v1+json`,
  config: `${oci}.config.v1+json`,
  layer: `${oci}.layer.v1.tar+gzip`,
} as const;

const hello = "#!/bin/sh\necho Hello, lab\n";
const layers = {
  small: { "bin/hello": utf8(hello.padEnd(700, "# of the lab\n")) },
  middling: { "lib/middling.bin": noise(300 * 1024) },
  large: { "lib/large.bin": noise(5 * 1024 * 1024) },
} as const;

/** Every image of the lab, of each repository the oldest first. `tampered` alters one file of each layer, and all that names it. */
export function makeImages(now: number, options: { readonly tampered: boolean }): readonly Image[] {
  const one = { tags: ["latest"], at: longAgo } as const;
  const sources = [
    { ...one, repository: labImage.repository, tags: ["3.1", labImage.tag], files: Object.values(layers) },
    { ...one, repository: otherImage, files: [layers.small] },
    { ...one, repository: helloImage, files: [layers.small] },
    ...daily(now).map((at, index) => {
      return { repository: imageCanary, tags: [`3.${index}`, "latest"], at, files: [layers.small] };
    }),
  ];
  return sources.map((source) => build(source, options.tampered));
}

interface Source extends Pick<Image, "repository" | "tags" | "at"> {
  readonly files: readonly Readonly<Record<string, Uint8Array>>[];
}

/** https://github.com/opencontainers/image-spec/blob/main/spec.md */
function build({ repository, tags, at, files }: Source, tampered: boolean): Image {
  const changed = (content: Uint8Array) =>
    content.length > 20_000 ? altered(content) : utf8(textOf(content).replace("Hello", "Hullo"));
  const blobs = files.map((each) => {
    const contents = Object.entries(each).map(([name, content]) => [name, tampered ? changed(content) : content]);
    return content(types.layer, tarball(Object.fromEntries(contents)));
  });
  const diffs = blobs.map(({ bytes }) => `sha256:${hex("sha256", gunzipSync(bytes))}`);
  const created = new Date(at).toISOString();
  const platforms = ["amd64", "arm64"].map((architecture) => {
    const config = {
      architecture,
      os: "linux",
      created,
      config: { Cmd: ["/bin/hello"] },
      rootfs: { type: "layers", diff_ids: diffs },
    };
    const configuration = json(types.config, {
      ...config,
      history: diffs.map(() => ({ created, created_by: "the lab" })),
    });
    const parts = { config: descriptor(configuration), layers: blobs.map(descriptor) };
    const manifest = json(types.manifest, { schemaVersion: 2, mediaType: types.manifest, ...parts });
    return { architecture, configuration, manifest };
  });
  const manifests = platforms.map(({ architecture, manifest }) => ({
    ...descriptor(manifest),
    platform: { architecture, os: "linux" },
    annotations: { "org.opencontainers.image.created": created },
  }));
  return {
    ...{ repository, tags, at },
    index: json(types.index, { schemaVersion: 2, mediaType: types.index, manifests }),
    manifests: platforms.map(({ manifest }) => manifest),
    blobs: [...platforms.map(({ configuration }) => configuration), ...blobs],
  };
}

function content(type: string, bytes: Uint8Array): Content {
  return { digest: `sha256:${hex("sha256", bytes)}`, type, bytes };
}

function json(type: string, value: object): Content {
  return content(type, utf8(JSON.stringify(value)));
}

function descriptor({ type, digest, bytes }: Content) {
  return { mediaType: type, digest, size: bytes.length };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
