import { describe, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, databaseLine, makeHome, run, snapshot, trusting, useLab } from "./driver.ts";

const looks = [
  ["list"],
  ["list", "go"],
  ["status"],
  ["status", "go"],
  ["history"],
  ["catalog", "path"],
  ["--help"],
  ["go", "--help"],
  ["--version"],
  [],
  ["undo"],
  ["reset", "go"],
];

describe("looking leaves no trace", () => {
  it.each(looks.map((args) => [args.join(" ") || "(nothing)", args] as const))("%s", async (_, args) => {
    const home = await makeHome("# mine\nGOBIN=/opt/bin\n");
    const before = await snapshot(home.path);
    const { code, stdout } = await run(args, { home });
    expect(code).toBe(0);
    expect(stdout).not.toBe("");
    if (args[0] !== "undo") expect(await snapshot(home.path)).toEqual(before);
    else expect(await snapshot(home.path)).toMatchObject({ ".config/go/env": before[".config/go/env"] });
  });
});

describeWith("go", "probing and previewing leave no trace", () => {
  const lab = useLab([{ id: "one" }, { id: "two", rttMs: 12 }, { id: "dead", fault: "refused" }]);
  const way = async () => ({ home: await makeHome(databaseLine(lab())), env: trusting(lab()) });

  it("test", async () => {
    const here = await way();
    const before = await snapshot(here.home.path);
    expect((await run(["test", "go", "--catalog", lab().catalogFile], here)).code).toBe(0);
    expect(await snapshot(here.home.path)).toEqual(before);
    expect(Object.keys(await snapshot(`${here.home.path}/../tmp`))).toEqual([""]);
  });

  it.each([["one"], ["--fastest"]])("go %s --dry-run", async (what) => {
    const here = await way();
    const before = await snapshot(here.home.path);
    const args = ["go", what, "--dry-run", "--catalog", lab().catalogFile];
    const { code, stdout } = await run(args, here);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^--- .*go\/env$/m);
    expect(stdout).toMatch(/^\+\+\+ .*go\/env$/m);
    expect(stdout).toMatch(/^@@ -0,0 \+1(,1)? @@$/m);
    expect(stdout).toContain(`+GOPROXY=${lab().host("one").url}`);
    expect(await snapshot(here.home.path)).toEqual(before);
  });

  it("a preview says what the write will do", async () => {
    const here = await way();
    const args = ["go", "one", "--catalog", lab().catalogFile];
    const preview = await ask([...args, "--dry-run"], here);
    expect(preview.report).toMatchObject({ dryRun: true, transaction: null });
    const written = await ask(args, here);
    expect(written.report.changes).toEqual(preview.report.changes);
  });

  it("shows an address with terminal escapes of a file as text", async () => {
    const home = await makeHome("# \u001b[31mred\u001b[0m\nGOPROXY=https://\u009b31mgo.corp.example\n");
    const { stdout, stderr } = await run(["go", "goproxy-cn", "--no-probe", "--dry-run"], { home });
    expect(stdout + stderr).not.toMatch(/[\u001b\u0080-\u009f]/);
  });
});
