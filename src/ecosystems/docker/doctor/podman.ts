import { toml } from "../../../edits/toml/index.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Oddity } from "../../clinic.ts";
import { textAt } from "../../reading.ts";
import type { Current } from "../../types.ts";
import { podmanFiles } from "../podman/files.ts";

/**
 * Tables that stop every command of podman: a location with a scheme, and a prefix without a location.
 * https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md
 */
export async function oddPodman(read: ReadPort, tools: readonly Current[]): Promise<Oddity[]> {
  if (!tools.some(({ tool }) => tool === "podman") || read.facts.os !== "linux") return [];
  const { inForce } = await podmanFiles(read);
  const found = await Promise.all(inForce.map(async (file) => oddTables(file, await textAt(read, file))));
  return found.flat();
}

function oddTables(file: string, text: string): Oddity[] {
  if (text === "" || toml.problem(text, []) !== null) return [];
  const entries = toml.entries(text);
  const base = { severity: "error", repair: null } as const;
  return entries.flatMap(({ key, value, line }): Oddity[] => {
    const where = `${file}:${line}`;
    const [, table, field] = /^(registry\[\d+\])\.(?:mirror\[\d+\]\.)?(location|prefix)$/.exec(key) ?? [];
    if (field === "location" && /^\w+:\/\//.test(value)) {
      const message = { code: "odd-podman-scheme", level: "error", args: { value } } as const;
      return [{ ...base, message, where }];
    }
    const isWildcard = value.startsWith("*.");
    if (field !== "prefix" || isWildcard || entries.some((other) => other.key === `${table}.location`)) return [];
    const message = { code: "odd-podman-location", level: "error", args: { value } } as const;
    return [{ ...base, message, where }];
  });
}
