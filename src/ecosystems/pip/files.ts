import { pathsOf, variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";

/** Which of pip's levels a file belongs to. `legacy` is the user level's older file. */
export type Level = "global" | "legacy" | "user" | "site" | "named";

/** One file that pip reads. */
export interface PipFile {
  readonly level: Level;
  readonly path: string;
}

/**
 * The files that pip reads, later ones winning, but for the interpreter's own (`site`), which only pip can tell. `PIP_CONFIG_FILE` comes last where it is
 * set; whether it stands for the user's files, the caller sees by looking whether it is there.
 * https://pip.pypa.io/en/stable/topics/configuration/#location
 *
 * @param hasFolder whether a folder is there; on macOS pip asks that.
 */
export function pipFiles(facts: HostFacts, hasFolder: (path: string) => boolean): PipFile[] {
  const { join } = pathsOf(facts);
  const named = variable(facts, "PIP_CONFIG_FILE");
  const all: (PipFile | null)[] = [
    ...globalFiles(facts).map((path): PipFile => ({ level: "global", path })),
    facts.home === null
      ? null
      : { level: "legacy", path: join(facts.home, windows(facts) ? "pip" : ".pip", name(facts)) },
    userFile(facts, hasFolder),
    named === null ? null : { level: "named", path: named },
  ];
  return all.filter((file) => file !== null);
}

/** The value of `PIP_CONFIG_FILE` that makes pip read no file at all. */
export function nullDevice(facts: HostFacts): string {
  return windows(facts) ? "nul" : "/dev/null";
}

/** What pip calls its file. */
export function name(facts: HostFacts): "pip.ini" | "pip.conf" {
  return windows(facts) ? "pip.ini" : "pip.conf";
}

function windows({ os }: HostFacts): boolean {
  return os === "win32";
}

function globalFiles(facts: HostFacts): string[] {
  const { join } = pathsOf(facts);
  if (facts.os === "win32") return [join(variable(facts, "ProgramData") ?? "C:\\ProgramData", "pip", "pip.ini")];
  if (facts.os === "darwin") return ["/Library/Application Support/pip/pip.conf"];
  const shared = (variable(facts, "XDG_CONFIG_DIRS") ?? "/etc/xdg").split(":").filter((folder) => folder !== "");
  return [...shared.map((folder) => join(folder, "pip", "pip.conf")), "/etc/pip.conf"];
}

function userFile(facts: HostFacts, hasFolder: (path: string) => boolean): PipFile | null {
  const { join } = pathsOf(facts);
  const at = (...parts: string[]): PipFile => ({ level: "user", path: join(...parts) });
  if (facts.os === "win32") {
    const roaming = variable(facts, "AppData");
    return roaming === null ? null : at(roaming, "pip", "pip.ini");
  }
  if (facts.home === null) return null;
  const library = join(facts.home, "Library", "Application Support", "pip");
  if (facts.os === "darwin")
    return hasFolder(library) ? at(library, "pip.conf") : at(facts.home, ".config", "pip", "pip.conf");
  return at(variable(facts, "XDG_CONFIG_HOME") ?? join(facts.home, ".config"), "pip", "pip.conf");
}
