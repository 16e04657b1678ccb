import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** Everything under a folder: kinds, bytes, permission, owner, where links lead and how many names a file has. */
export async function snapshot(folder: string, without: readonly string[] = []): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    if (without.includes(path)) continue;
    const { mode, uid, gid, nlink } = await lstat(path);
    const about = `${(mode & 0o7777).toString(8)} ${uid}:${gid}`;
    const kind = mode & 0o170000;
    if (kind === 0o120000) found[path] = `link to ${await readlink(path)}`;
    else if (kind === 0o040000) {
      found[path] = `folder ${about}`;
      Object.assign(found, await snapshot(path, without));
    } else found[path] = `file ${about} names:${nlink} ${(await readFile(path)).toString("latin1")}`;
  }
  return found;
}

/** A home without what is the program's own: its state directory, and the folders that had to be made for that. */
export function snapshotOfOthers(home: string): Promise<Record<string, string>> {
  return snapshot(home, [join(home, ".local")]);
}
