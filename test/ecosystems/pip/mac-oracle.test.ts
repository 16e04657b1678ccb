import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { decidingFolder, pipFiles } from "../../../src/ecosystems/pip/files.ts";
import type { HostFacts } from "../../../src/platform/types.ts";

const home = mkdtempSync(join(tmpdir(), "mirror-pip-mac-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** pip's own answer, and its version, as if on a Mac. */
function pipSays(env: Record<string, string>): [version: string, folder: string] {
  const code = [
    "import sys, json",
    "sys.platform = 'darwin'",
    "import pip",
    "from pip._internal.utils.appdirs import user_config_dir",
    "print(json.dumps([pip.__version__, user_config_dir('pip')]))",
  ].join("\n");
  const options = {
    env: { PATH: process.env.PATH ?? "", PYTHONPATH: process.env.PYTHONPATH ?? "", HOME: home, ...env },
    encoding: "utf8",
  } as const;
  return JSON.parse(execFileSync("python3", ["-B", "-c", code], options));
}

/** Ours. */
function weSay(env: Record<string, string>, version: string, hasFolder: boolean): string | undefined {
  const facts: HostFacts = { os: "darwin", env, home, uid: 501, cwd: home };
  return pipFiles(facts, hasFolder, version).find(({ level }) => level === "user")?.path;
}

describe("pip's folder on a Mac is the one that pip itself takes there", () => {
  const env = { XDG_DATA_HOME: join(home, "data") };

  it("where the folder is not there, and where it is, empty", () => {
    for (const variables of [{}, env]) {
      const [version, before] = pipSays(variables);
      expect(weSay(variables, version, false)).toBe(join(before, "pip.conf"));
      const folder = decidingFolder({ os: "darwin", env: variables, home, uid: 501, cwd: home }, version) ?? "";
      mkdirSync(folder, { recursive: true });
      const [, after] = pipSays(variables);
      expect([after, weSay(variables, version, true)]).toEqual([folder, join(folder, "pip.conf")]);
      rmSync(dirname(folder), { recursive: true });
    }
  });
});
