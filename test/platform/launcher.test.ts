import { describe, expect, it } from "vitest";
import { withoutLauncher } from "../../src/platform/launcher.ts";
import type { HostFacts } from "../../src/platform/types.ts";

const agent = { npm_config_user_agent: "npm/11.19.1 node/v20.20.2 linux x64 workspaces/false" };

function pathOf(os: HostFacts["os"], path: string, env: HostFacts["env"] = agent, name = "PATH") {
  const facts: HostFacts = { os, env: { [name]: path, ...env }, home: null, uid: null, cwd: "/" };
  return withoutLauncher(facts).env[name];
}

describe("the PATH below npm", () => {
  it.each([
    ["npx", "/h/.npm/_npx/56/node_modules/.bin:/h/p/node_modules/.bin:/node_modules/.bin:/n/lib/node-gyp-bin:"],
    ["pnpm dlx", "/h/.cache/pnpm/dlx/e3/1a/node_modules/.bin:"],
    ["yarn", "/tmp/yarn--1795278244336-0.384:/h/p/node_modules/.bin:/usr/lib/node_modules/npm/bin/node-gyp-bin:"],
    ["none of them", ""],
  ])("is the person's own: %s", (_, front) => {
    expect(pathOf("linux", `${front}/usr/local/bin:/usr/bin`)).toBe("/usr/local/bin:/usr/bin");
  });

  it("is so on Windows, whatever it is called", () => {
    const front = "C:\\Users\\张 三\\node_modules\\.bin;C:\\node_modules\\.bin;C:\\npm\\node-gyp-bin;";
    expect(pathOf("win32", `${front}C:\\Go\\bin;D:\\x`, { NPM_EXECPATH: "npm-cli.js" }, "Path")).toBe(
      "C:\\Go\\bin;D:\\x",
    );
  });

  it("keeps what the person has put there, behind their own folders or without npm", () => {
    expect(pathOf("linux", "/usr/bin:/h/p/node_modules/.bin")).toBe("/usr/bin:/h/p/node_modules/.bin");
    expect(pathOf("linux", "/h/p/node_modules/.bin:/usr/bin", {})).toBe("/h/p/node_modules/.bin:/usr/bin");
    expect(pathOf("linux", "/h/p/node_modules/.bin")).toBe("");
  });
});
