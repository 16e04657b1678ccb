import { chmod, chown, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { canStartDockerd, type Dockerd, startDockerd } from "../lab/dockerd.ts";
import { describeWhere } from "../lab/where.ts";
import { ask, program as bin, codesOf, homeAt } from "./driver.ts";
import { asNobody, canBeNobody, nobody, nobodyToBe, sudoIn } from "./sudoers.ts";

const canTry = canStartDockerd && canBeNobody;

describeWhere(canTry, `no dockerd of our own, or ${nobodyToBe}`, "Docker's file, for somebody who is not root", () => {
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
    env = { PATH: path, DOCKER_HOST: daemon.socket };
  });
  afterAll(() => started?.stop());

  /** Runs the program where the daemon's /etc/docker is. */
  const run = (...args: string[]) =>
    ask(args, { home: homeAt(join(daemon.base, "home")), env, through: [...daemon.inside, ...asNobody] });
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
