import { homedir } from "node:os";
import { withoutLauncher } from "../platform/launcher.ts";
import type { HostFacts } from "../platform/types.ts";
import { factsOfPerson } from "./person.ts";

/** Reads the facts off the running process. */
export function readFacts(): HostFacts {
  const os = process.platform === "win32" || process.platform === "darwin" ? process.platform : "linux";
  const env = { ...process.env };
  // Windows knows it without the variable; elsewhere the variable is what the tools go by.
  const home = (os === "win32" ? homedir() : env.HOME) ?? "";
  const uid = process.getuid?.() ?? null;
  const facts = { os, env, home: home === "" ? null : home, uid, cwd: workingFolder(home) } as const;
  return factsOfPerson(withoutLauncher(facts));
}

/** Where we were started; a folder that has been removed since stands for nothing, so the home does then. */
function workingFolder(home: string): string {
  try {
    return process.cwd();
  } catch {
    return home === "" ? "/" : home;
  }
}
