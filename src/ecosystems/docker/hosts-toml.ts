import { linesOf } from "../../edits/lines.ts";
import { configFolder, pathsOf, variable } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import { textAt } from "../reading.ts";

/** A `hosts.toml` that names hosts to ask before a registry. https://github.com/containerd/containerd/blob/main/docs/hosts.md */
export interface HostsFile {
  readonly file: string;
  /** Of the first host, counted from 1. */
  readonly line: number;
  readonly hosts: readonly string[];
}

/**
 * The file by which Docker's containerd store passes over the list of mirrors, though `docker info` goes on showing it: one that names at least one host for
 * the registry. https://github.com/moby/moby/blob/master/daemon/hosts.go
 *
 * @param registries what the daemon calls its own registry.
 */
export async function hostsTomlOverride(
  read: ReadPort,
  registries: readonly string[],
  isRootless: boolean,
): Promise<HostsFile | null> {
  const { facts } = read;
  const { join } = pathsOf(facts);
  if (facts.os === "win32") {
    return hostsFileIn(
      [join(variable(facts, "ProgramData") ?? "C:\\ProgramData", "docker", "certs.d")],
      registries,
      read,
    );
  }
  const config = isRootless ? configFolder(facts) : "/etc";
  return config === null ? null : hostsFileIn([join(config, "docker", "certs.d")], registries, read);
}

/** The first such file below some folders; `_default` is for registries that have none of their own. */
export async function hostsFileIn(
  folders: readonly string[],
  registries: readonly string[],
  read: ReadPort,
): Promise<HostsFile | null> {
  const { join } = pathsOf(read.facts);
  const files = folders.flatMap((folder) =>
    [...registries, "_default"].map((name) => join(folder, name, "hosts.toml")),
  );
  for (const file of files) {
    const found = hostsIn(await textAt(read, file));
    const [first] = found;
    if (first !== undefined) return { file, line: first.line, hosts: found.map(({ url }) => url) };
  }
  return null;
}

function hostsIn(text: string): { url: string; line: number }[] {
  return linesOf(text).flatMap(({ start, end, number }) => {
    const [, , url] = /^\s*\[\s*host\s*\.\s*(["'])(.+)\1\s*\]/.exec(text.slice(start, end)) ?? [];
    return url === undefined ? [] : [{ url, line: number }];
  });
}
