import { describe, expect, it } from "vitest";
import { bunTool } from "../../../src/ecosystems/npm/bun.ts";
import { npmTool } from "../../../src/ecosystems/npm/npm.ts";
import { pnpmTool } from "../../../src/ecosystems/npm/pnpm.ts";
import { yarnTool } from "../../../src/ecosystems/npm/yarn.ts";
import type { Choice, Planned, Tool } from "../../../src/ecosystems/types.ts";
import { choose, edits, far, knowledge, near, said } from "./current-values.ts";
import { type HomeSetup, homeMaker, look } from "./home.ts";

const make = homeMaker();

/** What a tool of this version plans; it says its version, and nothing else. */
async function plan(tool: Tool, version: string, setup: HomeSetup, choice: Choice = choose(near)) {
  const programs = { [tool.id]: ({ argv }: { argv: readonly string[] }) => (argv[1] === "--version" ? version : null) };
  const home = await make(tool === npmTool ? setup : { ...setup, programs });
  const planned = tool.plan(await look(tool, home, "user", tool === npmTool), choice, knowledge);
  expect(JSON.stringify(planned)).not.toContain("s3cret");
  return { planned, home: home.path };
}

const refusal = (planned: Planned) => (planned.ok ? null : planned.message.args);

describe("a credential that names no registry keeps another registry out", () => {
  const npmrc = (key: string) => `registry=https://corp.example/npm\n//corp.example/npm/:_authToken=t\n${key}=s3cret\n`;
  const table = '[install.registry]\nurl = "https://corp.example/npm/"\ntoken = "s3cret"\n';
  const inline = '[install]\nregistry = { url = "https://corp.example/npm/", username = "u", password = "s3cret" }\n';
  const berry = 'npmRegistryServer: "https://corp.example/npm"\n';
  const scope = "npmScopes:\n  corp:\n    npmAuthToken: s3cret\n";

  it.each<[string, Tool, string, HomeSetup, string, string, string]>([
    ...["_auth", "_authToken", "_password", "username"].map(
      (key): [string, Tool, string, HomeSetup, string, string, string] => [
        `npm: ${key}`,
        npmTool,
        "",
        { files: { ".npmrc": npmrc(key) } },
        "HOME/.npmrc:3",
        key,
        `//corp.example/:${key}`,
      ],
    ),
    [
      "npm: a variable",
      npmTool,
      "",
      { env: { npm_config__authToken: "s3cret" } },
      "npm_config__authToken",
      "_authToken",
      "//HOST/:_authToken",
    ],
    [
      "pnpm 9: its old file",
      pnpmTool,
      "9.15.9",
      { files: { ".config/pnpm/rc": "_authToken=s3cret\n" } },
      "HOME/.config/pnpm/rc:1",
      "_authToken",
      "//HOST/:_authToken",
    ],
    [
      "bun: a table",
      bunTool,
      "1.4.5",
      { files: { ".bunfig.toml": table } },
      "HOME/.bunfig.toml:3",
      "install.registry.token",
      "//corp.example/npm/:_authToken",
    ],
    [
      "bun: an inline table",
      bunTool,
      "1.4.5",
      { files: { ".bunfig.toml": inline } },
      "HOME/.bunfig.toml:2",
      "install.registry.username",
      "//corp.example/npm/:_authToken",
    ],
    [
      "bun: its variable",
      bunTool,
      "1.4.5",
      { env: { BUN_CONFIG_TOKEN: "s3cret" } },
      "BUN_CONFIG_TOKEN",
      "BUN_CONFIG_TOKEN",
      "//HOST/:_authToken",
    ],
    [
      "yarn 4: a token",
      yarnTool,
      "4.18.1",
      { files: { ".yarnrc.yml": `${berry}npmAuthToken: s3cret\n` } },
      "HOME/.yarnrc.yml:2",
      "npmAuthToken",
      'npmRegistries."//corp.example/".npmAuthToken',
    ],
    [
      "yarn 4: a token without a registry",
      yarnTool,
      "4.18.1",
      { files: { ".yarnrc.yml": "npmAuthIdent: s3cret\n" } },
      "HOME/.yarnrc.yml:1",
      "npmAuthIdent",
      'npmRegistries."//HOST/".npmAuthIdent',
    ],
    [
      "yarn 4: a scope without a registry",
      yarnTool,
      "4.18.1",
      { files: { ".yarnrc.yml": scope } },
      "HOME/.yarnrc.yml:3",
      "npmScopes.corp.npmAuthToken",
      'npmRegistries."//HOST/".npmAuthToken',
    ],
    [
      "yarn 4: its variable",
      yarnTool,
      "4.18.1",
      { env: { YARN_NPM_AUTH_TOKEN: "s3cret" } },
      "YARN_NPM_AUTH_TOKEN",
      "YARN_NPM_AUTH_TOKEN",
      'npmRegistries."//HOST/".npmAuthToken',
    ],
  ])("%s", async (_, tool, version, setup, where, key, bound) => {
    const { planned, home } = await plan(tool, version, setup);
    expect(said(planned)).toEqual(["npm-unbound-credentials"]);
    expect(refusal(planned)).toEqual({ where: where.replace("HOME", home), key, bound });
  });

  it("but one that is bound to a registry does not", async () => {
    const own = "//corp.example/:_authToken=s3cret\n//corp.example/:_password=s3cret\nemail=a@b.example\n";
    expect((await plan(npmTool, "", { files: { ".npmrc": own } })).planned.ok).toBe(true);
    const scoped = `npmScopes:\n  corp:\n    npmRegistryServer: https://corp.example\n    npmAuthToken: s3cret\n`;
    const bound = `npmRegistries:\n  "//corp.example/":\n    npmAuthToken: s3cret\n`;
    expect((await plan(yarnTool, "4.18.1", { files: { ".yarnrc.yml": scoped + bound } })).planned.ok).toBe(true);
  });

  it("and none does where the registry stays what it is", async () => {
    const files = { ".npmrc": `registry=${near}\n_auth=s3cret\n` };
    expect(edits((await plan(npmTool, "", { files })).planned)).toEqual({});
  });
});

describe("with a mirror in force and a credential of the person's own", () => {
  const files = { ".npmrc": `registry=${far}\n_auth=s3cret\n` };

  it("nobody is told to give it to the mirror", async () => {
    const { planned } = await plan(npmTool, "", { files });
    expect(refusal(planned)).toMatchObject({ bound: "//HOST/:_auth" });
  });

  it("a reset goes back, and names the credential", async () => {
    const { planned, home } = await plan(npmTool, "", { files }, { kind: "reset" });
    expect(edits(planned)).toEqual({ registry: null });
    const args = { where: `${home}/.npmrc:2`, key: "_auth", bound: "//HOST/:_auth" };
    expect(planned).toMatchObject({ messages: [{ code: "npm-unbound-stays", level: "warn", args }] });
  });
});
