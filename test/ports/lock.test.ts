import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { takeLock } from "../../src/ports/files/lock.ts";

describe("the lock", () => {
  let folder: string;
  let path: string;
  let other: ChildProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mirror-lock-"));
    other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  });
  afterAll(async () => {
    other.kill();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    path = join(folder, "lock");
    await rm(path, { force: true });
  });

  it("is held by one at a time, and free again after its release", async () => {
    const release = await takeLock(path);
    expect(await takeLock(path)).toBeNull();
    await release?.();
    expect(existsSync(path)).toBe(false);
    const again = await takeLock(path);
    expect(again).not.toBeNull();
    await again?.();
  });

  it("is one's own to read and write, and names its holder", async () => {
    const release = await takeLock(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(Number.parseInt(await readFile(path, "utf8"), 10)).toBe(process.pid);
    await release?.();
  });

  it("stays with a holder that lives", async () => {
    await writeFile(path, `${other.pid} 0011223344556677`);
    expect(await takeLock(path)).toBeNull();
    expect(await readFile(path, "utf8")).toContain(String(other.pid));
  });

  it.each(["99999999 0011223344556677", "99999999", "0 x", "-1 x", "rubbish", ""])(
    "is taken from a holder that is dead: %j",
    async (holder) => {
      await writeFile(path, holder);
      const release = await takeLock(path);
      expect(release).not.toBeNull();
      expect(Number.parseInt(await readFile(path, "utf8"), 10)).toBe(process.pid);
      await release?.();
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it("is taken by one only, when many find a dead holder at once", async () => {
    for (let round = 0; round < 20; round += 1) {
      await writeFile(path, "99999999 0011223344556677");
      const taken = (await Promise.all(Array.from({ length: 8 }, () => takeLock(path)))).filter(
        (release) => release !== null,
      );
      expect(taken.length).toBeLessThanOrEqual(1);
      for (const release of taken) await release();
      await rm(path, { force: true });
    }
  });

  it("is not released for somebody who has taken it since", async () => {
    const release = await takeLock(path);
    await writeFile(path, `${other.pid} somebody else`);
    await release?.();
    expect(await readFile(path, "utf8")).toBe(`${other.pid} somebody else`);
  });

  it("says why when its folder is missing", async () => {
    await expect(takeLock(join(folder, "none", "lock"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});
