import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { describeWhere } from "../lab/where.ts";
import type { Report } from "./documents.ts";
import { ask, program as bin, homeAt } from "./driver.ts";
import { asNobody, canBeNobody, nobody, nobodyToBe, sudoIn } from "./sudoers.ts";

interface Place {
  readonly file: string;
  readonly home: string;
  sudoLog(): Promise<string[]>;
  run(...args: string[]): ReturnType<typeof ask>;
}

/** A file of root's, somebody who is not root, and a `sudo` on the PATH: one that lets everybody, wants a password, or is not there. */
async function place(kind: "lets" | "wants a password" | "is not there"): Promise<Place> {
  const base = await mkdtemp(join(tmpdir(), "mirror-rights-"));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  await chmod(base, 0o755);
  const at = (...names: string[]) => join(base, ...names);
  for (const name of ["home", "tmp", "etc"]) await mkdir(at(name));
  for (const name of ["home", "tmp"]) await chown(at(name), nobody, nobody);
  await writeFile(at("etc", "env"), "GOBIN=/opt/bin\n");
  await sudoIn(at("bin"), kind, at("home", "log"));
  const env = { PATH: at("bin"), GOENV: at("etc", "env") };
  const run: Place["run"] = (...args) => ask(args, { home: homeAt(at("home")), env, through: asNobody });
  const log = () => readFile(at("home", "log"), "utf8").catch(() => "");
  const sudoLog = async () => (await log()).split("\n").filter(Boolean);
  return { file: at("etc", "env"), home: at("home"), sudoLog, run };
}

const write = ["go", "goproxy-cn", "--no-probe", "--allow-missing"];
const original = "GOBIN=/opt/bin\n";
const wayOut = ({ messages }: Report) =>
  messages.flatMap(({ code, args }) => (/^needs-(rights|root)$/.test(code) ? [`${code}: ${args.command}`] : []));

describeWhere(canBeNobody, nobodyToBe, "a file that takes more rights", () => {
  it("is not asked about without a terminal: the command is named, and nothing is changed", async () => {
    const { run, file, sudoLog } = await place("lets");
    const { code, report } = await run(...write);
    expect(code).toBe(5);
    const args = "go goproxy-cn --no-probe --allow-missing";
    expect(wayOut(report)).toEqual([`needs-rights: sudo ${process.execPath} ${bin} ${args}`]);
    expect([await readFile(file, "utf8"), await sudoLog()]).toEqual([original, []]);
  });

  it("is written through sudo with --yes, in one transaction of the person's own, and undone in the same way", async () => {
    const { run, file, home, sudoLog } = await place("lets");
    expect(await run(...write, "--yes")).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(`${original}GOPROXY=https://goproxy.cn,direct\n`);
    expect((await stat(file)).uid).toBe(0);
    expect((await stat(join(home, ".local", "state", "mirror-setup", "journal"))).uid).toBe(nobody);
    const { code, report } = await run("undo");
    expect([code, wayOut(report)]).toEqual([5, [`needs-rights: sudo ${process.execPath} ${bin} undo`]]);
    expect(await run("undo", "--yes")).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(original);
    const helper = `-n -- ${process.execPath} ${bin} __write`;
    expect(await sudoLog()).toEqual([helper, helper]);
  });

  it("stays as it is where sudo wants a password that nobody can give", async () => {
    const { run, file, sudoLog } = await place("wants a password");
    const { code, report } = await run(...write, "--yes");
    expect([code, wayOut(report).length, (await sudoLog()).length]).toEqual([5, 1, 1]);
    expect(await readFile(file, "utf8")).toBe(original);
  });

  it("is for root to write where there is no sudo", async () => {
    const { run } = await place("is not there");
    const { code, report } = await run(...write, "--yes");
    expect(code).toBe(5);
    expect(wayOut(report)[0]).toMatch(/^needs-root: \//);
  });
});
