import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { obstacleTo } from "../../src/ports/files/folders.ts";
import { replaceFile, temporaryBeside } from "../../src/ports/files/replace.ts";
import { describeWhere } from "../lab/where.ts";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const bytes = new TextEncoder().encode("new\n");
const root = process.getuid?.() === 0;

describe("replacing a file", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mirror-replace-"));
    folders.push(folder);
    file = join(folder, "file");
  });
  const write = (path: string, mode = 0o644) => replaceFile(path, { bytes, mode, owner: null });
  const contentAndMode = async (path: string) => [
    await readFile(path, "utf8"),
    ((await stat(path)).mode & 0o7777).toString(8),
  ];

  it.each([0o644, 0o640, 0o600, 0o755, 0o666])(
    "gives it its bytes and its mode, whatever the umask (%s)",
    async (mode) => {
      await writeFile(file, "a much longer old content\n");
      await write(file, mode);
      expect(await contentAndMode(file)).toEqual(["new\n", mode.toString(8)]);
      expect(await readdir(folder)).toEqual(["file"]);
    },
  );

  it("makes one where there was none", async () => {
    await write(file, 0o600);
    expect(await contentAndMode(file)).toEqual(["new\n", "600"]);
  });

  it("is another file, so that who has the old one open reads the old one to its end", async () => {
    await writeFile(file, "old\n");
    const before = (await stat(file)).ino;
    await write(file);
    expect((await stat(file)).ino).not.toBe(before);
  });

  it("leaves a link a link, and replaces what it leads to, through several", async () => {
    await mkdir(join(folder, "kept"));
    await writeFile(join(folder, "kept", "real"), "old\n");
    await symlink("kept/real", join(folder, "between"));
    await symlink("between", file);
    await write(file);
    expect([await readlink(file), await readlink(join(folder, "between"))]).toEqual(["between", "kept/real"]);
    expect(await readFile(join(folder, "kept", "real"), "utf8")).toBe("new\n");
    expect(await readdir(join(folder, "kept"))).toEqual(["real"]);
  });

  it("leaves hard links together, and cuts off what was longer", async () => {
    await writeFile(file, "a much longer old content\n", { mode: 0o640 });
    await link(file, join(folder, "other"));
    await write(file, 0o640);
    expect(await contentAndMode(join(folder, "other"))).toEqual(["new\n", "640"]);
    expect((await lstat(file)).nlink).toBe(2);
  });

  it("is not hindered by what a killed run left beside it", async () => {
    await writeFile(file, "old\n");
    await writeFile(temporaryBeside(file), "half");
    await write(file);
    expect(await readdir(folder)).toEqual(["file"]);
  });

  it("is not led astray by a link that somebody put where its temporary file goes", async () => {
    await writeFile(join(folder, "victim"), "victim\n");
    await symlink("victim", temporaryBeside(file));
    await write(file);
    expect(await readFile(join(folder, "victim"), "utf8")).toBe("victim\n");
    expect((await lstat(file)).isFile()).toBe(true);
  });

  it("fails where the folder is missing, and leaves nothing", async () => {
    await expect(write(join(folder, "none", "file"))).rejects.toMatchObject({ code: "ENOENT" });
    expect(await readdir(folder)).toEqual([]);
  });

  describeWhere(root, "not root", "by root", () => {
    it("keeps the owner, and gives a new file to the owner of its folder", async () => {
      await chown(folder, 12345, 12346);
      await writeFile(file, "old\n");
      await chown(file, 12347, 12348);
      await replaceFile(file, { bytes, mode: 0o600, owner: { uid: 12347, gid: 12348 } });
      await write(join(folder, "made"));
      const owners = await Promise.all(
        [file, join(folder, "made")].map(async (path) => [(await stat(path)).uid, (await stat(path)).gid]),
      );
      expect(owners).toEqual([
        [12347, 12348],
        [12345, 12346],
      ]);
    });
  });

  it("has an obstacle where the file is read-only, for root too, and none where it is not there yet", async () => {
    await writeFile(file, "old\n");
    expect(await obstacleTo(file)).toBeNull();
    await chmod(file, 0o444);
    expect(await obstacleTo(file)).toBe("read-only");
    expect(await obstacleTo(join(folder, "a", "b", "c"))).toBeNull();
    expect(await obstacleTo(join(file, "below"))).toBe("ENOTDIR");
    await symlink(file, join(folder, "link"));
    expect(await obstacleTo(join(folder, "link"))).toBe("read-only");
    await chmod(folder, 0o555);
    expect(await obstacleTo(join(folder, "new"))).toBe("read-only");
    await chmod(folder, 0o755);
  });
});
