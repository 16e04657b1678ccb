import { describe, expect, it } from "vitest";
import { npmTool } from "../../../src/ecosystems/npm/npm.ts";
import { describeWith } from "../../lab/tools.ts";
import { choose, knowledge, near } from "./current-values.ts";
import { homeMaker, look } from "./home.ts";

const make = homeMaker();

describe("nothing is written to npm's settings", () => {
  it("of a project where there is none", async () => {
    const home = await make({ cwd: "empty" });
    const current = await look(npmTool, home, "project", true);
    expect(current.obstacle).toMatchObject({ code: "npm-no-project", args: { folder: `${home.path}/empty` } });
  });

  it("of a project that is the home itself, where npm knows only the user's file", async () => {
    const current = await look(npmTool, await make({ files: { "package.json": "{}" } }), "project", true);
    expect(current.obstacle).toMatchObject({ code: "npm-no-project" });
  });

  it("over a folder, or a list of registries", async () => {
    const folder = await make({ files: { ".npmrc/x": "" } });
    expect((await look(npmTool, folder, "user", true)).obstacle).toMatchObject({ code: "file-blocked" });
    const list = await make({ files: { ".npmrc": "\nregistry[]=https://a.example\n" } });
    expect((await look(npmTool, list, "user", true)).obstacle).toMatchObject({
      code: "file-problem-at",
      args: { line: 2 },
    });
  });

  it("where npm keeps them on another system", async () => {
    const says = JSON.stringify({ registry: "https://a.example/", userconfig: "C:\\Users\\u\\.npmrc" });
    const home = await make({ programs: { npm: ({ argv }) => (argv[1] === "config" ? says : "11.0.0\n") } });
    const { obstacle } = await look(npmTool, home);
    expect(obstacle).toMatchObject({ code: "npm-elsewhere", args: { file: "C:\\Users\\u\\.npmrc" } });
  });

  it("where npm does not start", async () => {
    const home = await make({ programs: { npm: ({ argv }) => (argv[1] === "--version" ? "11.0.0\n" : null) } });
    const broken = { code: "tool-broken", args: { tool: "npm", complaint: "cannot start" } };
    expect((await look(npmTool, home)).obstacle).toMatchObject(broken);
  });
});

describeWith("npm", "npm itself", () => {
  it("refuses to work with credentials that name no registry, and we stop before it does", async () => {
    const home = await make({ files: { ".npmrc": "_authToken=s3cret\n", "p/package.json": "{}" }, cwd: "p" });
    const [current, npm] = [await look(npmTool, home), await home.read.which("npm")];
    const { stderr } = await home.read.run({
      argv: [npm ?? "", "prefix"],
      env: { npm_config_userconfig: current.file, npm_config_cache: "{stage}/cache" },
    });
    expect(stderr).toContain("_authToken");
    expect(npmTool.plan(current, choose(near), knowledge)).toMatchObject({
      ok: false,
      message: { code: "npm-unbound-credentials", args: { bound: expect.toSatisfy((to) => stderr.includes(to)) } },
    });
  });
});
