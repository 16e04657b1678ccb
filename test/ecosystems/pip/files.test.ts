import { describe, expect, it } from "vitest";
import { pipFiles } from "../../../src/ecosystems/pip/files.ts";
import type { HostFacts } from "../../../src/platform/types.ts";

const facts = (os: HostFacts["os"], home: string, env: HostFacts["env"] = {}): HostFacts => ({
  ...{ os, home, env, uid: os === "win32" ? null : 1000, cwd: home },
});
const files = (found: HostFacts, hasLibrary = false) =>
  pipFiles(found, () => hasLibrary).map(({ level, path }) => `${level} ${path}`);

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

  it("on Windows", () => {
    const env = { APPDATA: "C:\\Users\\u\\AppData\\Roaming", PROGRAMDATA: "D:\\Data" };
    expect(files(facts("win32", "C:\\Users\\u", env))).toEqual([
      "global D:\\Data\\pip\\pip.ini",
      "legacy C:\\Users\\u\\pip\\pip.ini",
      "user C:\\Users\\u\\AppData\\Roaming\\pip\\pip.ini",
    ]);
  });
});
