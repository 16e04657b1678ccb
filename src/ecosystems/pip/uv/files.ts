import { decodeText } from "../../../edits/text.ts";
import { configFolder, pathsOf, roamingFolder, variable } from "../../../platform/paths.ts";
import type { HostFacts } from "../../../platform/types.ts";
import type { ReadPort } from "../../../ports/types.ts";

/** A place where uv keeps settings. */
export interface UvFile {
  readonly path: string;
  /** What stands before uv's own keys: `tool.uv.` in a pyproject.toml. */
  readonly prefix: "" | "tool.uv.";
}

/** The person's own file, or the one that a variable names in place of all. https://docs.astral.sh/uv/reference/storage/#configuration-directories */
export function userFile(facts: HostFacts): UvFile | null {
  const { join } = pathsOf(facts);
  const named = variable(facts, "UV_CONFIG_FILE");
  if (named !== null) return { path: named, prefix: "" };
  const windows = facts.os === "win32";
  const folder = windows ? roamingFolder(facts) : configFolder(facts);
  return folder === null ? null : { path: join(folder, "uv", "uv.toml"), prefix: "" };
}

/** The machine's file: the first that is there. https://docs.astral.sh/uv/reference/storage/#configuration-directories */
export async function systemFile(read: ReadPort): Promise<UvFile> {
  const { facts } = read;
  const { join } = pathsOf(facts);
  if (facts.os === "win32") {
    return { path: join(variable(facts, "PROGRAMDATA") ?? "C:\\ProgramData", "uv", "uv.toml"), prefix: "" };
  }
  const shared = (variable(facts, "XDG_CONFIG_DIRS") ?? "/etc/xdg").split(":").filter((folder) => folder !== "");
  for (const folder of shared) {
    const path = join(folder, "uv", "uv.toml");
    if ((await read.read(path)).kind === "file") return { path, prefix: "" };
  }
  return { path: "/etc/uv/uv.toml", prefix: "" };
}

/** The project's files, seen from the current folder: the one that uv reads, and the one that a new setting would go to. */
export interface ProjectFiles {
  readonly inForce: UvFile | null;
  readonly target: UvFile | null;
}

/**
 * uv takes the first folder upwards with a uv.toml, which hides the table of a pyproject.toml beside it, or with a pyproject.toml that has the table. Where
 * there is neither, the nearest pyproject.toml is where it belongs. https://docs.astral.sh/uv/concepts/configuration-files/
 */
export async function projectFiles(read: ReadPort): Promise<ProjectFiles> {
  const { join, dirname } = pathsOf(read.facts);
  let nearest: UvFile | null = null;
  for (let folder = read.facts.cwd; ; folder = dirname(folder)) {
    const own: UvFile = { path: join(folder, "uv.toml"), prefix: "" };
    if ((await read.read(own.path)).kind === "file") return { inForce: own, target: own };
    const shared: UvFile = { path: join(folder, "pyproject.toml"), prefix: "tool.uv." };
    const state = await read.read(shared.path);
    if (state.kind === "file") {
      nearest ??= shared;
      if (/^[ \t]*\[+\s*tool\s*\.\s*uv\b/m.test(decodeText(state.bytes).text))
        return { inForce: shared, target: shared };
    }
    if (dirname(folder) === folder) return { inForce: null, target: nearest };
  }
}
