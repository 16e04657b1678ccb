import type { Probes } from "../../catalog/types.ts";

/** The name that the registry which these mirrors copy goes by in the settings of podman, containerd and BuildKit. The catalog says it; null where it does not. */
export function hubOf(probes: Probes): string | null {
  const { registry } = (probes.docker ?? {}) as { readonly registry?: unknown };
  return typeof registry === "string" ? registry : null;
}

/** An address as these settings want it: host, port and path. */
export function locationOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host + pathname.replace(/\/+$/, "");
}
