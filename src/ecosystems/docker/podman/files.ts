import { pathsOf, variable } from "../../../platform/paths.ts";
import type { HostFacts } from "../../../platform/types.ts";
import type { ReadPort } from "../../../ports/types.ts";

/**
 * Of drop-ins for one registry the last by name wins, the user's after the system's. 50: after what distributions ship (`00-`, `shortnames.conf` has no
 * registries), and before what a person puts last on purpose (`99-`).
 */
export const ownName = "50-mirror-setup.conf";

const systemFolder = "/etc/containers";

/** Where podman's registries are set, weakest first. */
export interface PodmanFiles {
  readonly inForce: readonly string[];
  /** The user's own main file, by which podman reads none of the system's. */
  readonly hidesSystem: string | null;
}

/** The folder with a user's files: below the home, whatever XDG_CONFIG_HOME says. */
function userFolder(facts: HostFacts): string | null {
  return facts.home === null ? null : pathsOf(facts).join(facts.home, ".config", "containers");
}

/** Where our drop-in stands; null where no home is known. */
export function dropIn(facts: HostFacts, scope: "user" | "system"): string | null {
  const folder = scope === "system" ? systemFolder : userFolder(facts);
  return folder === null ? null : pathsOf(facts).join(folder, "registries.conf.d", ownName);
}

/** https://github.com/containers/image/blob/main/pkg/sysregistriesv2/system_registries_v2.go, newConfigWrapper; podman's environment.go for the variables. */
export async function podmanFiles(read: ReadPort): Promise<PodmanFiles> {
  const { facts } = read;
  const { join } = pathsOf(facts);
  const user = userFolder(facts);
  const named = variable(facts, "CONTAINERS_REGISTRIES_CONF") ?? variable(facts, "REGISTRIES_CONFIG_PATH");
  const own = user === null ? null : join(user, "registries.conf");
  const isHiding = named === null && own !== null && (await read.read(own)).kind !== "missing";
  const main = named ?? (isHiding ? own : join(systemFolder, "registries.conf"));
  const folders = [...(isHiding ? [] : [systemFolder]), ...(user === null ? [] : [user])];
  const dropIns = await Promise.all(folders.map((folder) => confsIn(join(folder, "registries.conf.d"), read)));
  return { inForce: [main ?? "", ...dropIns.flat()], hidesSystem: isHiding ? own : null };
}

async function confsIn(folder: string, read: ReadPort): Promise<string[]> {
  const names = await read.names(folder);
  const confs = names.filter((name) => name.endsWith(".conf")).sort();
  return confs.map((name) => pathsOf(read.facts).join(folder, name));
}
