import { chmod, mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, codesOf, makeHome, put, run, snapshot, withoutGo } from "./driver.ts";

const command = ["go", "goproxy-cn", "--no-probe"];
const line = "GOPROXY=https://goproxy.cn,direct\n";

describeWith("go", "what wins over the file", () => {
  it("ends with 7 under GOPROXY=off, and names the variable", async () => {
    const home = await makeHome();
    const { code, stdout, stderr } = await run(command, { home, env: { GOPROXY: "off" } });
    expect(code).toBe(7);
    expect(stdout + stderr).toMatch(/environment variable GOPROXY|env:GOPROXY/);
    expect(stdout + stderr).not.toContain("env:GOPROXY");
    expect(await readFile(home.goenv, "utf8")).toContain(line);
  });

  it("tells a script who wins, and is as honest the second time", async () => {
    const home = await makeHome();
    for (const round of [1, 2]) {
      const { code, report } = await ask(command, { home, env: { GOPROXY: "off" } });
      expect([round, code]).toEqual([round, 7]);
      const row = report.inForce.find(({ key }) => key === "GOPROXY");
      expect(row).toMatchObject({ value: "off", source: "env:GOPROXY", shadowedBy: "env:GOPROXY", mirror: null });
      expect(codesOf(report)).toContain("not-in-force");
      expect(codesOf(report)).not.toContain("nothing-to-do");
    }
  });

  it("takes an empty variable for none, as go does", async () => {
    const home = await makeHome();
    expect((await run(command, { home, env: { GOPROXY: "" } })).code).toBe(0);
  });

  it("writes under GOENV=off what go will read once that is gone, and ends with 7", async () => {
    const home = await makeHome();
    const { code, report } = await ask(command, { home, env: { GOENV: "off" } });
    expect(code).toBe(7);
    expect(codesOf(report)).toContain("go-env-off");
    expect(await readFile(home.goenv, "utf8")).toContain(line);
  });
});

describeWith("go", "where go keeps its file", () => {
  it("follows GOENV", async () => {
    const home = await makeHome();
    const file = join(home.path, "elsewhere", "go.env");
    const { code, report } = await ask(command, { home, env: { GOENV: file } });
    expect(code).toBe(0);
    expect(report.changes[0]?.file).toBe(file);
    expect(await readFile(file, "utf8")).toContain(line);
    await expect(readFile(home.goenv)).rejects.toThrow();
  });

  it("follows XDG_CONFIG_HOME", async () => {
    const home = await makeHome();
    const folder = join(home.path, "xdg");
    expect((await run(command, { home, env: { XDG_CONFIG_HOME: folder } })).code).toBe(0);
    expect(await readFile(join(folder, "go", "env"), "utf8")).toContain(line);
  });

  it.each([
    ["a relative XDG_CONFIG_HOME", { XDG_CONFIG_HOME: "config" }, /XDG_CONFIG_HOME/],
    ["no HOME", { HOME: undefined }, /HOME/],
    ["an empty HOME", { HOME: "" }, /HOME/],
  ])("refuses %s with 5 and writes nothing", async (_, env, named) => {
    const home = await makeHome();
    const before = await snapshot(home.path);
    const { code, stdout, stderr } = await run(command, { home, env });
    expect(code).toBe(5);
    expect(stdout + stderr).toMatch(named);
    expect(await snapshot(home.path)).toEqual(before);
  });

  it("refuses a folder in the file's place", async () => {
    const home = await makeHome();
    await mkdir(home.goenv, { recursive: true });
    const before = await snapshot(home.path);
    const { code, stderr } = await run(command, { home });
    expect(code).toBe(5);
    expect(stderr).toContain(".config/go/env");
    expect(await snapshot(home.path)).toEqual(before);
  });

  it("refuses a link that leads nowhere", async () => {
    const home = await makeHome();
    await mkdir(join(home.goenv, ".."), { recursive: true });
    await symlink(join(home.path, "gone", "env"), home.goenv);
    const before = await snapshot(home.path);
    expect((await run(command, { home })).code).toBe(5);
    expect(await snapshot(home.path)).toEqual(before);
  });

  it("leaves a read-only file as it is, and says how to change that", async () => {
    const home = await makeHome("# managed elsewhere\n");
    await chmod(home.goenv, 0o444);
    const before = await snapshot(home.path, { times: false });
    const { code, stderr } = await run(command, { home });
    expect(code).toBe(5);
    expect(stderr).toContain("read-only");
    expect(await snapshot(home.path, { times: false })).toMatchObject(before);
  });
});

describe("without go", () => {
  it("ends with 4, names the way out, and writes nothing", async () => {
    const home = await makeHome();
    const { code, stderr } = await run(command, { home, env: await withoutGo(home) });
    expect(code).toBe(4);
    expect(stderr).toContain("--allow-missing");
    expect(Object.keys(await snapshot(home.path))).toEqual([""]);
  });

  it("writes the file itself with --allow-missing, and undo removes it", async () => {
    const home = await makeHome();
    const env = await withoutGo(home);
    const { code, report } = await ask([...command, "--allow-missing"], { home, env });
    expect(code).toBe(0);
    expect(codesOf(report)).toContain("unconfirmed");
    expect(await readFile(home.goenv, "utf8")).toBe(line);
    expect((await run(["undo"], { home, env })).code).toBe(0);
    await expect(readFile(home.goenv)).rejects.toThrow();
  });

  it("keeps what is in a file already", async () => {
    const home = await makeHome();
    await put(home.goenv, "# mine\nGOBIN=/opt/bin\n");
    await run([...command, "--allow-missing"], { home, env: await withoutGo(home) });
    const text = await readFile(home.goenv, "utf8");
    expect(text).toContain("# mine\nGOBIN=/opt/bin\n");
    expect(text).toContain(line);
  });
});
