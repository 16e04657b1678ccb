import { access, constants, mkdir, rmdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isManaged } from "../../platform/managed.ts";
import type { Replacement } from "../types.ts";
import { codeOf, errorCodeOf } from "./errors.ts";
import { giveTo, ownerOf, resolveTarget } from "./replace.ts";

/** Makes a folder and its missing parents; gives back those it made, outermost first. */
export async function makeFolder(
  path: string,
  mode: number,
  ownerAt: (path: string) => Replacement["owner"] = () => null,
): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path; (await errorCodeOf(stat(folder))) === "ENOENT"; folder = dirname(folder))
    missing.unshift(folder);
  for (const folder of missing) {
    await mkdir(folder, { mode });
    await giveTo(folder, ownerAt(folder) ?? (await ownerOf(dirname(folder))));
  }
  return missing;
}

/** Removes an empty folder; says whether it is gone. */
export async function removeFolder(path: string): Promise<boolean> {
  const code = await errorCodeOf(rmdir(path));
  return code === null || code === "ENOENT";
}

/**
 * Why a write would fail, as a code: `managed` (a store that a package manager owns), `read-only` (no write bit at all: somebody meant it,
 * so root heeds it too), or the system's own (`EACCES`, `EROFS`). Null when nothing is in the way.
 */
export async function obstacleTo(path: string): Promise<string | null> {
  const target = await resolveTarget(path);
  if (isManaged(target)) return "managed";
  try {
    const found = await stat(target);
    if ((found.mode & 0o222) === 0) return "read-only";
    return await errorCodeOf(access(target, constants.W_OK));
  } catch (error) {
    return codeOf(error) === "ENOENT" ? obstacleToCreating(target) : codeOf(error);
  }
}

async function obstacleToCreating(path: string): Promise<string | null> {
  let folder = dirname(path);
  while ((await errorCodeOf(stat(folder))) === "ENOENT" && folder !== dirname(folder)) folder = dirname(folder);
  const found = await stat(folder).catch(() => null);
  if (found === null || !found.isDirectory()) return "ENOTDIR";
  if (isManaged(await resolveTarget(folder))) return "managed";
  // Windows gives folders that bit for other purposes, and writes in them all the same.
  if ((found.mode & 0o222) === 0 && process.platform !== "win32") return "read-only";
  return errorCodeOf(access(folder, constants.W_OK | constants.X_OK));
}
