import type { ReadPort } from "../../ports/types.ts";

/** A `hosts.toml` that names hosts to ask before a registry. */
export interface HostsFile {
  readonly file: string;
}

/** The file by which containerd's store passes over the list of mirrors; null where there is none. */
export async function hostsTomlOverride(
  _read: ReadPort,
  _registries: readonly string[],
  _isRootless: boolean,
): Promise<HostsFile | null> {
  return null;
}
