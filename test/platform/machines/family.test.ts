import { describe, expect, it } from "vitest";
import { mirrors, run } from "./driver.ts";
import type { Program } from "./machine.ts";
import { type Kind, linux, mac, windows } from "./machines.ts";

/** A member that tells its version and nothing else. */
function member(version: string): Program {
  return ({ args }) => (args.join(" ") === "--version" ? `${version}\n` : { code: 1 });
}

const bins = { Linux: "/usr/bin/", macOS: "/opt/homebrew/bin/", Windows: "C:\\Go\\bin\\" };
const homes = { Linux: "/home/u/", macOS: "/Users/u/", Windows: "C:\\Users\\张 三\\" };
const pnpmFolders = {
  Linux: ".config/pnpm/",
  macOS: "Library/Preferences/pnpm/",
  Windows: "AppData\\Local\\pnpm\\config\\",
};
const uvFiles = { Linux: ".config/uv/uv.toml", macOS: ".config/uv/uv.toml", Windows: "AppData\\Roaming\\uv\\uv.toml" };

type Name = keyof typeof bins;
const kinds = { Linux: linux, macOS: mac, Windows: windows };
const names = Object.keys(kinds) as Name[];

/** A tool's own file, in the manner of Windows editors: one key of the person's, and an older mirror. */
const rows = names.flatMap((name) => [
  {
    ...{ name, tool: "pnpm", says: "12.21.0", file: `${pnpmFolders[name]}config.yaml` },
    ...{ before: "# 我的\r\nregistry: OLD\r\nlockfile: true\r\n", url: mirrors.npm },
  },
  {
    ...{ name, tool: "yarn", says: "4.18.1", file: ".yarnrc.yml" },
    ...{ before: '# 我的\r\nnpmRegistryServer: "OLD"\r\nnodeLinker: pnp\r\n', url: mirrors.npm },
  },
  {
    ...{ name, tool: "bun", says: "1.4.4", file: ".bunfig.toml" },
    ...{ before: '# 我的\r\n[install]\r\nregistry = "OLD"\r\nexact = true\r\n', url: mirrors.npm },
  },
  {
    ...{ name, tool: "uv", says: "uv 0.12.5 (x)", file: uvFiles[name] },
    ...{ before: '# 我的\r\n[[index]]\r\nurl = "OLD"\r\ndefault = true\r\n', url: mirrors.pip },
  },
]);

describe("the tools beside npm and pip", () => {
  it.each(rows)("$tool on $name keeps its settings where it has them, line ends and all", async (row) => {
    const kind: Kind = kinds[row.name];
    const file = homes[row.name] + row.file;
    const program = `${bins[row.name]}${row.tool}${row.name === "Windows" ? ".exe" : ""}`;
    const text = row.before.replace("OLD", "https://older.example/");
    const machine = kind.make({ files: { [file]: text }, programs: { [program]: member(row.says) } });
    const ecosystem = row.tool === "uv" ? "pip" : "npm";
    const { code, json } = await run(machine, `${ecosystem} near --no-probe --only ${row.tool} --json`);
    expect([code, json?.changes.map((change) => change.file)]).toEqual([0, [file]]);
    const read = () => {
      const state = machine.disk.read(file);
      return state.kind === "file" ? Buffer.from(state.bytes).toString("utf8") : null;
    };
    expect(read()).toBe(row.before.replace("OLD", row.url));
    expect((await run(machine, "undo")).code).toBe(0);
    expect(read()).toBe(text);
  });

  it("has pnpm's folder where Windows says its local one is, or as elsewhere where it does not say", async () => {
    const at = async (env: Record<string, string>, file: string) => {
      const facts = { os: "win32", env: { PATH: "C:\\p", ...env }, home: "C:\\U", uid: null, cwd: "C:\\" } as const;
      const files = { [file]: "registry: https://older.example/\n" };
      const machine = windows.make({ facts, files, programs: { "C:\\p\\pnpm.cmd": member("12.21.0") } });
      const line = "npm near --no-probe --only pnpm --json --allow-missing";
      return (await run(machine, line)).json?.changes[0]?.file === file;
    };
    expect(await at({ LocalAppData: "D:\\L" }, "D:\\L\\pnpm\\config\\config.yaml")).toBe(true);
    expect(await at({}, "C:\\U\\.config\\pnpm\\config.yaml")).toBe(true);
    expect(await at({ LocalAppData: "D:\\L" }, "C:\\U\\.config\\pnpm\\config.yaml")).toBe(false);
  });

  it("has uv's file for the machine in the first shared folder that has one", async () => {
    const facts = { ...linux.make().facts, env: { PATH: "/usr/bin", XDG_CONFIG_DIRS: "/a:/b" } };
    const programs = { "/usr/bin/uv": member("uv 0.12.5") };
    const line = "pip near --no-probe --only uv --scope system --json";
    const shared = linux.make({ facts, programs, files: { "/b/uv/uv.toml": "offline = false\n" } });
    expect((await run(shared, line)).json?.changes[0]?.file).toBe("/b/uv/uv.toml");
    expect((await run(linux.make({ facts, programs }), line)).json?.changes[0]?.file).toBe("/etc/uv/uv.toml");
  });
});
