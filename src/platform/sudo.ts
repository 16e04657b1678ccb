import { isAbsolute } from "node:path/posix";
import type { HostFacts, Person } from "./types.ts";

/** An entry of the table of users. */
export interface UserEntry {
  readonly gid: number;
  readonly name: string;
  readonly home: string;
}

/** Who called `sudo`, by its own variables; null where nobody did, or root itself. https://www.sudo.ws/docs/man/sudo.man/#ENVIRONMENT */
export function callerOfSudo({ uid, env }: Pick<HostFacts, "uid" | "env">): number | null {
  const caller = /^[1-9]\d{0,9}$/.test(env.SUDO_UID ?? "") ? Number(env.SUDO_UID) : null;
  return uid === 0 ? caller : null;
}

/** A user in the text of /etc/passwd, or in what `getent passwd` prints. https://man7.org/linux/man-pages/man5/passwd.5.html */
export function userIn(passwd: string, uid: number): UserEntry | null {
  for (const line of passwd.split("\n")) {
    const [name = "", , id, gid, , home = ""] = line.trim().split(":");
    if (id === String(uid) && /^\d+$/.test(gid ?? "")) return { gid: Number(gid), name, home };
  }
  return null;
}

/** The home in what macOS prints for `dscl . -read /Users/NAME NFSHomeDirectory`: on the same line, or with blanks in it on the next. */
export function homeInDscl(text: string): string | null {
  return /^NFSHomeDirectory:\s*(\S.*)$/m.exec(text)?.[1]?.trim() ?? null;
}

/**
 * The facts as they are for who called sudo: their home, and nothing of root's. Under most sudoers HOME is root's by then; with `sudo -E` their own
 * variables are still there, and stay.
 */
export function factsOf(facts: HostFacts, person: Person, home: string | null): HostFacts {
  const env: Record<string, string | undefined> = { ...facts.env, USER: person.name, LOGNAME: person.name };
  const roots = facts.home;
  for (const name of Object.keys(env).filter((key) => key.startsWith("XDG_"))) {
    if (roots !== null && roots !== home && isIn(env[name] ?? "", roots)) delete env[name];
  }
  if (home === null) delete env.HOME;
  else env.HOME = home;
  return { ...facts, env, home, person };
}

/** Whether a path is a folder or in it. */
export function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Who owns what is new at a path: in a person's home that person, whoever may own the folder. Null: who owns the folder. */
export function ownerAt(
  path: string,
  { person, home }: HostFacts,
): { readonly uid: number; readonly gid: number } | null {
  if (person === undefined || home === null || !isAbsolute(path) || !isIn(path, home)) return null;
  return { uid: person.uid, gid: person.gid };
}
