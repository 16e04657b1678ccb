import type { HostFacts } from "../platform/types.ts";

/** Reads the facts off the running process. */
export function readFacts(): HostFacts {
  const os = process.platform === "win32" || process.platform === "darwin" ? process.platform : "linux";
  const env = { ...process.env };
  const home = (os === "win32" ? env.USERPROFILE : env.HOME) ?? "";
  return { os, env, home: home === "" ? null : home, uid: process.getuid?.() ?? null, cwd: process.cwd() };
}
