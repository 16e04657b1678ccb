import { describe, expect, it } from "vitest";
import { bunTool } from "../../../src/ecosystems/npm/bun.ts";
import { pnpmTool } from "../../../src/ecosystems/npm/pnpm.ts";
import { yarnTool } from "../../../src/ecosystems/npm/yarn.ts";
import type { Current, Tool } from "../../../src/ecosystems/types.ts";
import { choose, edits, far, knowledge, near } from "./current-values.ts";
import { type HomeSetup, homeMaker, look, settingOf } from "./home.ts";

const make = homeMaker();
const npmrc = { ".npmrc": "registry=https://a.example/\n" };
const project = { "p/package.json": "{}", "p/.npmrc": "registry=https://p.example/\n" };
const auth = { ".config/pnpm/auth.ini": "registry=https://auth.example/\n" };
const rc = { ".config/pnpm/rc": "registry=https://rc.example/\n" };
const config = { ".config/pnpm/config.yaml": "# mine\nregistries:\n  default: https://config.example/\n" };
const bunfig = { ".bunfig.toml": '[install]\nregistry = "https://fig.example/"\n' };
const yarnrc = { ".yarnrc.yml": 'npmRegistryServer: "https://berry.example"\n' };

/** A tool that says its version, and nothing else. */
async function lookAt(tool: Tool, version: string, setup: HomeSetup): Promise<{ current: Current; home: string }> {
  const programs = {
    [tool.id]: ({ argv }: { argv: readonly string[] }) => (argv[1] === "--version" ? `${version}\n` : null),
  };
  const home = await make({ ...setup, programs });
  return { current: await look(tool, home), home: home.path };
}

describe("how often pnpm is started", () => {
  it.each<[string, HomeSetup, number]>([
    ["once where nobody has set anything", {}, 1],
    ["for a file", { files: npmrc }, 2],
    ["for a variable", { env: { npm_config_registry: "https://env.example/" } }, 2],
  ])("%s", async (_, setup, starts) => {
    const pnpm = ({ argv }: { argv: readonly string[] }) =>
      argv[1] === "--version" ? "12.21.0\n" : "https://standard.example/\n";
    const home = await make({ ...setup, programs: { pnpm } });
    expect((await look(pnpmTool, home)).upstreamHosts).toEqual(["standard.example"]);
    expect(home.asked.filter(({ argv }) => argv[1] === "config")).toHaveLength(starts);
  });
});

const lower = { npm_config_registry: "https://env.example/" };
const ofPnpm = { PNPM_CONFIG_REGISTRY: "https://penv.example/" };

describe("the registry that is in force, and the file that a change goes to", () => {
  it.each<[string, Tool, string, HomeSetup, string | null, string]>([
    ["pnpm 9 with npm's file", pnpmTool, "9.15.9", { files: { ...npmrc, ...rc, ...auth, ...config } }, "a", ".npmrc"],
    ["pnpm 10 with its own old file alone", pnpmTool, "10.34.9", { files: { ...rc, ...auth } }, "rc", ".npmrc"],
    [
      "pnpm 10 with npm's variable",
      pnpmTool,
      "10.34.9",
      { files: npmrc, env: { ...lower, ...ofPnpm } },
      "env",
      ".npmrc",
    ],
    ["pnpm 11 with npm's file", pnpmTool, "11.28.11", { files: { ...npmrc, ...rc } }, "a", ".npmrc"],
    ["pnpm 11 with auth.ini", pnpmTool, "11.28.11", { files: { ...npmrc, ...auth } }, "auth", ".config/pnpm/auth.ini"],
    [
      "pnpm 11 with its variable",
      pnpmTool,
      "11.28.11",
      { files: npmrc, env: { ...lower, ...ofPnpm } },
      "penv",
      ".npmrc",
    ],
    [
      "pnpm 11 in a project",
      pnpmTool,
      "11.28.11",
      { files: { ...npmrc, ...project, ...auth }, cwd: "p" },
      "p",
      ".config/pnpm/auth.ini",
    ],
    ["pnpm 12 with nothing", pnpmTool, "12.21.0", {}, null, ".npmrc"],
    [
      "pnpm 12 with config.yaml",
      pnpmTool,
      "12.21.0",
      { files: { ...npmrc, ...auth, ...config } },
      "config",
      ".config/pnpm/config.yaml",
    ],
    ["yarn 1 with npm's file", yarnTool, "1.22.22", { files: { ...npmrc, ...yarnrc } }, "a", ".npmrc"],
    [
      "yarn 1 with its own file alone",
      yarnTool,
      "1.22.22",
      { files: { ".yarnrc": '# x\nregistry "https://old.example/"\n' } },
      "old",
      ".npmrc",
    ],
    [
      "yarn 1 with both variables",
      yarnTool,
      "1.22.22",
      { env: { ...lower, YARN_REGISTRY: "https://y.example/" } },
      "env",
      ".npmrc",
    ],
    [
      "yarn 1 with its variable",
      yarnTool,
      "1.22.22",
      { files: npmrc, env: { yarn_registry: "https://y.example/" } },
      "y",
      ".npmrc",
    ],
    ["yarn 4", yarnTool, "4.18.1", { files: { ...npmrc, ...yarnrc }, env: lower }, "berry", ".yarnrc.yml"],
    ["bun with npm's file", bunTool, "1.4.5", { files: npmrc }, "a", ".npmrc"],
    ["bun with its own", bunTool, "1.4.5", { files: { ...npmrc, ...bunfig } }, "fig", ".bunfig.toml"],
    [
      "bun in a project, where its own still wins",
      bunTool,
      "1.4.5",
      { files: { ...project, ...bunfig }, cwd: "p" },
      "fig",
      ".bunfig.toml",
    ],
    [
      "bun with variables",
      bunTool,
      "1.4.5",
      { files: bunfig, env: { ...lower, BUN_CONFIG_REGISTRY: "https://b.example/" } },
      "b",
      ".bunfig.toml",
    ],
    [
      "bun with a spelling that it does not read",
      bunTool,
      "1.4.5",
      { files: npmrc, env: { Npm_Config_Registry: "https://x.example/" } },
      "a",
      ".npmrc",
    ],
  ])("of %s", async (_, tool, version, setup, host, file) => {
    const { current, home } = await lookAt(tool, version, setup);
    expect(settingOf(current, current.settings[0]?.key)?.value?.split("//")[1]?.split(".")[0] ?? null).toBe(host);
    expect(current.file).toBe(`${home}/${file}`);
    expect(current.obstacle).toBeNull();
  });
});

