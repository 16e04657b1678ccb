import { chown, type FileHandle, lstat, open, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Replacement } from "../types.ts";
import { codeOf, errorCodeOf } from "./errors.ts";

/** The system refuses to rename here, though the file itself may be writable: a bind mount, a closed folder. */
const noRename = new Set(["EBUSY", "EXDEV", "EACCES", "EPERM", "EROFS"]);

/** The name of the temporary file that a crash may leave beside a target: always the same, so that the next run can clear it. */
export function temporaryBeside(realTarget: string): string {
  return join(dirname(realTarget), `.${basename(realTarget)}.mirror-setup.tmp`);
}

/**
 * Replaces a file so that a reader, or a crash, sees the old one or the new one, never a part. A link stays a link: what it leads to
 * is replaced. Where renaming would break something (a second hard link, a foreign owner, a mount) the file is written in place instead;
 * the journal, already on disk, covers a crash there.
 */
export async function replaceFile(path: string, content: Replacement): Promise<void> {
  const target = await resolveTarget(path);
  if (await mustStayInPlace(target, content)) return writeInPlace(target, content);
  const temporary = temporaryBeside(target);
  try {
    await errorCodeOf(unlink(temporary));
    await writeNew(temporary, content);
    await renameOver(temporary, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await errorCodeOf(unlink(temporary));
    if (!noRename.has(codeOf(error))) throw error;
    await writeInPlace(target, content);
  }
}

/** On Windows a virus scanner or an editor that has a file open keeps it from being replaced, for moments: it is tried for half a second. */
async function renameOver(temporary: string, target: string): Promise<void> {
  for (let tries = process.platform === "win32" ? 10 : 0; ; tries -= 1) {
    const error = await rename(temporary, target).then(
      () => null,
      (reason: unknown) => ({ reason }),
    );
    if (error === null) return;
    if (tries <= 0 || !["EBUSY", "EACCES", "EPERM"].includes(codeOf(error.reason))) throw error.reason;
    await setTimeout(50);
  }
}

/** Where a path really leads; the path itself when nothing is there yet. */
export async function resolveTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}

async function mustStayInPlace(target: string, content: Replacement): Promise<boolean> {
  try {
    const now = await lstat(target);
    const us = process.getuid?.() ?? null;
    const foreign = us !== null && us !== 0 && content.owner !== null && content.owner.uid !== us;
    return now.nlink > 1 || foreign;
  } catch {
    return false;
  }
}

async function writeNew(path: string, content: Replacement): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(content.bytes);
    await giveTo(path, content.owner ?? (await ownerOf(dirname(path))));
    await setMode(handle, content.mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeInPlace(target: string, content: Replacement): Promise<void> {
  const handle = await open(target, "r+").catch(() => open(target, "wx", content.mode));
  try {
    await handle.writeFile(content.bytes);
    await handle.truncate(content.bytes.byteLength);
    await setMode(handle, content.mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Some file systems have no modes to set (exFAT, a share, drives of Windows under WSL): what even its owner cannot change there is no failure. */
async function setMode(file: FileHandle, mode: number): Promise<void> {
  const { mode: now, uid } = await file.stat();
  if ((now & 0o7777) === mode) return;
  const code = await errorCodeOf(file.chmod(mode));
  const us = process.getuid?.() ?? uid;
  if (code !== null && us !== uid && us !== 0) throw Object.assign(new Error(code), { code });
}

/** Root may give a file away, and does: what it writes in a user's folder must be the user's. Others keep what they make. */
export async function giveTo(path: string, owner: { uid: number; gid: number }): Promise<void> {
  if (process.getuid === undefined) return;
  const now = await stat(path);
  if (now.uid === owner.uid && now.gid === owner.gid) return;
  await errorCodeOf(chown(path, owner.uid, owner.gid));
}

export async function ownerOf(path: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(path);
  return process.getuid?.() === 0 ? { uid, gid } : { uid, gid: process.getgid?.() ?? gid };
}

/** Makes a rename survive a power cut; Windows and some file systems know no such thing. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r").catch(() => null);
  if (handle === null) return;
  await errorCodeOf(handle.sync());
  await handle.close();
}

/** Removes a file; that it is not there is as good. */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** Removes the temporary file that a crash of `replaceFile` may have left beside a path. */
export async function sweep(path: string): Promise<void> {
  await removeIfThere(temporaryBeside(await resolveTarget(path)));
}
