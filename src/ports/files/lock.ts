import { randomBytes } from "node:crypto";
import { open, readFile, rename, unlink } from "node:fs/promises";
import { errorCodeOf } from "./errors.ts";

/**
 * Takes the lock: a file that names its holder. A holder that no longer lives loses it. Written here because the libraries for this
 * (proper-lockfile) keep a lock alive by a timer and judge staleness by time, so that a killed run would block the next one for seconds.
 *
 * @returns the release, or null while another live run holds the lock.
 */
export async function takeLock(path: string): Promise<(() => Promise<void>) | null> {
  const token = `${process.pid} ${randomBytes(8).toString("hex")}`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await create(path, token)) return () => release(path, token);
    const holder = await readFile(path, "utf8").catch(() => null);
    if (holder === null) continue;
    if (isAlive(holder)) return null;
    await clear(path, holder, token);
  }
  return null;
}

async function create(path: string, token: string): Promise<boolean> {
  const handle = await open(path, "wx", 0o600).catch((error: unknown) => {
    if ((error as { code?: string }).code === "EEXIST") return null;
    throw error;
  });
  if (handle === null) return false;
  await handle.writeFile(token);
  await handle.close();
  return true;
}

async function release(path: string, token: string): Promise<void> {
  if ((await readFile(path, "utf8").catch(() => null)) === token) await errorCodeOf(unlink(path));
}

/** Moves a dead run's lock aside. Should another run have taken the name in between, its lock is put back. */
async function clear(path: string, dead: string, token: string): Promise<void> {
  const aside = `${path}.${token.slice(-16)}`;
  if ((await errorCodeOf(rename(path, aside))) !== null) return;
  const moved = await readFile(aside, "utf8").catch(() => dead);
  if (moved === dead) await errorCodeOf(unlink(aside));
  else await errorCodeOf(rename(aside, path));
}

function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  // An empty file: its maker is between creating and writing it, or was killed there. The caller's next try tells.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
