import { chown, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { sweepStages } from "../../src/ports/stages.ts";

const day = 24 * 3_600_000;

describe("the sweep of what killed runs have left", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mirror-sweep-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
  });
  const uid = process.getuid?.() ?? null;

  async function stage(name: string, ageMs: number): Promise<string> {
    const path = join(folder, name);
    await mkdir(join(path, "home"), { recursive: true });
    await writeFile(join(path, "home", "settings"), "secret");
    await age(path, ageMs);
    return path;
  }

  async function age(path: string, ageMs: number): Promise<void> {
    const then = (Date.now() - ageMs) / 1000;
    await utimes(path, then, then);
  }

  it("takes ours that are older than a day, whole", async () => {
    await stage("mirror-setup-stage-aB3xY9", day + 60_000);
    await stage("mirror-setup-stage-young1", day - 60_000);
    await sweepStages(folder, uid, Date.now());
    expect(await readdir(folder)).toEqual(["mirror-setup-stage-young1"]);
  });

  it("leaves what is not named just so, is no folder, or is a link to one", async () => {
    const kept = [
      "mirror-setup-stage-aB3xY",
      "mirror-setup-stage-aB3xY9.old",
      "mirror-setup-stage-aB3x-9",
      "x-mirror-setup-stage-aB3xY9",
    ];
    for (const name of kept) await stage(name, 9 * day);
    await writeFile(join(folder, "mirror-setup-stage-file01"), "");
    await age(join(folder, "mirror-setup-stage-file01"), 9 * day);
    const far = await stage("far", 9 * day);
    await symlink(far, join(folder, "mirror-setup-stage-link01"));
    const before = await readdir(folder);
    await sweepStages(folder, uid, Date.now() + 9 * day);
    expect(await readdir(folder)).toEqual(before);
    expect(await readdir(join(far, "home"))).toEqual(["settings"]);
  });

  it("leaves what belongs to somebody else", async () => {
    const path = await stage("mirror-setup-stage-other1", 9 * day);
    // Who is not root cannot give a folder away, but can say to be another.
    const other = uid === 0 ? await chown(path, 4711, 4711).then(() => uid) : 4711;
    await sweepStages(folder, other, Date.now());
    expect(await readdir(folder)).toHaveLength(1);
  });

  it("takes twenty at a time, and a missing folder as nothing to do", async () => {
    for (let index = 10; index < 35; index += 1) await stage(`mirror-setup-stage-many${index}`, 2 * day);
    await sweepStages(folder, uid, Date.now());
    expect(await readdir(folder)).toHaveLength(5);
    await sweepStages(join(folder, "nowhere"), uid, Date.now());
  });
});
