import { describe, expect, it } from "vitest";
import { configFolder, isNearer, ownDirectories, pathsOf, runtimeFolder, variable } from "../../src/platform/paths.ts";
import type { HostFacts } from "../../src/platform/types.ts";

const facts = (os: HostFacts["os"], env: Record<string, string> = {}, home: string | null = "/home/u"): HostFacts => {
  return { os, env, home, uid: 1, cwd: "/" };
};
const linux = {
  config: "/home/u/.config/mirror-setup",
  state: "/home/u/.local/state/mirror-setup",
  cache: "/home/u/.cache/mirror-setup",
};
const windows = {
  config: "C:\\U\\AppData\\Roaming\\mirror-setup",
  state: "C:\\U\\AppData\\Local\\mirror-setup",
  cache: "C:\\U\\AppData\\Local\\mirror-setup\\Cache",
};

describe("our own directories", () => {
  it.each([
    ["linux", facts("linux"), linux],
    ["darwin", facts("darwin"), linux],
    [
      "XDG",
      facts("linux", { XDG_CONFIG_HOME: "/c", XDG_STATE_HOME: "/s", XDG_CACHE_HOME: "/k" }),
      { config: "/c/mirror-setup", state: "/s/mirror-setup", cache: "/k/mirror-setup" },
    ],
    ["relative or empty XDG", facts("linux", { XDG_CONFIG_HOME: "c", XDG_STATE_HOME: "" }), linux],
    [
      "XDG without a home",
      facts("linux", { XDG_CONFIG_HOME: "/c", XDG_STATE_HOME: "/s" }, null),
      { config: "/c/mirror-setup", state: "/s/mirror-setup", cache: null },
    ],
    ["half of XDG without a home", facts("linux", { XDG_STATE_HOME: "/s" }, null), null],
    ["no home", facts("linux", {}, null), null],
    ["windows", facts("win32", { XDG_CONFIG_HOME: "C:\\x" }, "C:\\U"), windows],
    [
      "windows with folders moved",
      facts("win32", { AppData: "D:\\R", LocalAppData: "D:\\L" }, "C:\\U"),
      { config: "D:\\R\\mirror-setup", state: "D:\\L\\mirror-setup", cache: "D:\\L\\mirror-setup\\Cache" },
    ],
  ])("%s", (_, given, wanted) => {
    expect(ownDirectories(given)).toEqual(wanted);
  });
});

describe("a variable", () => {
  it("is unset when empty", () => {
    expect([variable(facts("linux", { A: "" }), "A"), variable(facts("linux"), "A")]).toEqual([null, null]);
  });

  it("has one spelling, but on Windows", () => {
    expect(variable(facts("linux", { path: "x" }), "PATH")).toBeNull();
    expect(variable(facts("win32", { Path: "x" }), "PATH")).toBe("x");
  });
});

describe("the folder of a person's configuration", () => {
  it.each([
    ["the usual one", facts("linux"), "/home/u/.config"],
    ["another, whatever the home", facts("linux", { XDG_CONFIG_HOME: "/c" }, null), "/c"],
    ["none", facts("linux", { XDG_CONFIG_HOME: "" }, null), null],
  ] as const)("%s", (_, given, wanted) => {
    expect(configFolder(given)).toBe(wanted);
  });
});

describe("the path rules", () => {
  it("are those of the machine described", () => {
    expect([pathsOf(facts("win32")).join("a", "b"), pathsOf(facts("darwin")).join("a", "b")]).toEqual(["a\\b", "a/b"]);
  });
});

describe("the run-time folder", () => {
  const linux = { os: "linux", env: {}, uid: 0 } as const;
  const person = { uid: 1000, gid: 1000, name: "mei" };
  it.each([
    ["is the session's", { ...linux, env: { XDG_RUNTIME_DIR: "/run/mine" }, person }, "/run/mine"],
    ["is systemd's where no session says", { ...linux, uid: 1001 }, "/run/user/1001"],
    ["is under sudo that of who called it", { ...linux, person }, "/run/user/1000"],
  ])("%s", (_, facts, wanted) => {
    expect(runtimeFolder(facts)).toBe(wanted);
  });
});

describe("whether a file is a project's", () => {
  it.each([
    ["linux", "/home/u/app/src", "/home/u/app/.npmrc", true],
    ["linux", "/home/u/app", "/home/u/app/.npmrc", true],
    ["linux", "/home/u/app", "/home/u/other/.npmrc", false],
    ["linux", "/home/u/app", "/home/u/.npmrc", false],
    ["linux", "/home/u/.config/pip", "/home/u/.config/pip/pip.conf", false],
    ["linux", "/etc/docker", "/etc/docker/daemon.json", false],
    ["linux", "/usr/local/etc", "/usr/local/etc/npmrc", false],
    ["darwin", "/private/etc", "/private/etc/pip.conf", false],
    ["win32", "C:\\ProgramData\\docker\\config", "C:\\ProgramData\\docker\\config\\daemon.json", false],
    ["win32", "C:\\work\\app", "C:\\work\\app\\.npmrc", true],
    ["linux", "/etcetera", "/etcetera/.npmrc", true],
  ] as const)("on %s, in %s, %s: %s", (os, cwd, file, wanted) => {
    expect(isNearer(file, { ...facts(os), cwd })).toBe(wanted);
  });
});
