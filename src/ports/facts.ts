import type { HostFacts } from "../platform/types.ts";
import { factsOfPerson } from "./person.ts";

/** Reads the facts off the running process. */
export function readFacts(): HostFacts {
  const os = process.platform === "win32" || process.platform === "darwin" ? process.platform : "linux";
  const env = { ...process.env };
  const home = (os === "win32" ? env.USERPROFILE : env.HOME) ?? "";
  const uid = process.getuid?.() ?? null;
  const facts: HostFacts = { os, env, home: home === "" ? null : home, uid, cwd: workingFolder(home) };
  return factsOfPerson(facts);
}

/** Where we were started; a folder that has been removed since stands for nothing, so the home does then. */
function workingFolder(home: string): string {
  try {
    return process.cwd();
  } catch {
    return home === "" ? "/" : home;
  }
}
