import { describe, expect, it } from "vitest";
import { fromWindows, isOnWindows, type LinuxTexts, wslOf } from "../../src/platform/wsl.ts";

const bare: LinuxTexts = {
  ...{ release: "6.1.0-18-amd64", cgroup: "0::/user.slice", conf: "", interop: "" },
  ...{ hasSockets: false, hasContainerMark: false },
};
const two = { ...bare, release: "5.15.153.1-microsoft-standard-WSL2\n" };
const one = { ...bare, release: "4.4.0-19041-Microsoft\n" };

describe("the kind of Linux", () => {
  it.each([
    ["a plain Linux", bare, "none"],
    ["WSL 2", two, "wsl2"],
    ["an early WSL 2", { ...bare, release: "4.19.84-microsoft-standard" }, "wsl2"],
    ["WSL 1", one, "wsl1"],
    ["a kernel of one's own, by the interpreter", { ...bare, interop: "enabled\ninterpreter /init" }, "wsl2"],
    ["a kernel of one's own, by its sockets", { ...bare, hasSockets: true }, "wsl2"],
    ["a container on WSL 2, by its mark", { ...two, hasContainerMark: true }, "none"],
    ["a container on WSL 2, by its group", { ...two, cgroup: "12:pids:/docker/3f2a" }, "none"],
    ["a pod on WSL 2", { ...two, cgroup: "0::/kubepods/besteffort/pod1" }, "none"],
    ["a kernel of Azure's", { ...bare, release: "6.5.0-1021-azure" }, "none"],
  ] as const)("%s", (_, texts, kind) => {
    expect(wslOf(texts).kind).toBe(kind);
  });
});

describe("how it is joined to Windows", () => {
  it.each([
    ["nothing said", "", "", ["/mnt/", true]],
    ["another root", "[automount]\nroot = /windir\n", "", ["/windir/", true]],
    ["the root of everything", "[automount]\r\nroot=/\r\n", "", ["/", true]],
    ["quotes, case and comments", '# x\n[AutoMount]\nRoot = "/win/" # y', "", ["/win/", true]],
    ["a root in another section", "[network]\nroot = /x\n", "", ["/mnt/", true]],
    ["interop off", "[interop]\nenabled = false\n", "enabled", ["/mnt/", false]],
    ["interop off for now", "", "disabled\n", ["/mnt/", false]],
    ["interop off in capitals", "[interop]\nEnabled = False\n", "", ["/mnt/", false]],
  ] as const)("%s", (_, conf, interop, wanted) => {
    const { root, interop: on } = wslOf({ ...two, conf, interop });
    expect([root, on]).toEqual(wanted);
  });
});

describe("a path", () => {
  it.each([
    ["/mnt/c/Program Files/nodejs/npm", true],
    ["/mnt/c", true],
    ["/mnt/data/npm", false],
    ["/mnt/wsl/docker-desktop/cli-tools/usr/bin/docker", false],
    ["/home/u/c/npm", false],
    ["/usr/bin/npm", false],
  ])("%s: on Windows %s", (path, wanted) => {
    expect(isOnWindows(wslOf(two), path)).toBe(wanted);
    expect(isOnWindows(wslOf(one), path)).toBe(wanted);
    expect(isOnWindows(wslOf(bare), path)).toBe(false);
  });

  it("of Windows is seen from here", () => {
    const wsl = wslOf(two);
    expect(fromWindows(wsl, "C:\\Users\\张三")).toBe("/mnt/c/Users/张三");
    expect(fromWindows(wsl, "D:/")).toBe("/mnt/d");
    expect(fromWindows(wsl, "\\\\server\\homes\\u")).toBeNull();
  });
});
