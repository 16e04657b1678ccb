import { chmod, lstat, mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { changeDocument, faultsOf } from "./documents.ts";
import { ask, codesOf, type Home, makeHome, put, run, snapshot } from "./driver.ts";

const chain = "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct";
const command = ["go", "goproxy-cn", "aliyun", "--no-probe"];

/** As a person leaves it who edits on two systems: comments, blank lines, CRLF, unsorted, a key twice, no newline at the end. */
const ugly = [
  "# my settings",
  "GOPRIVATE=git.corp.example",
  "",
  "GOFLAGS=-modcacherw",
  "  # indented",
  "GOPROXY=direct",
  "not a setting at all",
  "CGO_ENABLED=0",
  "GOPROXY=https://proxy.golang.org,direct",
  "GOBIN=/opt/bin",
].join("\r\n");

/** The file of a dotfiles user: a link into another folder, readable by a group. */
async function linkedHome(content: string): Promise<Home> {
  const home = await makeHome();
  const real = join(home.path, "dotfiles", "goenv");
  await put(real, content);
  await chmod(real, 0o640);
  await mkdir(join(home.goenv, ".."), { recursive: true });
  await symlink("../../dotfiles/goenv", home.goenv);
  return home;
}

describeWith("go", "named mirrors, unproved", () => {
  it("writes the chain, says so, and that it was not proved", async () => {
    const home = await makeHome();
    const { code, report } = await ask(command, { home });
    expect(code).toBe(0);
    expect(faultsOf(changeDocument, report)).toEqual([]);
    expect(report.changes[0]).toMatchObject({ file: home.goenv, key: "GOPROXY", before: null, after: chain });
    expect(report.inForce.find(({ key }) => key === "GOPROXY")).toMatchObject({ value: chain, source: home.goenv });
    expect(codesOf(report).filter((found) => found === "unproved")).toHaveLength(2);
    expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${chain}\n`);
  });

  it("writes nothing the second time, and says so", async () => {
    const home = await makeHome();
    await run(command, { home });
    const before = await snapshot(home.path);
    const { code, report } = await ask(command, { home });
    expect(await snapshot(home.path)).toEqual(before);
    expect(code).toBe(0);
    expect(report).toMatchObject({ transaction: null, changes: [] });
    expect(codesOf(report)).toContain("nothing-to-do");
  });

  it("removes the file that it made, with its folders, on undo", async () => {
    const home = await makeHome();
    const before = await snapshot(home.path, { times: false });
    await run(command, { home });
    expect((await run(["undo"], { home })).code).toBe(0);
    const { ".local": own, ...after } = await snapshot(home.path, { times: false });
    expect(own).toBeDefined();
    const foreign = Object.fromEntries(Object.entries(after).filter(([path]) => !path.startsWith(".local")));
    expect(foreign).toEqual(before);
  });

  it("keeps folders that others have put something into meanwhile", async () => {
    const home = await makeHome();
    await run(command, { home });
    const telemetry = join(home.goenv, "..", "telemetry", "mode");
    await put(telemetry, "off");
    expect((await run(["undo"], { home })).code).toBe(0);
    expect(await readFile(telemetry, "utf8")).toBe("off");
    await expect(lstat(home.goenv)).rejects.toThrow();
  });
});

describeWith("go", "an ugly file of a user's own", () => {
  it("keeps every other line, the link and the mode", async () => {
    const home = await linkedHome(ugly);
    expect((await run(command, { home })).code).toBe(0);
    expect((await lstat(home.goenv)).isSymbolicLink()).toBe(true);
    const text = await readFile(home.goenv, "utf8");
    for (const line of ["# my settings", "GOPRIVATE=git.corp.example", "  # indented", "not a setting at all"]) {
      expect(text).toContain(`${line}\r\n`);
    }
    const order = ["GOPRIVATE", "GOFLAGS", "CGO_ENABLED", "GOBIN"].map((key) => text.indexOf(`${key}=`));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(text).toMatch(/\nGOBIN=\/opt\/bin(\r?\n|$)/);
    expect(text).toContain(chain);
  });

  it("gives every byte, the link and the mode back on undo", async () => {
    const home = await linkedHome(ugly);
    const before = await snapshot(home.path, { times: false });
    await run(command, { home });
    expect(await snapshot(home.path, { times: false })).not.toEqual(before);
    expect((await run(["undo"], { home })).code).toBe(0);
    expect(await snapshot(home.path, { times: false })).toMatchObject(before);
    expect(await readFile(home.goenv, "utf8")).toBe(ugly);
    expect((await lstat(join(home.path, "dotfiles", "goenv"))).mode & 0o777).toBe(0o640);
  });

  it("needs no second write, either", async () => {
    const home = await linkedHome(ugly);
    await run(command, { home });
    const before = await snapshot(home.path);
    const { report } = await ask(command, { home });
    expect(codesOf(report)).toContain("nothing-to-do");
    expect(await snapshot(home.path)).toEqual(before);
  });
});
