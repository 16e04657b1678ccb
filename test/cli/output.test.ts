import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { describeWhere } from "../lab/where.ts";
import { faultsOf, listDocument, statusDocument } from "./documents.ts";
import { ask, type Home, makeHome, run } from "./driver.ts";

const chinese = /[\u4e00-\u9fff]/;

describe("language", () => {
  it.each<[string, string[], Record<string, string | undefined>, boolean]>([
    ["--lang zh", ["--lang", "zh"], {}, true],
    ["--lang=zh", ["--lang=zh"], {}, true],
    ["--lang en over LANG", ["--lang", "en"], { LANG: "zh_CN.UTF-8" }, false],
    ["LANG", [], { LANG: "zh_CN.UTF-8" }, true],
    ["LANG of Taiwan", [], { LANG: "zh_TW.UTF-8" }, true],
    ["LC_MESSAGES over LANG", [], { LANG: "zh_CN.UTF-8", LC_MESSAGES: "en_US.UTF-8" }, false],
    ["LC_ALL over LC_MESSAGES", [], { LC_ALL: "zh_CN.UTF-8", LC_MESSAGES: "en_US.UTF-8", LANG: "C" }, true],
    ["an empty LC_ALL is none", [], { LC_ALL: "", LANG: "zh_CN.UTF-8" }, true],
    ["LC_ALL=C", [], { LC_ALL: "C", LANG: "zh_CN.UTF-8" }, false],
    ["another language", [], { LANG: "de_DE.UTF-8" }, false],
  ])("%s", async (_, args, env, isChinese) => {
    const { stderr } = await run(["go", "goproxy-cm", ...args], { home: await makeHome(), env });
    expect(chinese.test(stderr)).toBe(isChinese);
    expect(stderr).toContain("goproxy-cn");
  });

  it.each(["--help", "go --help", "list go", "status go", "history", "stauts", "undo", "go", "pip tuna"])(
    "%s is wholly Chinese",
    async (line) => {
      const { stdout, stderr } = await run([...line.split(" "), "--lang", "zh"], { home: await makeHome() });
      expect(stdout + stderr).toMatch(chinese);
      expect(stdout + stderr).not.toMatch(/\b(Usage|Options|Arguments|Commands|error|warning|the|nothing)\b/);
    },
  );

  it("of a JSON document is that of its texts alone", async () => {
    const home = await makeHome();
    const documents = ["en", "zh"].map(async (lang) => {
      const { stdout } = await run(["go", "goproxy-cm", "--json", "--lang", lang], { home });
      return JSON.parse(stdout) as { messages: { text?: string }[] };
    });
    const [english, mandarin] = await Promise.all(documents);
    expect(mandarin?.messages[0]?.text).toMatch(chinese);
    const bare = (found: typeof english) => ({ ...found, messages: found?.messages.map(({ text, ...rest }) => rest) });
    expect(bare(mandarin)).toEqual(bare(english));
  });
});

describe("colours", () => {
  const colour = "\u001b[";
  it.each<[string, string[], Record<string, string>, boolean]>([
    ["a pipe has none", [], {}, false],
    ["FORCE_COLOR=1", [], { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR=0", [], { FORCE_COLOR: "0" }, false],
    ["NO_COLOR wins over FORCE_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    ["an empty NO_COLOR is none", [], { FORCE_COLOR: "1", NO_COLOR: "" }, true],
    ["--no-color wins over FORCE_COLOR", ["--no-color"], { FORCE_COLOR: "1" }, false],
  ])("%s", async (_, args, env, coloured) => {
    const home = await makeHome();
    const { stdout } = await run(["list", "go", ...args], { home, env });
    const { stderr } = await run(["go", "goproxy-cm", ...args], { home, env });
    expect([stdout.includes(colour), stderr.includes(colour)]).toEqual([coloured, coloured]);
  });

  it("are never in JSON, nor in --version", async () => {
    const way = { home: await makeHome(), env: { FORCE_COLOR: "1" } };
    for (const args of [["list", "--json"], ["--version"], ["go", "--json"]]) {
      expect((await run(args, way)).stdout).not.toContain(colour);
    }
  });

  it("symbols are ASCII where the terminal is", async () => {
    const { stdout } = await run(["list", "docker"], { home: await makeHome(), env: { LANG: "C" } });
    expect(stdout).not.toContain("–");
  });
});

describeWith("go", "how much is said", () => {
  const write = (home: Home, ...more: string[]) => run(["go", "goproxy-cn", "--no-probe", ...more], { home });

  it("--quiet: warnings and errors", async () => {
    const home = await makeHome();
    const { code, stdout } = await write(home, "--quiet");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^warning: [^\n]*goproxy-cn[^\n]*\n$/);
    expect(await run(["undo", "--quiet"], { home })).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect((await run(["go", "--quiet"], { home })).stderr).toMatch(/^error: /);
  });

  it("the report says what was written, where, that it is in force, and how to undo it", async () => {
    const home = await makeHome();
    const { stdout, stderr } = await write(home);
    expect(stdout).toMatch(/^written \S*\.config\/go\/env$/m);
    expect(stdout).toContain("GOPROXY: not set → https://goproxy.cn,direct");
    expect(stdout).toMatch(/^in force GOPROXY=https:\/\/goproxy\.cn,direct/m);
    expect(stdout).toContain("mirror-setup undo");
    expect(stderr).toBe("");
  });

  it("without a terminal and without a command: the status, and a hint", async () => {
    const { code, stdout } = await run([], { home: await makeHome("GOPROXY=https://goproxy.cn,direct\n") });
    expect(code).toBe(0);
    expect(stdout).toContain("GOPROXY=https://goproxy.cn,direct");
    expect(stdout).toContain("mirror-setup all --fastest");
  });

  it("status and list report in the documented shape", async () => {
    const home = await makeHome("GOPROXY=https://goproxy.cn,direct\n");
    const status = await ask(["status", "go"], { home });
    expect(faultsOf(statusDocument, status.report)).toEqual([]);
    expect(status.report.inForce[0]).toMatchObject({ mirror: "goproxy-cn", source: home.goenv, line: 1 });
    expect(faultsOf(listDocument, (await ask(["list"], { home })).report)).toEqual([]);
  });

  it("--json is one document for every command", async () => {
    const home = await makeHome();
    const lines = [
      "list",
      "status",
      "history",
      "undo",
      "catalog path",
      "go goproxy-cn --no-probe",
      "reset",
      "frobnicate",
      "",
    ];
    for (const line of lines) {
      const { stdout, stderr, code } = await run([...line.split(" ").filter(Boolean), "--json"], { home });
      expect([line, stderr]).toEqual([line, ""]);
      expect(JSON.parse(stdout)).toMatchObject({ version: 1, exitCode: code });
    }
  });
});

describeWhere(existsSync("/dev/full"), "no /dev/full", "a machine that has run out", () => {
  it.each([[[]], [["--json"]]])("of room for the output is told, not passed over: list %s", async (more) => {
    const line = `exec "$0" "$@" >/dev/full`;
    const { code, stderr } = await run(["list", ...more], { home: await makeHome(), through: ["sh", "-c", line] });
    expect(code).toBe(1);
    expect(stderr).toContain("ENOSPC");
  });

  it("of temporary folders is told what to set", async () => {
    const home = await makeHome();
    const { code, stderr } = await run(["go", "goproxy-cn", "--no-probe"], { home, env: { TMPDIR: "/nonexistent" } });
    expect(code).toBe(1);
    expect(stderr).toContain("TMPDIR");
    expect(stderr).not.toContain("    at ");
  });
});
