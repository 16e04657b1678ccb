import { link, open, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { codeOf, errorCodeOf } from "./errors.ts";
import { giveTo, ownerOf } from "./replace.ts";

const oldMs = 5 * 60_000;

/** What taking the lock gives: its release. */
export type Release = () => Promise<void>;

/**
 * Takes the lock: a file that names its holder. A holder that no longer lives loses it. Written here because the libraries for this
 * (proper-lockfile) keep a lock alive by a timer and judge staleness by time, so that a killed run would block the next one for seconds.
 *
 * @returns the release, or null while another live run holds the lock.
 */
export async function takeLock(path: string): Promise<Release | null> {
  const token = `${process.pid} ${unique()}`;
  if (await create(path, token)) return () => release(path, token);
  const holder = await settledContentOf(path);
  if (holder === null || (isAlive(holder) && !(await isOld(path))) || !(await evict(path, holder, token))) return null;
  return (await create(path, token)) ? () => release(path, token) : null;
}

/** Sixteen characters that no other run has; not a secret, so that node:crypto need not be loaded at every start. */
function unique(): string {
  const part = () => Math.random().toString(36).slice(2, 10).padEnd(8, "0");
  return part() + part();
}

/** Makes the file with its content in one step, so that nobody ever sees it empty. */
async function create(path: string, token: string): Promise<boolean> {
  const own = `${path}.${token.slice(-16)}`;
  await writeFile(own, token, { mode: 0o600, flag: "wx" });
  await giveToFolderOwner(own);
  const code = await errorCodeOf(link(own, path));
  await errorCodeOf(unlink(own));
  if (code === null || code === "EEXIST") return code === null;
  return createWithoutLinks(path, token);
}

/** Some file systems (exFAT, Windows drives under WSL) have no hard links: there the content follows a moment later. */
async function createWithoutLinks(path: string, token: string): Promise<boolean> {
  const handle = await open(path, "wx", 0o600).catch((error: unknown) => {
    if (codeOf(error) === "EEXIST") return null;
    throw error;
  });
  await handle?.writeFile(token);
  await handle?.close();
  if (handle !== null) await giveToFolderOwner(path);
  return handle !== null;
}

/** Under sudo root takes it in somebody's folder: that one must be able to see, later, that a killed run no longer holds it. */
async function giveToFolderOwner(path: string): Promise<void> {
  if (process.getuid?.() === 0) await giveTo(path, await ownerOf(dirname(path)));
}

async function release(path: string, token: string): Promise<void> {
  if ((await contentOf(path)) === token) await errorCodeOf(unlink(path));
}

/**
 * Removes a dead run's lock. Only who holds the breaker may, and only the very lock that was seen to be dead; a run that dies with the
 * breaker in hand loses that in the same way.
 */
async function evict(path: string, dead: string, token: string): Promise<boolean> {
  const breaker = `${path}.breaker`;
  if (!(await create(breaker, token))) {
    const holder = await contentOf(breaker);
    if (holder !== null && !isAlive(holder)) await errorCodeOf(unlink(breaker));
    return false;
  }
  const same = (await contentOf(path)) === dead;
  if (same) await errorCodeOf(unlink(path));
  await release(breaker, token);
  return same;
}

function contentOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}

/** Without hard links a lock can be seen before its content: its maker is given a moment. */
async function settledContentOf(path: string): Promise<string | null> {
  const content = await contentOf(path);
  if (content === null || /^\d+ \S+$/.test(content)) return content;
  await setTimeout(200);
  return contentOf(path);
}

/** No run holds the lock for minutes: such a holder is another process that has got the dead one's number since. */
async function isOld(path: string): Promise<boolean> {
  const made = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return Date.now() - made > oldMs;
}

function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
