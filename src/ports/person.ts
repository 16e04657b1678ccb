import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { callerOfSudo, factsOf, homeInDscl, type UserEntry, userIn } from "../platform/sudo.ts";
import type { HostFacts } from "../platform/types.ts";

/** Under sudo, the facts as they are for who called it; else as they are. Their home is null where the machine does not know it, or has it not. */
export function factsOfPerson(facts: HostFacts): HostFacts {
  const uid = callerOfSudo(facts);
  if (uid === null) return facts;
  const { env, os } = facts;
  const entry = os === "darwin" ? onMac(uid, env.SUDO_USER ?? "") : onUnix(uid);
  const gid = entry?.gid ?? (/^\d+$/.test(env.SUDO_GID ?? "") ? Number(env.SUDO_GID) : uid);
  const person = { uid, gid, name: entry?.name ?? env.SUDO_USER ?? String(uid) };
  return factsOf(facts, person, entry !== null && isFolder(entry.home) ? entry.home : null);
}

/** The file first; who comes from a directory service is not in it. */
function onUnix(uid: number): UserEntry | null {
  return userIn(textOf("/etc/passwd"), uid) ?? userIn(printed("getent", "passwd", String(uid)), uid);
}

function onMac(uid: number, name: string): UserEntry | null {
  const home = /^[\w.-]+$/.test(name)
    ? homeInDscl(printed("dscl", ".", "-read", `/Users/${name}`, "NFSHomeDirectory"))
    : null;
  const gid = Number(printed("id", "-g", String(uid)).trim());
  return home === null || !Number.isInteger(gid) ? null : { gid, name, home };
}

function printed(program: string, ...args: string[]): string {
  return (
    spawnSync(program, args, { encoding: "utf8", timeout: 5_000, stdio: ["ignore", "pipe", "ignore"] }).stdout ?? ""
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function isFolder(path: string): boolean {
  return path.startsWith("/") && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}
