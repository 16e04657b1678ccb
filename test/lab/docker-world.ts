import { type Image, imageCanary, labImage, makeImages, otherImage } from "./artefacts/images.ts";
import { pause, untilStale } from "./artefacts/releases.ts";
import { once } from "./compose.ts";
import { httpMiddleware } from "./http-faults.ts";
import { dockerMiddleware, isDockerFile } from "./protocols/docker-faults.ts";
import { dockerHandler } from "./protocols/docker-registry.ts";
import type { World } from "./types.ts";

/** What the lab's mirrors of Docker Hub serve, how they fail, and what the catalog says about it. */
export interface DockerWorld extends World {
  /** Every image of a fresh mirror. */
  readonly images: readonly Image[];
  /** The `probes.docker` of the catalog. */
  readonly probes: object;
}

/** Builds the images, and (only when asked for) their tampered doubles. `now`: as in `makePyWorld`. */
export function makeDockerWorld(now = Date.now()): DockerWorld {
  const images = makeImages(now, { tampered: false });
  const stale = once(() => dockerHandler(untilStale(images, now)));
  const tampered = once(() => dockerHandler(images, makeImages(now, { tampered: true })));
  const blobs = images.flatMap((image) => image.blobs);
  const large = new Set(blobs.filter(({ bytes }) => bytes.length > 100_000).map(({ digest }) => digest));
  const ofHttp = httpMiddleware({ isFile: isDockerFile, userAgent: "docker/" });
  const ofDocker = dockerMiddleware({ stale, tampered, large });
  return {
    mirror: dockerHandler(images),
    middleware: (fault) => ofHttp(fault) ?? ofDocker(fault),
    images,
    probes: {
      repository: labImage.repository,
      reference: labImage.tag,
      beyondLibrary: otherImage,
      canaries: [imageCanary],
      pause,
    },
  };
}
