import type { Probes } from "../../catalog/types.ts";

/** The name that the mirrored registry goes by in the settings of podman, containerd and BuildKit: the catalog says it. */
export function hubOf({ docker }: Probes): string | null {
  return docker?.registry ?? null;
}

/** An address as these settings want it: host, port and path. */
export function locationOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host + pathname.replace(/\/+$/, "");
}
