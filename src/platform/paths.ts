import { posix, win32 } from "node:path";
import type { HostFacts, OwnDirectories } from "./types.ts";

/** The path rules of the machine described by the facts, which need not be the one we run on. */
export function pathsOf(facts: HostFacts): typeof posix {
  return facts.os === "win32" ? win32 : posix;
}

/** Folders of the whole machine's settings: who stands in one of them is in no project. */
const ofTheSystem = /^\/(?:private\/)?etc(?:\/|$)|^\/usr\/|^[a-z]:\\ProgramData(?:\\|$)/i;

/** Whether a file is in the folder that we are in, or in one above it, and neither the system's nor in the home itself or a hidden folder of it: a project's. */
export function isNearer(file: string, facts: HostFacts): boolean {
  const { dirname, isAbsolute, sep } = pathsOf(facts);
  const { cwd, home } = facts;
  const folder = dirname(file);
  const isOwn = folder === home || folder.startsWith(`${home}${sep}.`) || ofTheSystem.test(folder);
  return isAbsolute(file) && !isOwn && (cwd === folder || cwd.startsWith(`${folder}${sep}`));
}

/** The value of a variable, or null where it is unset or empty: every tool we serve treats the two alike. */
export function variable(facts: Pick<HostFacts, "os" | "env">, name: string): string | null {
  return rawVariable(facts, name) || null;
}

/** The same, where the empty value is one. */
export function rawVariable(facts: Pick<HostFacts, "os" | "env">, name: string): string | undefined {
  return facts.os === "win32" ? windowsVariable(facts, name) : facts.env[name];
}

function windowsVariable(facts: Pick<HostFacts, "env">, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const key = Object.keys(facts.env).find((candidate) => candidate.toLowerCase() === wanted);
  return key === undefined ? undefined : facts.env[key];
}

/** Where Windows keeps what moves with a person: tools that ask Windows itself know it without the variable. Null on other systems. */
export function roamingFolder(facts: HostFacts): string | null {
  if (facts.os !== "win32") return null;
  const usual = facts.home === null ? null : win32.join(facts.home, "AppData", "Roaming");
  return variable(facts, "APPDATA") ?? usual;
}

/**
 * The folder of a person's configuration files: `XDG_CONFIG_HOME` as it is, else `.config` in the home. Null where neither is known.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function configFolder(facts: HostFacts): string | null {
  const usual = facts.home === null ? null : pathsOf(facts).join(facts.home, ".config");
  return variable(facts, "XDG_CONFIG_HOME") ?? usual;
}

/** Whether a variable or a setting switches something on, as Python's and Rust's command lines read it. */
export function isOn(value: string | null): boolean {
  return value !== null && ["1", "true", "yes", "on", "y", "t"].includes(value.trim().toLowerCase());
}

/** The variables that say where a person's files are, as they are, and `more`: for a program that is run only to read them. */
export function ownFolders(facts: HostFacts, more: readonly string[] = []): Record<string, string | null> {
  const names = ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", ...more];
  const home = facts.os !== "win32" && facts.home !== null ? { HOME: facts.home } : {};
  return { ...Object.fromEntries(names.map((name) => [name, variable(facts, name)])), ...home };
}

/** Where a person's running programs have their sockets: as the session says, else systemd's place for them. https://www.freedesktop.org/software/systemd/man/latest/pam_systemd.html */
export function runtimeFolder(facts: Pick<HostFacts, "os" | "env" | "uid" | "person">): string {
  return variable(facts, "XDG_RUNTIME_DIR") ?? `/run/user/${facts.person?.uid ?? facts.uid}`;
}

/**
 * Our own directories: `XDG_*` where set (absolute, as the XDG base directory specification wants), else its defaults;
 * on Windows the roaming folder for configuration and the local one for state.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 *
 * @returns null when no home is known.
 */
export function ownDirectories(facts: HostFacts): OwnDirectories | null {
  const { join } = pathsOf(facts);
  const base = (name: string, ...fallback: string[]): string | null => {
    const set = variable(facts, name);
    if (set !== null && pathsOf(facts).isAbsolute(set)) return set;
    return facts.home === null ? null : join(facts.home, ...fallback);
  };
  const windows = facts.os === "win32";
  const config = windows ? base("APPDATA", "AppData", "Roaming") : base("XDG_CONFIG_HOME", ".config");
  const state = windows ? base("LOCALAPPDATA", "AppData", "Local") : base("XDG_STATE_HOME", ".local", "state");
  const cache = windows ? base("LOCALAPPDATA", "AppData", "Local") : base("XDG_CACHE_HOME", ".cache");
  if (config === null || state === null) return null;
  const ours = "mirror-setup";
  const cached = windows ? join(ours, "Cache") : ours;
  return { config: join(config, ours), state: join(state, ours), cache: cache === null ? null : join(cache, cached) };
}
