import { describe, expect, it } from "vitest";
import { npmTool } from "../../../src/ecosystems/npm/npm.ts";
import { describeWith } from "../../lab/tools.ts";
import { snapshot } from "../../laws/snapshot.ts";
import { homeMaker, look, settingOf } from "./home.ts";

const make = homeMaker();

describeWith("npm", "npm's settings, as npm says", () => {
  it("come from the user's file, comments, duplicates and all", async () => {
    const text =
      "# registry=https://no.example\nregistry=https://old.example\n\nregistry = https://a.example/npm/ ; why\n";
    const home = await make({ files: { ".npmrc": `${text}@corp:registry=https://corp.example/\n` } });
    const current = await look(npmTool, home);
    const wanted = { stored: "https://a.example/npm/", value: "https://a.example/npm/", source: current.file, line: 4 };
    expect(settingOf(current)).toMatchObject({ ...wanted, shadowedBy: null });
    expect(settingOf(current, "@corp:registry")).toMatchObject({ value: "https://corp.example/", line: 5 });
    expect(current).toMatchObject({ file: `${home.path}/.npmrc`, chain: ["https://a.example/npm/"], obstacle: null });
    expect(current.upstreamHosts).toHaveLength(1);
    expect(current.upstreamHosts).not.toContain("a.example");
  });

  it("are npm's own where nothing is set", async () => {
    const current = await look(npmTool, await make({}));
    expect(settingOf(current)).toMatchObject({ stored: null, source: "default", line: null, shadowedBy: null });
    expect(new URL(current.chain[0] ?? "").host).toBe(current.upstreamHosts[0]);
  });

  it.each(["npm_config_registry", "NPM_CONFIG_REGISTRY", "Npm_Config_Registry"])("give way to %s", async (name) => {
    const files = { ".npmrc": "registry=https://a.example/\n" };
    const shadowed = { value: "https://env.example/", source: `env:${name}`, shadowedBy: `env:${name}` };
    const home = await make({ files, env: { [name]: "https://env.example/" } });
    expect(settingOf(await look(npmTool, home))).toMatchObject(shadowed);
    const empty = await make({ files, env: { [name]: "" } });
    expect(settingOf(await look(npmTool, empty))).toMatchObject({ value: "https://a.example/", shadowedBy: null });
  });

  it("give way to the project's file", async () => {
    const files = {
      ".npmrc": "registry=https://a.example/\n",
      "p/package.json": "{}",
      "p/.npmrc": "registry=https://p.example/\n",
    };
    const home = await make({ files, cwd: "p/deep/er" });
    const project = `${home.path}/p/.npmrc`;
    const shadowed = {
      stored: "https://a.example/",
      value: "https://p.example/",
      source: project,
      shadowedBy: project,
    };
    expect(settingOf(await look(npmTool, home))).toMatchObject(shadowed);
    const own = { stored: "https://p.example/", value: "https://p.example/", shadowedBy: null };
    expect(settingOf(await look(npmTool, home, "project"))).toMatchObject(own);
  });

  it("of a workspace are those of the folder that lists it", async () => {
    const files = {
      "p/package.json": JSON.stringify({ workspaces: ["packages/*"] }),
      "p/packages/a/package.json": JSON.stringify({ name: "a", version: "1.0.0" }),
      "p/packages/a/.npmrc": "registry=https://ignored.example/\n",
      "p/other/package.json": JSON.stringify({ name: "other", version: "1.0.0" }),
    };
    const member = await make({ files, cwd: "p/packages/a" });
    expect((await look(npmTool, member, "project")).file).toBe(`${member.path}/p/.npmrc`);
    const other = await make({ files, cwd: "p/other" });
    expect((await look(npmTool, other, "project")).file).toBe(`${other.path}/p/other/.npmrc`);
  });

  it("follow NPM_CONFIG_USERCONFIG and the global file, in any case", async () => {
    const files = { "cfg/user": "registry=https://u.example/\n", "cfg/global": "registry=https://g.example/\n" };
    const env = { NPM_CONFIG_USERCONFIG: "HOME/cfg/user", npm_config_globalconfig: "HOME/cfg/global" };
    const home = await make({ files, env });
    expect(await look(npmTool, home)).toMatchObject({ file: `${home.path}/cfg/user`, chain: ["https://u.example/"] });
    const system = await look(npmTool, home, "system");
    expect(system.file).toBe(`${home.path}/cfg/global`);
    expect(settingOf(system)).toMatchObject({ stored: "https://g.example/", shadowedBy: `${home.path}/cfg/user` });
  });

  it("fill variables in, and keep what is written", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: npm's way to name a variable
    const home = await make({ files: { ".npmrc": "registry=https://${WHO}.example/\n" }, env: { WHO: "a" } });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: npm's way to name a variable
    const wanted = { stored: "https://${WHO}.example/", value: "https://a.example/", line: 1, shadowedBy: null };
    expect(settingOf(await look(npmTool, home))).toMatchObject(wanted);
  });

  it("leave no trace when they are asked for", async () => {
    const home = await make({ files: { ".npmrc": "registry=https://a.example/\n", "p/package.json": "{}" }, cwd: "p" });
    const before = await snapshot(home.path);
    await look(npmTool, home, "project");
    expect(await snapshot(home.path)).toEqual(before);
  });
});

