import { toml } from "../../../edits/toml/index.ts";
import type { Entry } from "../../../edits/types.ts";
import { configFolder, pathsOf } from "../../../platform/paths.ts";
import type { ReadPort } from "../../../ports/types.ts";
import { textAt } from "../../reading.ts";
import type { Onlooker, OnlookerView } from "../../types.ts";
import { hostsFileIn } from "../hosts-toml.ts";
import { hubOf } from "../hub.ts";
import { viewOf } from "./seen.ts";

const main = "/etc/containerd/config.toml";
const usual = ["/etc/containerd/certs.d", "/etc/docker/certs.d"];
/** The part for Kubernetes, before 2.0 and since. https://github.com/containerd/containerd/blob/main/docs/cri/registry.md */
const parts = ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images"] as const;

/**
 * containerd for Kubernetes, and nerdctl. Docker brings a containerd too, which pulls nothing by itself: one that nobody but Docker uses is not spoken of.
 */
export const containerd: Onlooker = {
  id: "containerd",
  look: async (read, url, probes) => {
    const hub = hubOf(probes);
    const has = async (program: string) => (await read.which(program)) !== null;
    const isUsed = (await has("nerdctl")) || (await has("crictl")) || (await has("kubelet"));
    return hub === null || !isUsed ? null : look(read, url, hub, await has("nerdctl"));
  },
};

async function look(read: ReadPort, url: string, hub: string, isNerdctl: boolean): Promise<OnlookerView> {
  const entries = toml.entries(await textAt(read, main));
  const part = entries.some(({ key }) => key.startsWith(`plugins."${parts[1]}"`)) ? parts[1] : parts[0];
  const registry = `plugins."${part}".registry`;
  const old = entries.filter(({ key }) => key.startsWith(`${registry}.mirrors.${JSON.stringify(hub)}.endpoint[`));
  if (old.length > 0) return oldView(old, url);
  const named = entries.find(({ key }) => key === `${registry}.config_path`)?.value ?? "";
  const folders = named !== "" ? named.split(":") : isNerdctl ? nerdctlFolders(read) : await defaultFolders(read);
  const found = await hostsFileIn(folders, [hub], read);
  const { join } = pathsOf(read.facts);
  if (folders[0] === undefined) {
    const lines = [`[${registry}]`, `config_path = "${usual.join(":")}"`];
    return viewOf({ key: "config_path", addresses: [], file: main, line: null }, main, lines);
  }
  const file = found?.file ?? join(folders[0], hub, "hosts.toml");
  const lines = url === "" ? [] : [`[host.${JSON.stringify(url)}]`, 'capabilities = ["pull", "resolve"]'];
  return viewOf({ key: `${hub} host`, addresses: found?.hosts ?? [], file, line: found?.line ?? null }, file, lines);
}

/** What `config_path` has replaced; both together are an error. */
function oldView(old: readonly Entry[], url: string): OnlookerView {
  const [first] = old;
  const addresses = old.map(({ value }) => value);
  const lines = url === "" ? [] : [`endpoint = [${JSON.stringify(url)}]`];
  return viewOf({ key: "endpoint", addresses, file: main, line: first?.line ?? null }, main, lines);
}

/** https://github.com/containerd/nerdctl/blob/main/docs/registry.md */
function nerdctlFolders({ facts }: ReadPort): readonly string[] {
  const config = configFolder(facts);
  if (facts.uid === 0 || facts.home === null || config === null) return usual;
  const { join } = pathsOf(facts);
  return ["containerd", "docker"].map((program) => join(config, program, "certs.d"));
}

/** Since 2.0 it looks there by itself; before, nowhere. */
async function defaultFolders(read: ReadPort): Promise<readonly string[]> {
  const path = await read.which("containerd");
  const said = path === null ? "" : (await read.run({ argv: [path, "--version"] })).stdout;
  return /\sv?1\.\d+\.\d/.test(said) ? [] : usual;
}
