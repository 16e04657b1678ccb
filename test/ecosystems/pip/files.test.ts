import { describe, expect, it } from "vitest";
import { decidingFolder, pipFiles } from "../../../src/ecosystems/pip/files.ts";
import type { HostFacts } from "../../../src/platform/types.ts";

const facts = (os: HostFacts["os"], home: string, env: HostFacts["env"] = {}): HostFacts => ({
  ...{ os, home, env, uid: os === "win32" ? null : 1000, cwd: home },
});
const files = (found: HostFacts, hasFolder = false, version: string | null = "26.2.2") =>
  pipFiles(found, hasFolder, version).map(({ level, path }) => `${level} ${path}`);

describe("the files that pip reads, later ones winning", () => {
  it("on Linux", () => {
    const env = { XDG_CONFIG_DIRS: "/a:/b", XDG_CONFIG_HOME: "/x", PIP_CONFIG_FILE: "/named" };
    expect(files(facts("linux", "/home/u"))).toEqual([
      "global /etc/xdg/pip/pip.conf",
      "global /etc/pip.conf",
      "legacy /home/u/.pip/pip.conf",
      "user /home/u/.config/pip/pip.conf",
    ]);
    expect(files(facts("linux", "/home/u", env))).toEqual([
      "global /a/pip/pip.conf",
      "global /b/pip/pip.conf",
      "global /etc/pip.conf",
      "legacy /home/u/.pip/pip.conf",
      "user /x/pip/pip.conf",
      "named /named",
    ]);
  });

  it("on macOS, which asks whether a folder is there", () => {
    const mac = facts("darwin", "/Users/u", { XDG_CONFIG_HOME: "/x" });
    expect(files(mac).at(-1)).toBe("user /Users/u/.config/pip/pip.conf");
    expect(files(mac, true)).toEqual([
      "global /Library/Application Support/pip/pip.conf",
      "legacy /Users/u/.pip/pip.conf",
      "user /Users/u/Library/Application Support/pip/pip.conf",
    ]);
  });

  it("on macOS, where a variable moves that folder from 26.2 on", () => {
    const mac = facts("darwin", "/Users/u", { XDG_DATA_HOME: "/d" });
    const library = "/Users/u/Library/Application Support/pip";
    const folders = ["26.1.2", "26.2", "27.0", null].map((version) => decidingFolder(mac, version));
    expect(folders).toEqual([library, "/d/pip", "/d/pip", "/d/pip"]);
    expect(decidingFolder({ ...mac, env: { XDG_DATA_HOME: " " } }, null)).toBe(library);
    expect(decidingFolder(facts("linux", "/home/u", { XDG_DATA_HOME: "/d" }), null)).toBeNull();
    expect(files(mac, true).at(-1)).toBe("user /d/pip/pip.conf");
    expect(files(mac, false).at(-1)).toBe("user /Users/u/.config/pip/pip.conf");
  });

  it("on Windows without its variables, and with a home on a share", () => {
    expect(files(facts("win32", "\\\\server\\homes\\u"))).toEqual([
      "global C:\\ProgramData\\pip\\pip.ini",
      "legacy \\\\server\\homes\\u\\pip\\pip.ini",
      "user \\\\server\\homes\\u\\AppData\\Roaming\\pip\\pip.ini",
    ]);
  });

  it("on Windows", () => {
    const env = { APPDATA: "C:\\Users\\u\\AppData\\Roaming", PROGRAMDATA: "D:\\Data" };
    expect(files(facts("win32", "C:\\Users\\u", env))).toEqual([
      "global D:\\Data\\pip\\pip.ini",
      "legacy C:\\Users\\u\\pip\\pip.ini",
      "user C:\\Users\\u\\AppData\\Roaming\\pip\\pip.ini",
    ]);
  });
});