describeWith("npm", "where npm will not work", () => {
  const files = { ".npmrc": "registry=https://a.example/\n" };

  it("as in the folder of a workspace's member, it is asked in the project's", async () => {
    const root = {
      "w/package.json": '{ "name": "root", "workspaces": ["member"] }',
      "w/.npmrc": "registry=https://w.example/\n",
    };
    const home = await make({
      files: { ...files, ...root, "w/member/package.json": '{ "name": "m" }' },
      cwd: "w/member",
    });
    const current = await look(npmTool, home);
    expect(current.obstacle).toBeNull();
    const wanted = { stored: "https://a.example/", value: "https://w.example/", shadowedBy: `${home.path}/w/.npmrc` };
    expect(settingOf(current)).toMatchObject(wanted);
  });

  it("as in a project that wants another npm, it is asked outside of it", async () => {
    const devEngines = { packageManager: { name: "other", onFail: "error" } };
    const home = await make({ files: { ...files, "p/package.json": JSON.stringify({ devEngines }) }, cwd: "p" });
    const current = await look(npmTool, home);
    expect(current.obstacle).toBeNull();
    expect(settingOf(current)).toMatchObject({ value: "https://a.example/", shadowedBy: null });
  });
});

describeWith("npm", "below npx", () => {
  const injected = { npm_execpath: "/usr/lib/npm-cli.js", npm_config_user_agent: "npm/11" };
  const files = { ".npmrc": "registry=https://a.example/\n" };

  it("what npm hands down is no setting of the person's", async () => {
    const env = { ...injected, npm_config_registry: "https://a.example/", npm_config_cache: "/nonexistent" };
    const current = await look(npmTool, await make({ files, env }));
    expect(settingOf(current)).toMatchObject({ value: "https://a.example/", source: current.file, shadowedBy: null });
    expect(current.messages).toEqual([]);
  });

  it("a variable in capitals is, and one that no file explains is pointed at", async () => {
    const own = await make({ files, env: { ...injected, NPM_CONFIG_REGISTRY: "https://env.example/" } });
    expect(settingOf(await look(npmTool, own))).toMatchObject({ shadowedBy: "env:NPM_CONFIG_REGISTRY" });
    const unclear = await make({ files, env: { ...injected, npm_config_registry: "https://x.example/" } });
    const current = await look(npmTool, unclear);
    expect(settingOf(current)).toMatchObject({ value: "https://a.example/", shadowedBy: null });
    expect(current.messages).toMatchObject([{ code: "npm-variable-perhaps", args: { value: "https://x.example/" } }]);
  });

  it("the user's file stays the one that npm was told of", async () => {
    const env = { ...injected, npm_config_userconfig: "HOME/moved" };
    const home = await make({ files: { moved: "registry=https://m.example/\n" }, env });
    expect(await look(npmTool, home)).toMatchObject({ file: `${home.path}/moved`, chain: ["https://m.example/"] });
  });
});

describe("asking npm", () => {
  it("takes few starts: one for its version, two for a look, and one for each look after that", async () => {
    const says = { registry: "https://a.example/" };
    const npm = ({ argv }: { argv: readonly string[] }) => {
      return argv[1] === "config" ? (argv[2] === "list" ? JSON.stringify(says) : says.registry) : "11.0.0\n";
    };
    const home = await make({ programs: { npm } });
    for (let looks = 0; looks < 3; looks += 1)
      await npmTool.current(home.read, "user", await npmTool.detect(home.read));
    const words = home.asked.map(({ argv }) => argv.slice(1, 3).join(" ")).sort();
    const lists = ["config list", "config list", "config list"];
    expect(words).toEqual(["--version", "config get", ...lists].sort());
  });
});

describe("npm's settings without npm", () => {
  it("are what the files say", async () => {
    const files = { ".npmrc": "registry=https://a.example/\n", "p/.npmrc": "", "p/package.json": "{}" };
    const current = await look(npmTool, await make({ files, cwd: "p" }), "user", true);
    expect(settingOf(current)).toMatchObject({ stored: "https://a.example/", value: "https://a.example/", line: 1 });
    expect(current.upstreamHosts).toEqual([]);
  });
});
