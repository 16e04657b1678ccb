import { pathsOf, variable } from "../../../platform/paths.ts";
import type { HostFacts } from "../../../platform/types.ts";
import type { ReadPort } from "../../../ports/types.ts";

/** A place where uv keeps settings. */
export interface UvFile {
  readonly path: string;
  /** What stands before uv's own keys: `tool.uv.` in a pyproject.toml. */
  readonly prefix: "" | "tool.uv.";
}

/** The person's own file. https://docs.astral.sh/uv/reference/storage/#configuration-directories */
export function userFile(facts: HostFacts): UvFile | null {
  const { join } = pathsOf(facts);
  const windows = facts.os === "win32";
  const folder = windows
    ? variable(facts, "APPDATA")
    : (variable(facts, "XDG_CONFIG_HOME") ?? (facts.home === null ? null : join(facts.home, ".config")));
  return folder === null ? null : { path: join(folder, "uv", "uv.toml"), prefix: "" };
}

/** The machine's file. */
export function systemFile(facts: HostFacts): UvFile {
  const { join } = pathsOf(facts);
  if (facts.os !== "win32") return { path: "/etc/uv/uv.toml", prefix: "" };
  return { path: join(variable(facts, "PROGRAMDATA") ?? "C:\\ProgramData", "uv", "uv.toml"), prefix: "" };
}

/**
 * The project's file, seen from the current folder: the first folder upwards with a uv.toml, which hides the table of a pyproject.toml beside it, or with a
 * pyproject.toml. https://docs.astral.sh/uv/concepts/configuration-files/
 */
export async function projectFile(read: ReadPort): Promise<UvFile | null> {
  const { join, dirname } = pathsOf(read.facts);
  for (let folder = read.facts.cwd, above = ""; folder !== above; above = folder, folder = dirname(folder)) {
    const candidates: UvFile[] = [
      { path: join(folder, "uv.toml"), prefix: "" },
      { path: join(folder, "pyproject.toml"), prefix: "tool.uv." },
    ];
    for (const file of candidates) if ((await read.read(file.path)).kind === "file") return file;
    if (dirname(folder) === folder) break;
  }
  return null;
}
