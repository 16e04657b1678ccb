import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import type { PathState } from "../types.ts";
import { codeOf } from "./errors.ts";

/** No configuration file comes near this; larger ones are somebody's mistake, or a trap. */
const maxFileBytes = 4 * 1024 * 1024;

/**
 * What stands at a path, links followed, the file read whole. Without Node's thread pool: for files of a few kilobytes, waking its threads takes longer
 * than all the reading of a command that only looks.
 */
export async function readPath(path: string): Promise<PathState> {
  let realPath: string;
  try {
    realPath = realpathSync(path);
  } catch (error) {
    return withoutTarget(path, codeOf(error));
  }
  try {
    return readFileAt(realPath);
  } catch (error) {
    return codeOf(error) === "ENOENT" ? { kind: "missing" } : { kind: "blocked", why: "unreadable" };
  }
}

function withoutTarget(path: string, code: string): PathState {
  if (code !== "ENOENT") return { kind: "blocked", why: "unreadable" };
  try {
    lstatSync(path);
    return { kind: "blocked", why: "dangling-link" };
  } catch {
    return { kind: "missing" };
  }
}

function readFileAt(realPath: string): PathState {
  const before = lstatSync(realPath);
  if (before.isDirectory()) return { kind: "blocked", why: "directory" };
  if (!before.isFile()) return { kind: "blocked", why: "not-a-file" };
  // Should a pipe take its place just now, opening it does not wait for a writer.
  const handle = openSync(realPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size, mode, uid, gid } = fstatSync(handle);
    if (size > maxFileBytes) return { kind: "blocked", why: "too-large" };
    const bytes = new Uint8Array(readFileSync(handle));
    return { kind: "file", realPath, bytes, mode: mode & 0o7777, uid, gid };
  } finally {
    closeSync(handle);
  }
}

/** Names in a folder, sorted; none where it cannot be read. */
export async function readNames(path: string): Promise<readonly string[]> {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}
