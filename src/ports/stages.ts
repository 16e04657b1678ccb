import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** What the names of our private folders begin with; `mkdtemp` adds six characters. */
export const stagePrefix = "mirror-setup-stage-";

const stageName = /^mirror-setup-stage-[A-Za-z0-9]{6}$/;
/** No program of ours runs for a minute; a folder this old is of a run that was killed. */
const abandonedAfterMs = 24 * 3_600_000;
/** So many at the most in one run: the next run takes the rest. */
const mostAtOnce = 20;

/**
 * Removes the private folders that killed runs have left: ours by name, by owner and by kind (never through a link), and untouched for a day. What goes
 * wrong here is passed over.
 *
 * @param uid the owner they must have; null where the system has no such numbers.
 * @param now milliseconds since 1970.
 */
export async function sweepStages(temporary: string, uid: number | null, now: number): Promise<void> {
  const names = await readdir(temporary).catch(() => []);
  const stages = names.filter((name) => stageName.test(name)).slice(0, mostAtOnce);
  await Promise.all(stages.map((name) => sweepStage(join(temporary, name), uid, now).catch(() => undefined)));
}

async function sweepStage(path: string, uid: number | null, now: number): Promise<void> {
  const found = await lstat(path);
  const isOurs = found.isDirectory() && (uid === null || found.uid === uid);
  if (isOurs && now - found.mtimeMs > abandonedAfterMs) await rm(path, { recursive: true, force: true });
}
