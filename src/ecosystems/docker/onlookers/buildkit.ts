import { toml } from "../../../edits/toml/index.ts";
import { configFolder, pathsOf, variable } from "../../../platform/paths.ts";
import type { HostFacts } from "../../../platform/types.ts";
import type { ReadPort } from "../../../ports/types.ts";
import { textAt } from "../../reading.ts";
import type { Onlooker, OnlookerView } from "../../types.ts";
import { hubOf, locationOf } from "../hub.ts";
import { viewOf } from "./seen.ts";

/** BuildKit's daemon on its own. https://docs.docker.com/build/buildkit/toml-configuration/ */
export const buildkit: Onlooker = {
  id: "buildkit",
  look: async (read, url, probes) => {
    const isHere = (await read.which("buildkitd")) !== null || (await read.which("buildctl")) !== null;
    return isHere ? look(read, url, hubOf(probes), daemonFile(read.facts)) : null;
  },
};

/** Builders that buildx has made: what they are given is read when one is made, and never again. The one inside Docker uses Docker's own mirrors. */
export const buildx: Onlooker = {
  id: "buildx",
  look: async (read, url, probes) => {
    const { join } = pathsOf(read.facts);
    const folder = buildxFolder(read.facts);
    if (folder === null || (await read.names(join(folder, "instances"))).length === 0) return null;
    const view = await look(read, url, hubOf(probes), join(folder, "buildkitd.default.toml"));
    if (view === null) return null;
    return { ...view, messages: [{ code: "buildx-new-builders", level: "info", args: {} }] };
  },
};

async function look(read: ReadPort, url: string, hub: string | null, file: string): Promise<OnlookerView | null> {
  if (hub === null) return null;
  const text = await textAt(read, file);
  const table = `registry.${JSON.stringify(hub)}`;
  const entries = toml.entries(text).filter(({ key }) => key.startsWith(`${table}.`));
  const mirrors = entries.filter(({ key }) => key.startsWith(`${table}.mirrors[`));
  const addresses = mirrors.map(({ value }) => `https://${value}`);
  const key = `${table}.mirrors`;
  // Like podman, it would ask HOST/v2/PATH.
  const location = url === "" || locationOf(url).includes("/") ? null : locationOf(url);
  const header = entries.length === 0 ? [`[${table}]`] : [];
  const lines = location === null ? [] : [...header, `mirrors = [${JSON.stringify(location)}]`];
  return viewOf({ key, addresses, file, line: mirrors[0]?.line ?? null }, file, lines);
}

function daemonFile(facts: HostFacts): string {
  const config = configFolder(facts);
  if (facts.uid === 0 || facts.home === null || config === null) return "/etc/buildkit/buildkitd.toml";
  return pathsOf(facts).join(config, "buildkit", "buildkitd.toml");
}

/** https://docs.docker.com/reference/cli/docker/buildx/create/#buildkitd-config */
function buildxFolder(facts: HostFacts): string | null {
  const { join } = pathsOf(facts);
  const own = variable(facts, "BUILDX_CONFIG");
  if (own !== null) return own;
  const docker = variable(facts, "DOCKER_CONFIG") ?? (facts.home === null ? null : join(facts.home, ".docker"));
  return docker === null ? null : join(docker, "buildx");
}
