import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ask, codesOf, makeHome, put, run, snapshot } from "./driver.ts";

const url = "https://go.corp.example/proxy";

describe("the user's own mirrors", () => {
  it("are kept where path says, added, listed, used by id, and removed", async () => {
    const home = await makeHome();
    const way = { home };
    const file = (await ask(["catalog", "path"], way)).report.path;
    expect(file).toBe(join(home.path, ".config", "mirror-setup", "mirrors.json"));
    expect((await run(["catalog", "add", "go", "corp", url, "--name", "Our own"], way)).code).toBe(0);
    expect((await snapshot(join(file, "..")))[""]?.mode).toMatch(/40700$/);
    expect((await snapshot(join(file, "..")))["mirrors.json"]?.mode).toMatch(/100600$/);
    expect((await run(["catalog", "validate"], way)).code).toBe(0);
    const listed = await ask(["list", "go"], way);
    expect(listed.report.mirrors.find(({ id }) => id === "corp")).toMatchObject({ url, origin: "user" });
    expect(listed.report.mirrors.length).toBeGreaterThan(1);
    await run(["go", "corp", "--no-probe", "--allow-missing"], way);
    expect(await readFile(home.goenv, "utf8")).toContain(`GOPROXY=${url},direct`);
    expect((await run(["catalog", "remove", "go", "corp"], way)).code).toBe(0);
    expect((await ask(["list", "go"], way)).report.mirrors.map(({ id }) => id)).not.toContain("corp");
  });

  it("replace the shipped one of the same ecosystem and id, and keep the other text of their file", async () => {
    const home = await makeHome();
    const file = join(home.path, ".config", "mirror-setup", "mirrors.json");
    await put(file, '{\n\t"version": 1,\n\t"updated":   "2026-01-01",\n\t"mirrors": [\n\t]\n}\n');
    await run(["catalog", "add", "go", "goproxy-cn", "https://other.example"], { home });
    expect(await readFile(file, "utf8")).toContain('\t"updated":   "2026-01-01"');
    const { report } = await ask(["list", "go"], { home });
    expect(report.mirrors.filter(({ id }) => id === "goproxy-cn").map(({ url }) => url)).toEqual([
      "https://other.example",
    ]);
  });

  it.each([
    ["add go corp http://go.corp.example", "insecure-own-url"],
    ["add go corp not-a-url", "bad-url"],
    ["add ruby corp https://a.example", "unknown-ecosystem"],
    ["remove go goproxy-cn", "catalog-not-own"],
  ])("catalog %s is refused, and makes nothing", async (line, wanted) => {
    const home = await makeHome();
    const { code, report } = await ask(["catalog", ...line.split(" ")], { home });
    expect(code).toBe(2);
    expect(codesOf(report)).toContain(wanted);
    expect(Object.keys(await snapshot(home.path))).toEqual([""]);
  });

  it("may use plain http when that is said, and it is said at every use", async () => {
    const home = await makeHome();
    await run(["catalog", "add", "go", "corp", "http://go.corp.example", "--insecure"], { home });
    const { report } = await ask(["go", "corp", "--no-probe", "--allow-missing"], { home });
    expect(codesOf(report)).toContain("mirror-insecure");
  });

  it("cannot be added twice", async () => {
    const home = await makeHome();
    await run(["catalog", "add", "go", "corp", url], { home });
    const { code, report } = await ask(["catalog", "add", "go", "corp", url], { home });
    expect([code, codesOf(report)]).toEqual([2, ["catalog-exists"]]);
  });
});
