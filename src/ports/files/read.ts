import { lstat, open, readdir, realpath } from "node:fs/promises";
import type { PathState } from "../types.ts";
import { codeOf } from "./errors.ts";

/** No configuration file comes near this; larger ones are somebody's mistake, or a trap. */
const maxFileBytes = 4 * 1024 * 1024;

/** What stands at a path, links followed, the file read whole. */
export async function readPath(path: string): Promise<PathState> {
  let realPath: string;
  try {
    realPath = await realpath(path);
  } catch (error) {
    return withoutTarget(path, codeOf(error));
  }
  try {
    return await readFileAt(realPath);
  } catch (error) {
    return codeOf(error) === "ENOENT" ? { kind: "missing" } : { kind: "blocked", why: "unreadable" };
  }
}

async function withoutTarget(path: string, code: string): Promise<PathState> {
  if (code !== "ENOENT") return { kind: "blocked", why: "unreadable" };
  try {
    await lstat(path);
    return { kind: "blocked", why: "dangling-link" };
  } catch {
    return { kind: "missing" };
  }
}

async function readFileAt(realPath: string): Promise<PathState> {
  const before = await lstat(realPath);
  if (before.isDirectory()) return { kind: "blocked", why: "directory" };
  if (!before.isFile()) return { kind: "blocked", why: "not-a-file" };
  const handle = await open(realPath, "r");
  try {
    const { size, mode, uid, gid } = await handle.stat();
    if (size > maxFileBytes) return { kind: "blocked", why: "too-large" };
    const bytes = new Uint8Array(await handle.readFile());
    return { kind: "file", realPath, bytes, mode: mode & 0o7777, uid, gid };
  } finally {
    await handle.close();
  }
}

/** Names in a folder, sorted; none where it cannot be read. */
export async function readNames(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).sort();
  } catch {
    return [];
  }
}
