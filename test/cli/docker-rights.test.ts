import { chmod, chown, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canStartDockerd, type Dockerd, startDockerd } from "../lab/dockerd.ts";
import type { Report } from "./documents.ts";
import { codesOf } from "./driver.ts";
import { asNobody, bin, canBeNobody, nobody, sudoIn } from "./sudoers.ts";

const canTry = canStartDockerd && canBeNobody;
const why = "SKIPPED: no dockerd of our own, or nobody to be: Docker's file for somebody who is not root";
if (!canTry) process.stderr.write(`${why}\n`);

describe.skipIf(!canTry)(canTry ? "Docker's file, for somebody who is not root" : why, () => {
  let started: Dockerd | undefined;
  let daemon: Dockerd;
  let env: Record<string, string>;
  beforeAll(async () => {
    started = daemon = await startDockerd();
    const at = (name: string) => join(daemon.base, name);
    for (const name of ["home", "tmp"]) {
      await mkdir(at(name));
      await chown(at(name), nobody, nobody);
    }
    await sudoIn(at("bin"), "lets", at("home/log"));
    await chmod(at("sock"), 0o660);
    const path = `${at("bin")}:${process.env.PATH ?? ""}`;
    env = { PATH: path, HOME: at("home"), TMPDIR: at("tmp"), LANG: "C.UTF-8", DOCKER_HOST: daemon.socket };
  }, 60_000);
  afterAll(() => started?.stop(), 60_000);

  /** Runs the program where the daemon's /etc/docker is. */
  async function run(...args: string[]): Promise<{ code: number; report: Report }> {
    const [program, ...rest] = [...daemon.inside, ...asNobody, process.execPath, bin, ...args, "--json"];
    const options = { cwd: join(daemon.base, "home"), env, extendEnv: false, stdin: "ignore", reject: false } as const;
    const { exitCode = -1, stdout } = await execa(program, rest, options);
    return { code: exitCode, report: JSON.parse(stdout) as Report };
  }
  const now = async () => [await readFile(daemon.file, "utf8").catch(() => null), await daemon.mirrors()];
  const mirror = "https://docker.example";
  const text = `{\n  "registry-mirrors": [\n    "${mirror}"\n  ]\n}\n`;

  it("is written, reloaded, seen in force and undone through sudo, though the daemon talks to root alone", async () => {
    expect(await run("docker", mirror, "--only", "docker", "--no-probe", "--yes")).toMatchObject({ code: 0 });
    expect(await now()).toEqual([text, [`${mirror}/`]]);
    expect(await run("undo", "--yes")).toMatchObject({ code: 0 });
    expect(await now()).toEqual([null, []]);
  });

  it("is written and not reloaded with --no-reload: exit 7 with the command, and what is really in force", async () => {
    const { code, report } = await run("docker", mirror, "--only", "docker", "--no-probe", "--yes", "--no-reload");
    expect([code, codesOf(report).filter((each) => each === "not-taken-up")]).toEqual([7, ["not-taken-up"]]);
    expect(report.inForce).toMatchObject([{ key: "registry-mirrors", value: null }]);
    expect(await now()).toEqual([text, []]);
    expect(await run("undo", "--yes")).toMatchObject({ code: 0 });
    expect(await now()).toEqual([null, []]);
  });

  it("is left alone where nobody can be asked, with a command that works", async () => {
    const { code, report } = await run("docker", mirror, "--only", "docker", "--no-probe");
    const command = report.messages.find((message) => message.code === "needs-rights")?.args.command;
    expect([code, command]).toEqual([5, `sudo ${process.execPath} ${bin} docker ${mirror} --only docker --no-probe`]);
    expect(await now()).toEqual([null, []]);
  });
});
