import { spawnSync } from "node:child_process";
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { findTool } from "../lab/tools.ts";
import { describeWhere } from "../lab/where.ts";
import { ask, codesOf, homeAt } from "./driver.ts";

const caller = 4242;
const canTry =
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["-m", "sh", "-c", "mount --bind /etc/hostname /etc/hostname"]).status === 0;

interface Place {
  readonly home: string;
  readonly roots: string;
  /** Whom the tool was run as, each time. */
  askedAs(): Promise<string[]>;
  run(...args: string[]): ReturnType<typeof ask>;
}

/** A machine with a user of its own, who has called us with sudo: HOME is root's by then. */
async function place({ isKnown = true } = {}): Promise<Place> {
  const base = await mkdtemp(join(tmpdir(), "mirror-sudo-"));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  await chmod(base, 0o755);
  const at = (...names: string[]) => join(base, ...names);
  for (const name of ["home", "roots", "tmp", "bin"]) await mkdir(at(name));
  await chmod(at("tmp"), 0o777);
  await chown(at("home"), caller, caller);
  const entry = isKnown ? `mei:x:${caller}:${caller}::${at("home")}:/bin/sh\n` : "";
  await writeFile(at("passwd"), `root:x:0:0:root:/root:/bin/sh\n${entry}`);
  await symlink(process.execPath, at("bin", "node"));
  const go = findTool("go");
  const shim = `#!/bin/sh\nid -u >> ${at("tmp", "asked")}\nexec ${go} "$@"\n`;
  if (go !== null) await writeFile(at("bin", "go"), shim, { mode: 0o755 });
  const sudo = { SUDO_UID: String(caller), SUDO_GID: String(caller), SUDO_USER: "mei" };
  const env = { PATH: `${at("bin")}:/usr/bin:/bin`, ...sudo };
  const steps = 'mount --bind "$0" /etc/passwd && exec "$@"';
  const through = ["unshare", "-m", "sh", "-c", steps, at("passwd")] as const;
  const run: Place["run"] = (...args) => ask(args, { home: homeAt(at("roots")), env, cwd: base, through });
  const asked = () => readFile(at("tmp", "asked"), "utf8").catch(() => "");
  const askedAs = async () => [...new Set((await asked()).split("\n").filter(Boolean))];
  return { home: at("home"), roots: at("roots"), askedAs, run };
}

/** Who owns what is in a folder. */
async function ownersIn(folder: string): Promise<Set<string>> {
  const names = await readdir(folder, { recursive: true });
  const found = await Promise.all(names.map((name) => lstat(join(folder, name))));
  return new Set(found.map(({ uid, gid }) => `${uid}:${gid}`));
}

const write = ["go", "goproxy-cn", "--no-probe", "--allow-missing"];

describeWhere(canTry, "not root, or no right to mount", "under sudo", () => {
  it("the settings, the journal and the memory are theirs who called it, and the tool is asked as they", async () => {
    const { run, home, roots, askedAs } = await place();
    const { code, report } = await run(...write);
    expect([code, codesOf(report)]).toEqual([0, expect.arrayContaining(["under-sudo"])]);
    const env = join(home, ".config", "go", "env");
    expect(await readFile(env, "utf8")).toBe("GOPROXY=https://goproxy.cn,direct\n");
    expect([await ownersIn(home), await readdir(roots)]).toEqual([new Set([`${caller}:${caller}`]), []]);
    expect(await askedAs()).toEqual(findTool("go") === null ? [] : [String(caller)]);
    expect(await run("undo")).toMatchObject({ code: 0 });
    expect(await readdir(home)).toEqual([".local"]);
    expect(await ownersIn(home)).toEqual(new Set([`${caller}:${caller}`]));
  });

  it("a folder of root's in their home does not make what is new in it root's", async () => {
    const { run, home } = await place();
    await mkdir(join(home, ".config"));
    await run(...write);
    expect((await lstat(join(home, ".config", "go"))).uid).toBe(caller);
    expect((await lstat(join(home, ".config", "go", "env"))).uid).toBe(caller);
  });

  it("whose home nobody knows gets nothing written, and is told why", async () => {
    const { run, home, roots } = await place({ isKnown: false });
    const { code, report } = await run(...write);
    expect([code, await readdir(home), await readdir(roots)]).toEqual([5, [], []]);
    expect(codesOf(report)).toContain("sudo-no-home");
  });
});
