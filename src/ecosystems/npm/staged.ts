import type { Command, ReadPort, StagedFiles } from "../../ports/types.ts";
import type { Installation } from "../types.ts";
import { managedFolders, withoutInjected } from "./environment.ts";
import type { Source } from "./family.ts";

/** Keeps corepack's stand-ins from fetching the tool that they stand in for. https://github.com/nodejs/corepack#environment-variables */
const withoutCorepack = { COREPACK_ENABLE_NETWORK: "0", COREPACK_ENABLE_DOWNLOAD_PROMPT: "0" };

/** Finds a member of the family and its version. Null also where corepack or something else of the name answers. */
export async function findMember(read: ReadPort, name: string): Promise<Installation | null> {
  const path = await read.which(name);
  if (path === null) return null;
  const env = { ...managedFolders(read.facts), ...withoutInjected(read.facts), ...withoutCorepack };
  const { code, stdout, stderr } = await read.run({ argv: [path, "--version"], env });
  const [version] = /^[1-9]\d*\.\d+\S*/m.exec(stdout) ?? [];
  if (version !== undefined) return { path, version };
  return code === 0 || /corepack/i.test(stderr) ? null : { path, version: "unknown" };
}

/**
 * Asks a tool for one of its settings, on copies of its files in a private folder, where it can leave traces. Null where it gives no address.
 *
 * @param files by their names below the home; `{stage}/home` is also where `XDG_CONFIG_HOME` leads.
 */
export async function askStaged(
  read: ReadPort,
  argv: Command["argv"],
  env: NonNullable<Command["env"]>,
  files: Readonly<Record<string, Source | null>>,
): Promise<string | null> {
  const staged: Record<string, Uint8Array> = {};
  for (const [name, source] of Object.entries(files)) {
    if (source?.file.state.kind === "file") staged[`home/${name}`] = source.file.state.bytes;
  }
  const command = { argv, env: { ...withoutInjected(read.facts), ...withoutCorepack, ...env } };
  const { code, stdout } = await read.run(command, staged satisfies StagedFiles);
  const said = stdout.trim();
  return code === 0 && URL.canParse(said) ? said : null;
}

/** Takes variables out of an environment, in whatever case they are written. */
export function without({ facts }: ReadPort, pattern: RegExp): Record<string, null> {
  return Object.fromEntries(Object.keys(facts.env).flatMap((name) => (pattern.test(name) ? [[name, null]] : [])));
}

/** The first figure of a version; null where it is not known. */
export function majorOf(installation: Installation | null): number | null {
  const major = Number.parseInt(installation?.version ?? "", 10);
  return Number.isNaN(major) ? null : major;
}
