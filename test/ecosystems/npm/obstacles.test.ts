import { describe, expect, it } from "vitest";
import { npmTool } from "../../../src/ecosystems/npm/npm.ts";
import { describeWith } from "../../lab/tools.ts";
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

  it.each(["_auth", "_authToken", "_password", "username"])("with a %s that names no registry", async (key) => {
    const text = `registry=https://corp.example/npm\n//corp.example/npm/:_authToken=t\n${key}=s3cret\n`;
    const home = await make({ files: { ".npmrc": text } });
    const { obstacle } = await look(npmTool, home, "user", true);
    const args = { where: `${home.path}/.npmrc:3`, key, bound: `//corp.example/:${key}` };
    expect(obstacle).toEqual({ code: "npm-unbound-credentials", level: "error", args });
  });

  it("with such credentials in a variable", async () => {
    const home = await make({ env: { npm_config__authToken: "s3cret" } });
    const { obstacle } = await look(npmTool, home, "user", true);
    expect(obstacle).toMatchObject({ code: "npm-unbound-credentials", args: { where: "npm_config__authToken" } });
    expect(JSON.stringify(obstacle)).not.toContain("s3cret");
  });

  it("but credentials of a registry are no obstacle", async () => {
    const text = "//corp.example/:_authToken=t\n//corp.example/:_password=p\nemail=a@b.example\n";
    expect((await look(npmTool, await make({ files: { ".npmrc": text } }), "user", true)).obstacle).toBeNull();
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
    const { obstacle } = current;
    expect(stderr).toContain(String(obstacle?.code === "npm-unbound-credentials" ? obstacle.args.bound : null));
  });
});
