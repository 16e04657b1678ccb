import type { ReadPort } from "../../ports/types.ts";

/** The file by which containerd's store passes over the list of mirrors; null where there is none. */
export async function hostsTomlOverride(_read: ReadPort): Promise<string | null> {
  return null;
}