describe("what keeps a registry from being in force", () => {
  it.each<[string, Tool, string, HomeSetup, string]>([
    ["pnpm 11: its variable", pnpmTool, "11.0.0", { files: npmrc, env: ofPnpm }, "env:PNPM_CONFIG_REGISTRY"],
    ["pnpm 9: npm's variable", pnpmTool, "9.0.0", { files: npmrc, env: lower }, "env:npm_config_registry"],
    [
      "yarn 4: the project",
      yarnTool,
      "4.0.0",
      { files: { ...yarnrc, "p/.yarnrc.yml": "npmRegistryServer: https://p.example\n" }, cwd: "p/q" },
      "HOME/p/.yarnrc.yml",
    ],
    ["bun: the project", bunTool, "1.4.5", { files: { ...npmrc, ...project }, cwd: "p" }, "HOME/p/.npmrc"],
  ])("%s", async (_, tool, version, setup, winner) => {
    const { current, home } = await lookAt(tool, version, setup);
    expect(current.settings[0]?.shadowedBy).toBe(winner.replace("HOME", home));
  });
});

describe("the change that is planned", () => {
  const planned = async (tool: Tool, version: string, setup: HomeSetup) => {
    const { current } = await lookAt(tool, version, setup);
    return edits(tool.plan(current, choose(near, [], { "@corp": "https://corp.example/" }), knowledge));
  };
  it("is in the words of the file", async () => {
    const corp = "https://corp.example/";
    expect(await planned(pnpmTool, "9.0.0", { files: npmrc })).toEqual({ registry: near, "@corp:registry": corp });
    const inConfig = { "registries.default": near, "registries.@corp": corp };
    expect(await planned(pnpmTool, "12.0.0", { files: config })).toEqual(inConfig);
    const inBunfig = { "install.registry": near, "install.scopes.corp": corp };
    expect(await planned(bunTool, "1.4.5", { files: bunfig })).toEqual(inBunfig);
    const inYarnrc = { npmRegistryServer: near, "npmScopes.corp.npmRegistryServer": corp };
    expect(await planned(yarnTool, "4.0.0", {})).toEqual(inYarnrc);
  });

  it("is none of npm's global file, and that is said", async () => {
    const home = await make({ files: npmrc });
    for (const tool of [pnpmTool, yarnTool, bunTool]) {
      const plan = tool.plan(await look(tool, home, "system", true), choose(near), knowledge);
      expect(plan).toMatchObject({ ok: true, changes: [], messages: [{ code: "npm-scope-unread" }] });
    }
  });
});

describe("a file that a tool cannot read", () => {
  it.each<[string, Tool, string, Record<string, string>, string, string]>([
    ["bun's own", bunTool, "1.4.5", { ".bunfig.toml": "[install\n" }, ".bunfig.toml", "file-problem-at"],
    ["bun's in the project", bunTool, "1.4.5", { "p/bunfig.toml": "x = \n" }, "p/bunfig.toml", "file-problem-at"],
    ["npm's in the project", yarnTool, "1.22.22", { "p/.npmrc/x": "" }, "p/.npmrc", "file-blocked"],
    ["yarn's in the project", yarnTool, "4.18.1", { "p/.yarnrc.yml/x": "" }, "p/.yarnrc.yml", "file-blocked"],
    ["pnpm's own", pnpmTool, "12.21.0", { ".config/pnpm/auth.ini/x": "" }, ".config/pnpm/auth.ini", "file-blocked"],
  ])("is an obstacle, wherever a change goes: %s", async (_, tool, version, files, file, code) => {
    const { current, home } = await lookAt(tool, version, {
      files: { ...npmrc, "p/package.json": "{}", ...files },
      cwd: "p",
    });
    expect(current.obstacle).toMatchObject({ code, args: { file: `${home}/${file}` } });
  });

  it("is none where only we could not change it", async () => {
    const files = { ...npmrc, "p/package.json": "{}", "p/.npmrc": "registry[]=https://p.example/\n" };
    expect((await lookAt(bunTool, "1.4.5", { files, cwd: "p" })).current.obstacle).toBeNull();
  });
});

