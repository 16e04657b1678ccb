import { pathsOf } from "../../../platform/paths.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Message } from "../../../report/types.ts";
import { isSameAddress } from "../../addresses.ts";
import { textAt } from "../../reading.ts";
import type { Current, LockedTo } from "../../types.ts";

/** The indexes that the lock file beside the project's settings names: `source = { registry = "…" }`, one for each package. */
export async function lockedTo(read: ReadPort, projectFile: string | null): Promise<LockedTo[]> {
  if (projectFile === null) return [];
  const { join, dirname } = pathsOf(read.facts);
  const file = join(dirname(projectFile), "uv.lock");
  const text = await textAt(read, file);
  const counts = new Map<string, number>();
  for (const [, url = ""] of text.matchAll(/\bregistry = "(https?:\/\/[^"\s]{1,2000})"/g)) {
    counts.set(url, (counts.get(url) ?? 0) + 1);
  }
  return [...counts].map(([registry, packages]) => ({ file, registry, packages }));
}

/** Under another index than the one it names, uv resolves anew and rewrites its lock file, and `--locked` fails. */
export function lockRemarks({ locked = [] }: Current, url: string | null): Message[] {
  const others = locked.filter(({ registry }) => !isSameAddress(registry, url));
  return others.map(({ file, registry }) => ({ code: "uv-lock-elsewhere", level: "warn", args: { file, registry } }));
}
