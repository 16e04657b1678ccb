import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith, runTool } from "../lab/tools.ts";
import {
  ask,
  codesOf,
  exampleCatalog,
  exampleUrl,
  makeHome,
  put,
  run,
  snapshot,
  trustingAll,
  useLab,
  withOnly,
} from "./driver.ts";

const [near, far] = [exampleUrl("near", "pip"), exampleUrl("far", "pip")];

/** A home with pip and this pip.conf, and how to write its near mirror without asking anybody. */
async function ready(text: string) {
  const home = await makeHome();
  await put(home.pipConf, text);
  const catalog = await exampleCatalog(home);
  return { home, env: await withOnly(home, "pip"), catalog, set: ["pip", "near", "--no-probe", "--catalog", catalog] };
}

/** What pip itself says that it would use. */
async function pipSays({ home, env }: Awaited<ReturnType<typeof ready>>): Promise<string> {
  return (
    await runTool("/bin/sh", ["-c", "pip config get global.index-url"], home.path, { ...env, HOME: home.path })
  ).stdout.trim();
}

describeWith("pip", "pip.conf, as pip reads it", () => {
  it.each([
    ["index_url", `[global]\nindex_url = ${far}\n`, `[global]\nindex_url = ${near}\n`],
    ["Index-URL", `[global]\nIndex-URL: ${far}\n`, `[global]\nIndex-URL: ${near}\n`],
    [
      "both, where the last wins",
      `[global]\nindex-url = ${far}/a\nindex_url = ${far}\n`,
      `[global]\nindex-url = ${far}/a\nindex_url = ${near}\n`,
    ],
  ])("one key under other spellings: %s", async (_, before, after) => {
    const here = await ready(before);
    const { code, report } = await ask(here.set, here);
    expect([code, report.inForce[0]?.value]).toEqual([0, near]);
    expect(await readFile(here.home.pipConf, "utf8")).toBe(after);
    expect(await pipSays(here)).toBe(near);
  });

  it("extra-index-url stays, is explained, and trusted-host is never written", async () => {
    const own = "[global]\nextra-index-url =\n    https://pypi.corp.example/simple\ntrusted-host = pypi.corp.example\n";
    const here = await ready(own);
    const { code, stdout, stderr } = await run(here.set, here);
    expect([code, stdout + stderr]).toEqual([0, expect.stringContaining("https://pypi.corp.example/simple")]);
    expect(stdout + stderr).toContain("extra-index-url");
    expect(await readFile(here.home.pipConf, "utf8")).toBe(`${own}index-url = ${near}\n`);
  });

  it("an empty index-url is nobody's own: neither replaced with regret nor kept", async () => {
    const empty = "[global]\nindex-url =\ntimeout = 60\n";
    const here = await ready(empty);
    const kept = await ask(["reset", "pip"], here);
    expect([kept.code, codesOf(kept.report)]).toEqual([0, ["nothing-to-do"]]);
    const { code, report } = await ask(here.set, here);
    expect([code, codesOf(report)]).toEqual([0, ["unproved"]]);
    expect(await readFile(here.home.pipConf, "utf8")).toBe(empty.replace("=", `= ${near}`));
  });

  it("is read by nobody where PIP_CONFIG_FILE switches all files off: 7, and that is what is said", async () => {
    const here = await ready("[global]\n");
    const way = { ...here, env: { ...here.env, PIP_CONFIG_FILE: "/dev/null" } };
    const { code, stderr, stdout } = await run(here.set, way);
    expect([code, stdout + stderr]).toEqual([7, expect.stringMatching(/PIP_CONFIG_FILE wins, which sets nothing\n/)]);
  });

  it("is the older file where that is alone", async () => {
    const home = await makeHome();
    const legacy = join(home.path, ".pip", "pip.conf");
    await put(legacy, `[global]\nindex-url = ${far}\n`);
    const here = { home, env: await withOnly(home, "pip") };
    const { code } = await ask(["pip", "near", "--no-probe", "--catalog", await exampleCatalog(home)], here);
    expect([code, await readFile(legacy, "utf8")]).toEqual([0, `[global]\nindex-url = ${near}\n`]);
    await expect(readFile(home.pipConf)).rejects.toThrow();
  });
});

describeWith("pip", "a file that no pip command survives", () => {
  const lab = useLab([{ id: "good", ecosystem: "pip" }]);

  it.each([
    ["a byte order mark", "\uFEFF[global]\ntimeout = 60\n", 1],
    ["a section twice", "[global]\ntimeout = 60\n[install]\n[global]\n", 4],
    ["a key twice", "[global]\ntimeout = 60\n\nTimeout = 61\n", 4],
    ["a key before any section", "# mine\ntimeout = 60\n[global]\n", 2],
  ])("%s: refused before anybody is asked, with file and line, and left as it is", async (_, text, line) => {
    const { home, env } = await ready(text);
    const way = { home, env: { ...env, ...trustingAll(lab()) } };
    const before = await snapshot(home.path);
    const { code, report } = await ask(["pip", "--fastest", "--catalog", lab().catalogFile], way);
    expect(code).toBe(5);
    const problem = report.messages.find(({ code: said }) => said === "file-problem-at");
    expect(problem).toMatchObject({ args: { file: home.pipConf, line }, text: expect.stringContaining(home.pipConf) });
    expect(lab().host("good").log).toEqual([]);
    expect(await snapshot(home.path)).toEqual(before);
  });

  it("is refused in an older file beside it, too; reset and status say the same", async () => {
    const { home, env } = await ready("[global]\ntimeout = 60\n");
    const legacy = join(home.path, ".pip", "pip.conf");
    await put(legacy, "timeout = 60\n");
    for (const [args, wanted] of [
      [["pip", "good", "--catalog", lab().catalogFile], 5],
      [["reset", "pip"], 5],
      [["status", "pip"], 0],
    ] as const) {
      const { code, report } = await ask(args, { home, env: { ...env, ...trustingAll(lab()) } });
      expect([args[0], code, codesOf(report)]).toEqual([args[0], wanted, expect.arrayContaining(["file-problem-at"])]);
    }
  });
});
