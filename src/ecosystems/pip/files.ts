import { configFolder, pathsOf, roamingFolder, variable } from "../../platform/paths.ts";
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
 * @param hasFolder whether `decidingFolder` is there.
 */
export function pipFiles(facts: HostFacts, hasFolder: boolean, version: string | null): PipFile[] {
  const { join } = pathsOf(facts);
  const named = variable(facts, "PIP_CONFIG_FILE");
  const all: (PipFile | null)[] = [
    ...globalFiles(facts).map((path): PipFile => ({ level: "global", path })),
    facts.home === null
      ? null
      : { level: "legacy", path: join(facts.home, windows(facts) ? "pip" : ".pip", name(facts)) },
    userFile(facts, hasFolder ? decidingFolder(facts, version) : null),
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

/**
 * The folder that pip takes on macOS where it is there, be it empty; null elsewhere. From 26.2 on a variable moves it. Tried with pip 23.2 and 26.2 and
 * `sys.platform` set. Source: pip/_internal/utils/appdirs.py, _macos_user_config_dir.
 *
 * @param version null: pip is not here, so that the next one will be a new one.
 */
export function decidingFolder(facts: HostFacts, version: string | null): string | null {
  if (facts.os !== "darwin" || facts.home === null) return null;
  const { join } = pathsOf(facts);
  const [major = 0, minor = 0] = (version ?? "99.9").split(".").map(Number);
  const moved = major > 26 || (major === 26 && minor >= 2) ? (variable(facts, "XDG_DATA_HOME")?.trim() ?? "") : "";
  return join(moved === "" ? join(facts.home, "Library", "Application Support") : moved, "pip");
}

function userFile(facts: HostFacts, folder: string | null): PipFile | null {
  const { join } = pathsOf(facts);
  const at = (...parts: string[]): PipFile => ({ level: "user", path: join(...parts) });
  if (facts.os === "win32") {
    const roaming = roamingFolder(facts);
    return roaming === null ? null : at(roaming, "pip", "pip.ini");
  }
  const config = configFolder(facts);
  if (facts.home === null || config === null) return null;
  if (facts.os === "darwin") return at(folder ?? join(facts.home, ".config", "pip"), "pip.conf");
  return at(config, "pip", "pip.conf");
}
