import { parseCatalog } from "../../src/catalog/parse.ts";
import type { Probes } from "../../src/catalog/types.ts";
import { dockerProtocol } from "../../src/ecosystems/docker/protocol.ts";
import { goProtocol } from "../../src/ecosystems/go/protocol.ts";
import { npmProtocol } from "../../src/ecosystems/npm/protocol.ts";
import { pipProtocol } from "../../src/ecosystems/pip/protocol.ts";
import type { Protocol } from "../../src/probe/types.ts";
import { labImage } from "../lab/artefacts/images.ts";
import { bulkPackage, greetPackage } from "../lab/artefacts/npm-packages.ts";
import { bulkWheel, greetWheel } from "../lab/artefacts/wheels.ts";
import { once } from "../lab/compose.ts";
import { makeDockerWorld } from "../lab/docker-world.ts";
import { makeGoWorld } from "../lab/go-world.ts";
import { notFound } from "../lab/http.ts";
import { makeNpmWorld } from "../lab/npm-world.ts";
import { tarballPath } from "../lab/protocols/npm-registry.ts";
import { wheelPath } from "../lab/protocols/pypi.ts";
import { makePyWorld } from "../lab/py-world.ts";
import type { Handler, World } from "../lab/types.ts";
import { epoch } from "./sim/clock.ts";

/** What every policy may ask a mirror for: paths of its host. */
export interface Paths {
  /** What a quick look asks for. */
  readonly small: string;
  /** The large artefact. */
  readonly bulk: string;
  /** What chsrc would measure by: a whole file of 40 MB, which only the benchmark's hosts have. */
  readonly whole: string;
}

/** What the hosts of an ecosystem serve, and the protocol that proves them by it. */
export interface Content {
  readonly protocol: Protocol;
  readonly lab: World;
  readonly reference: Handler;
  /** Where a mirror's own address begins on its host. */
  readonly root: string;
  readonly paths: Paths;
}

/** The host of Go's checksum database. */
export const referenceHost = "sumdb.example";

/** Each is made when first asked for. */
const contents = {
  go: once(goContent),
  npm: once(npmContent),
  pip: once(pipContent),
  docker: once(dockerContent),
} as const;

export type ContentName = keyof typeof contents;

export function contentOf(name: ContentName): Content {
  return contents[name]();
}

/** Probes as a catalog would have them. */
function parsed(probes: object): Probes {
  const source = { version: 1, updated: "2026-11-20", mirrors: [], probes };
  const { catalog, problems } = parseCatalog(JSON.stringify(source), "file");
  if (catalog === null) throw new Error(`the lab's probes: ${JSON.stringify(problems)}`);
  return catalog.probes;
}

function goContent(): Content {
  const lab = makeGoWorld();
  const { go = {} } = parsed({ go: lab.probes(`https://${referenceHost}`) });
  const whole = "/bench.example/whole/@v/v1.0.0.zip";
  const paths = { small: go.api?.[0]?.path ?? "", bulk: go.bulk?.[0]?.path ?? "", whole };
  return { protocol: goProtocol(go), lab, reference: lab.reference, root: "", paths };
}

/** Its ages are those of the simulation's own calendar. */
function npmContent(): Content {
  const lab = makeNpmWorld(epoch);
  const { name, version } = greetPackage;
  const whole = "/bench-whole/-/bench-whole-1.0.0.tgz";
  const paths = { small: `/${name}/${version}`, bulk: tarballPath(bulkPackage), whole };
  const { npm } = parsed({ npm: lab.probes });
  return { protocol: npmProtocol(npm), lab, reference: () => notFound, root: "", paths };
}

function pipContent(): Content {
  const lab = makePyWorld(epoch);
  const bulk = lab.wheels.find(({ project }) => project === bulkWheel.project);
  const small = `/simple/${greetWheel.project}/`;
  const whole = "/packages/00/00/00/bench_whole-1.0.0-py3-none-any.whl";
  const paths = { small, bulk: bulk === undefined ? "" : wheelPath(bulk), whole };
  const { pip } = parsed({ pip: lab.probes });
  return { protocol: pipProtocol(pip), lab, reference: () => notFound, root: "/simple", paths };
}

function dockerContent(): Content {
  const lab = makeDockerWorld(epoch);
  const { repository, tag } = labImage;
  const layers = lab.images.find((image) => image.repository === repository)?.blobs ?? [];
  const [large] = layers.toSorted((a, b) => b.bytes.length - a.bytes.length);
  const blobs = `/v2/${repository}/blobs`;
  const paths = {
    small: `/v2/${repository}/manifests/${tag}`,
    bulk: `${blobs}/${large?.digest ?? ""}`,
    whole: `${blobs}/sha256:${"0".repeat(64)}`,
  };
  const { docker } = parsed({ docker: lab.probes });
  // A protocol remembers what the mirrors of its race have told: each world has its own.
  const content = { lab, reference: () => notFound, root: "", paths };
  return {
    ...content,
    get protocol() {
      return dockerProtocol(docker);
    },
  };
}
