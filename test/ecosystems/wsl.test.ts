import { describe, expect, it } from "vitest";
import { windowsHome } from "../../src/ecosystems/wsl.ts";
import { type Build, build, type Program } from "../platform/machines/machine.ts";

const powershell = "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe";
const facts = { os: "linux", env: { PATH: "/usr/bin" }, home: "/home/u", uid: 1000, cwd: "/home/u" } as const;
const kernel = { "/proc/sys/kernel/osrelease": "5.15.153.1-microsoft-standard-WSL2\n" };

/** A console of a Chinese Windows: whatever is printed as text comes out in GBK, and so garbled here. */
function windows(home: string): Program {
  return ({ args }) => {
    const isEncoded = args.at(-1)?.includes("ToBase64String") === true;
    return isEncoded ? `${Buffer.from(home).toString("base64")}\r\n` : `${home.replace(/[^\0-~]/g, "\ufffd")}\r\n`;
  };
}

function wslpath(root = "/mnt/"): Program {
  return ({ args: [, path = ""] }) =>
    `${root}${path.slice(0, 1).toLowerCase()}/${path.slice(3).replaceAll("\\", "/")}\n`;
}

function machine(more: Partial<Build>) {
  return build({ facts, ...more, files: { ...kernel, ...more.files } });
}

describe("the Windows home", () => {
  it("is told by Windows, in Chinese too, whatever its code page", async () => {
    const { read, runs } = machine({
      folders: ["/mnt/c/Users/张三", "/mnt/c/Users/李四"],
      programs: { [powershell]: windows("C:\\Users\\张三"), "/usr/bin/wslpath": wslpath() },
    });
    expect(await windowsHome(read)).toBe("/mnt/c/Users/张三");
    await windowsHome(read);
    expect(runs.map(({ argv: [file], cwd }) => [file, cwd])).toEqual([
      [powershell, "/mnt/c/Windows/System32/WindowsPowerShell/v1.0"],
      ["/usr/bin/wslpath", undefined],
    ]);
  });

  it("is found below another root, on another drive, without wslpath, on WSL 1", async () => {
    const { read } = machine({
      files: {
        "/proc/sys/kernel/osrelease": "4.4.0-19041-Microsoft\n",
        "/etc/wsl.conf": "[automount]\nroot = /windir/\n",
      },
      folders: ["/windir/d/profiles/u"],
      programs: { [powershell.replace("/mnt/", "/windir/")]: windows("D:\\profiles\\u") },
    });
    expect(await windowsHome(read)).toBe("/windir/d/profiles/u");
  });

  it("finds the way to Windows where sudo has dropped it, and takes none of our variables there", async () => {
    const { read, runs } = machine({
      files: { "/run/WSL/1_interop": "", "/run/WSL/8_interop": "" },
      folders: ["/mnt/c/Users/u"],
      programs: { [powershell]: windows("C:\\Users\\u") },
    });
    expect(await windowsHome(read)).toBe("/mnt/c/Users/u");
    expect(runs[0]?.env).toEqual({ WSL_INTEROP: "/run/WSL/1_interop", WSLENV: null });
  });

  it("is told by wslvar where PowerShell does not answer", async () => {
    const { read } = machine({
      folders: ["/mnt/c/Users/张三"],
      programs: {
        [powershell]: () => ({ code: 1, stderr: "blocked" }),
        "/usr/bin/wslvar": ({ args }) => (args[0] === "USERPROFILE" ? "C:\\Users\\张三\r\n" : ""),
      },
    });
    expect(await windowsHome(read)).toBe("/mnt/c/Users/张三");
  });

  it("is not taken from a garbled answer, nor from one that is no folder here", async () => {
    const garbled = { "/usr/bin/wslvar": () => "C:\\Users\\\ufffd\ufffd\r\n" };
    expect(await windowsHome(machine({ folders: ["/mnt/c/Users/\ufffd\ufffd"], programs: garbled }).read)).toBeNull();
    expect(await windowsHome(machine({ programs: { [powershell]: windows("C:\\Users\\gone") } }).read)).toBeNull();
  });

  const profiles = { "/mnt/c/Users/张三/NTUSER.DAT": "", "/mnt/c/Users/Default/NTUSER.DAT": "" };
  const off = { "/etc/wsl.conf": "[interop]\nenabled = false\n" };

  it("is guessed where Windows cannot be asked and has one person", async () => {
    const { read, runs } = machine({
      files: { ...profiles, ...off, "/mnt/c/Users/Public/desktop.ini": "", "/mnt/c/Users/desktop.ini": "" },
      programs: { [powershell]: windows("C:\\Users\\张三") },
    });
    expect(await windowsHome(read)).toBe("/mnt/c/Users/张三");
    expect(runs).toEqual([]);
  });

  it("is not guessed between two", async () => {
    const { read } = machine({ files: { ...profiles, ...off, "/mnt/c/Users/李四/ntuser.dat": "" } });
    expect(await windowsHome(read)).toBeNull();
  });

  it("is nowhere on a plain Linux, in a container on WSL, on a Mac", async () => {
    const programs = { [powershell]: windows("C:\\Users\\u") };
    const folders = ["/mnt/c/Users/u"];
    const plain = machine({ files: { "/proc/sys/kernel/osrelease": "6.1.0" }, programs, folders });
    const container = machine({ files: { "/.dockerenv": "" }, programs, folders });
    const mac = machine({ facts: { ...facts, os: "darwin" }, programs, folders });
    for (const { read, runs } of [plain, container, mac]) {
      expect(await windowsHome(read)).toBeNull();
      expect(runs).toEqual([]);
    }
  });
});
