import { appendFile, chmod, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, codesOf, type Home, makeHome, run, snapshot, withoutGo } from "./driver.ts";

/** Writes with one mirror and gives back the transaction's id. */
async function write(home: Home, ...mirrors: readonly string[]): Promise<string> {
  const { report } = await ask(["go", ...mirrors, "--no-probe"], { home });
  return report.transaction ?? "none";
}

const original = "# mine\nGOBIN=/opt/bin\n";

describeWith("go", "history", () => {
  it("lists what was done, with ids of the documented form", async () => {
    const home = await makeHome(original);
    const ids = [await write(home, "goproxy-cn"), await write(home, "aliyun")];
    for (const id of ids) expect(id).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{4}$/);
    const { report } = await ask(["history"], { home });
    expect(report.transactions.map(({ id }) => id)).toEqual(ids);
    expect(report.transactions[0]?.command).toContain("go goproxy-cn --no-probe");
    const { stdout } = await run(["history"], { home });
    for (const id of ids) expect(stdout).toContain(id);
  });

  it("keeps the last fifty", async () => {
    const home = await makeHome(original);
    const env = await withoutGo(home);
    const turns = Array.from({ length: 52 }, (_, turn) => (turn % 2 === 0 ? "goproxy-cn" : "aliyun"));
    for (const mirror of turns) await run(["go", mirror, "--no-probe", "--allow-missing"], { home, env });
    expect((await ask(["history"], { home })).report.transactions).toHaveLength(50);
    expect(await readdir(home.journal)).toHaveLength(50);
  });

  it("is private", async () => {
    const home = await makeHome();
    await write(home, "goproxy-cn");
    const found = await snapshot(join(home.journal, ".."));
    for (const { mode } of Object.values(found)) expect(mode).toMatch(/(40700|100600)$/);
  });

  it("passes over a damaged entry, and says so", async () => {
    const home = await makeHome(original);
    await write(home, "goproxy-cn");
    await writeFile(join(home.journal, "20200101T000000Z-0000.json"), "{ half");
    const { code, report } = await ask(["history"], { home });
    expect([code, report.transactions.length, codesOf(report)]).toEqual([0, 1, ["journal-damaged"]]);
    expect((await run(["undo"], { home })).code).toBe(0);
  });
});

describeWith("go", "undo", () => {
  it("is a stack, to the very first byte", async () => {
    const home = await makeHome(original);
    const states = [original];
    for (const mirror of ["goproxy-cn", "aliyun", "huawei"]) {
      await write(home, mirror);
      states.push(await readFile(home.goenv, "utf8"));
    }
    for (const state of states.slice(0, -1).toReversed()) {
      expect((await run(["undo"], { home })).code).toBe(0);
      expect(await readFile(home.goenv, "utf8")).toBe(state);
    }
    const { code, report } = await ask(["undo"], { home });
    expect([code, codesOf(report)]).toEqual([0, ["nothing-to-undo"]]);
  });

  it("refuses an id under later writes, and names the order", async () => {
    const home = await makeHome(original);
    const [first, second, third] = [
      await write(home, "goproxy-cn"),
      await write(home, "aliyun"),
      await write(home, "huawei"),
    ];
    const before = await snapshot(home.path);
    const { code, stdout, stderr } = await run(["undo", first], { home });
    expect(code).toBe(5);
    expect(stdout + stderr).toMatch(new RegExp(`${third}.*${second}`));
    expect((await snapshot(home.path))[".config/go/env"]).toEqual(before[".config/go/env"]);
    for (const id of [third, second, first]) expect((await run(["undo", id], { home })).code).toBe(0);
    expect(await readFile(home.goenv, "utf8")).toBe(original);
  });

  it("stops where somebody edited the file since, and loses nothing", async () => {
    const home = await makeHome(original);
    await write(home, "goproxy-cn");
    await appendFile(home.goenv, "GOFLAGS=-v\n");
    const edited = await readFile(home.goenv, "utf8");
    const { code, stderr } = await run(["undo"], { home });
    expect(code).toBe(5);
    expect(stderr).toContain("go/env");
    expect(await readFile(home.goenv, "utf8")).toBe(edited);
  });

  it.each([
    ["the mode was changed", (file: string) => chmod(file, 0o600)],
    ["the file was removed", (file: string) => rm(file)],
  ])("stops where %s", async (_, meddle) => {
    const home = await makeHome(original);
    await write(home, "goproxy-cn");
    await meddle(home.goenv);
    const before = await snapshot(join(home.goenv, ".."));
    expect((await run(["undo"], { home })).code).toBe(5);
    expect(await snapshot(join(home.goenv, ".."))).toEqual(before);
  });

  it("does not undo the same one twice", async () => {
    const home = await makeHome(original);
    const id = await write(home, "goproxy-cn");
    expect((await run(["undo", id], { home })).code).toBe(0);
    const { code, report } = await ask(["undo", id], { home });
    expect([code, codesOf(report)]).toEqual([5, ["undo-again"]]);
    expect(await readFile(home.goenv, "utf8")).toBe(original);
  });
});

describe("undo of what never was", () => {
  it.each([["no-such-id"], ["../../../etc/passwd"]])("%s", async (id) => {
    const home = await makeHome();
    const { code, report } = await ask(["undo", id], { home });
    expect([code, codesOf(report)]).toEqual([2, ["undo-unknown"]]);
  });
});