describe("a reset", () => {
  /** What is taken out, as `file key`, below the home. */
  const takenOut = async (tool: Tool, version: string, setup: HomeSetup) => {
    const { current, home } = await lookAt(tool, version, setup);
    const planned = tool.plan(current, { kind: "reset" }, knowledge);
    if (!planned.ok) throw new Error(planned.message.code);
    return planned.changes.flatMap(({ file, edits: all, format }) =>
      all.map(({ key, value }) => `${file.slice(home.length + 1)} ${format} ${key} ${value}`),
    );
  };
  const npmrcOf = (url: string) => ({ ".npmrc": `registry=${url}\n` });

  it.each<[string, Tool, string, Record<string, string>, string[]]>([
    [
      "pnpm 12: from all of its files",
      pnpmTool,
      "12.21.0",
      {
        ".config/pnpm/config.yaml": `registry: ${near}\nregistries:\n  default: ${far}\n`,
        ".config/pnpm/auth.ini": `registry=${far}\n`,
        ...npmrcOf(near),
      },
      [
        ".config/pnpm/config.yaml yaml registry null",
        ".config/pnpm/config.yaml yaml registries.default null",
        ".config/pnpm/auth.ini npmrc registry null",
        ".npmrc npmrc registry null",
      ],
    ],
    [
      "pnpm 9: from its old file",
      pnpmTool,
      "9.15.9",
      { ".config/pnpm/rc": `registry=${near}\n` },
      [".config/pnpm/rc npmrc registry null"],
    ],
    [
      "bun: from npm's file below its own, but not what is the person's",
      bunTool,
      "1.4.5",
      { ".bunfig.toml": `[install]\nregistry = "${near}"\n`, ...npmrcOf("https://corp.example/") },
      [".bunfig.toml toml install.registry null"],
    ],
    [
      "bun: from both",
      bunTool,
      "1.4.5",
      { ".bunfig.toml": `[install.registry]\nurl = "${near}"\n`, ...npmrcOf(far) },
      [".bunfig.toml toml install.registry.url null", ".npmrc npmrc registry null"],
    ],
    ["yarn 1: not from a file that is only read", yarnTool, "1.22.22", { ".yarnrc": `registry "${near}"\n` }, []],
    [
      "bun: nothing below what is the person's own",
      bunTool,
      "1.4.5",
      { ".bunfig.toml": '[install]\nregistry = "https://corp.example/"\n', ...npmrcOf(near) },
      [],
    ],
  ])("takes mirrors out: %s", async (_, tool, version, files, expected) => {
    expect(await takenOut(tool, version, { files })).toEqual(expected);
  });
});

describe("finding a member of the family", () => {
  const found = async (programs: NonNullable<HomeSetup["programs"]>, tool: Tool, setup: HomeSetup = {}) =>
    tool.detect((await make({ ...setup, programs })).read);

  it("takes no other program of its name for it, and never lets corepack fetch one", async () => {
    const asked: (string | null | undefined)[] = [];
    const yarn = (said: string) => ({
      yarn: ({ env }: { env?: Readonly<Record<string, string | null>> }) => {
        asked.push(env?.COREPACK_ENABLE_NETWORK);
        return said;
      },
    });
    expect(await found(yarn("1.22.22\n"), yarnTool)).toMatchObject({ version: "1.22.22" });
    expect(await found(yarn("0.32+git\n"), yarnTool)).toBeNull();
    expect(await found({}, yarnTool)).toBeNull();
    expect(asked).toEqual(["0", "0"]);
  });

  it("takes the yarn that the project names, without running it", async () => {
    const yarn = () => "1.22.22\n";
    const manifest = JSON.stringify({ packageManager: "yarn@4.18.1+sha512.abc" });
    const named = { files: { "p/package.json": manifest }, cwd: "p/q" };
    expect(await found({ yarn }, yarnTool, named)).toMatchObject({ version: "4.18.1" });
    const copied = { files: { "p/.yarnrc.yml": "yarnPath: .yarn/releases/yarn-3.6.4.cjs\n" }, cwd: "p" };
    expect(await found({ yarn }, yarnTool, copied)).toMatchObject({ version: "3.6.4" });
    expect(await found({}, yarnTool, named)).toBeNull();
  });
});
