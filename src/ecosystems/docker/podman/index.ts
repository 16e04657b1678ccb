import type { Probes } from "../../../catalog/types.ts";
import type { HostFacts } from "../../../platform/types.ts";
import type { Command } from "../../../ports/types.ts";
import type { Current, Tool } from "../../types.ts";
import { hubOf } from "../hub.ts";
import { findPodman, mayAsk, ownStores } from "./ask.ts";
import { currentPodman } from "./current.ts";
import { planPodman } from "./plan.ts";

/** podman, and with it buildah and skopeo: they read the same files. Nothing runs that would have to be told. */
export const podmanTool: Tool = {
  id: "podman",
  ecosystem: "docker",
  scopes: ["user", "system"],
  detect: findPodman,
  current: currentPodman,
  plan: planPodman,
  trial,
};

/**
 * Fetches what is behind a tag: a pull would also note the blobs it saw in a cache of the machine, whatever stores it is given. Only as root: see
 * `askPodman`.
 */
function trial({ installation, settings }: Current, probes: Probes, facts: HostFacts): Command | null {
  const hub = hubOf(probes);
  if (hub === null || probes.docker === undefined || installation === null || settings.length === 0) return null;
  const { home } = facts;
  if (!mayAsk(facts) || home === null) return null;
  const { repository, reference } = probes.docker;
  const image = `${hub}/${repository}:${reference}`;
  return { argv: [installation.path, ...ownStores, "manifest", "inspect", image], env: { HOME: home } };
}
