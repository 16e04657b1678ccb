import { pathsOf } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import { textAt } from "../reading.ts";
import type { LockedTo } from "../types.ts";

/** Which registries the lock files of a project take packages from: a lock file goes before the registry that is configured. */
export async function lockedTo(read: ReadPort, project: string | null, names: readonly string[]): Promise<LockedTo[]> {
  if (project === null) return [];
  const files = names.map((name) => pathsOf(read.facts).join(project, name));
  const found = await Promise.all(files.map(async (file) => inFile(file, await textAt(read, file))));
  return found.flat();
}

function inFile(file: string, text: string): LockedTo[] {
  const counts = new Map<string, number>();
  for (const [, address = ""] of text.matchAll(/(?:"|\btarball: ['"]?)(https?:\/\/[^"'\s,}]{1,2000})/g)) {
    const registry = registryOf(address);
    if (registry !== null) counts.set(registry, (counts.get(registry) ?? 0) + 1);
  }
  return [...counts].map(([registry, packages]) => ({ file, registry, packages }));
}

/** The registry that a tarball's address belongs to: what stands before `NAME/-/FILE` or `NAME/download/FILE`. */
function registryOf(address: string): string | null {
  const [url = ""] = address.split(/[?#]/);
  if (!url.endsWith(".tgz") || !URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  const [, path = "/"] = /^(.*?\/)(?:@[^/]+\/)?[^/]+\/(?:-|download)\/.+$/.exec(pathname) ?? [];
  return `${protocol}//${host}${path}`;
}
