import type { HostFacts } from "../../../src/platform/types.ts";
import { type Build, build, type Machine, type Program } from "./machine.ts";
import { forbidden, go, npm, pip } from "./programs.ts";

/** A machine of some kind, and where its tools say that their settings are. */
export interface Kind {
  readonly name: string;
  readonly files: { readonly go: string; readonly pip: string; readonly npm: string };
  make(more?: Partial<Build>): Machine;
}

function kind(name: string, files: Kind["files"], base: Build): Kind {
  return {
    name,
    files,
    make: (more = {}) =>
      build({
        ...base,
        ...more,
        files: { ...base.files, ...more.files },
        folders: [...(base.folders ?? []), ...(more.folders ?? [])],
        links: { ...base.links, ...more.links },
        programs: { ...base.programs, ...more.programs },
      }),
  };
}

const wsl = { 1: "4.4.0-19041-Microsoft\n", 2: "5.15.153.1-microsoft-standard-WSL2\n" };
const linuxFacts: HostFacts = { os: "linux", env: { PATH: "/usr/bin" }, home: "/home/u", uid: 1000, cwd: "/home/u" };

function linuxTools(home: string): Record<string, Program> {
  return {
    "/usr/bin/go": go,
    "/usr/bin/pip": pip([`${home}/.config/pip/pip.conf`], "/usr/pip.conf"),
    "/usr/bin/npm": npm(`${home}/.npmrc`, "/usr/etc/npmrc"),
  };
}

function linuxFiles(home: string): Kind["files"] {
  return { go: `${home}/.config/go/env`, pip: `${home}/.config/pip/pip.conf`, npm: `${home}/.npmrc` };
}

export const linux = kind("Linux", linuxFiles("/home/u"), { facts: linuxFacts, programs: linuxTools("/home/u") });

export const root = kind("Linux under sudo", linuxFiles("/root"), {
  facts: { ...linuxFacts, env: { PATH: "/usr/bin", SUDO_USER: "u" }, home: "/root", uid: 0, cwd: "/root" },
  programs: linuxTools("/root"),
});

const library = "/Users/u/Library/Application Support";
const macPip = pip(["/Users/u/.config/pip/pip.conf", `${library}/pip/pip.conf`], "/opt/homebrew/pip.conf");

/** With pip's folder in the Library, empty. */
export const mac = kind(
  "macOS",
  { go: `${library}/go/env`, pip: `${library}/pip/pip.conf`, npm: "/Users/u/.npmrc" },
  {
    facts: { os: "darwin", env: { PATH: "/opt/homebrew/bin" }, home: "/Users/u", uid: 501, cwd: "/Users/u" },
    folders: [`${library}/pip`],
    programs: {
      "/opt/homebrew/bin/go": go,
      "/opt/homebrew/bin/pip3": macPip,
      "/opt/homebrew/bin/npm": npm("/Users/u/.npmrc", "/opt/homebrew/etc/npmrc"),
    },
  },
);

const windowsHome = "C:\\Users\\张 三";
const roaming = `${windowsHome}\\AppData\\Roaming`;

/** A home with a Chinese name and a blank, variables in the case that Windows happens to have them, tools as `.exe` and `.cmd`. */
export const windows = kind(
  "Windows",
  { go: `${roaming}\\go\\env`, pip: `${roaming}\\pip\\pip.ini`, npm: `${windowsHome}\\.npmrc` },
  {
    facts: {
      ...{ os: "win32", home: windowsHome, uid: null, cwd: windowsHome },
      env: {
        Path: "C:\\Go\\bin;C:\\Python\\Scripts;C:\\Program Files\\nodejs",
        ...{ AppData: roaming, LocalAppData: `${windowsHome}\\AppData\\Local`, USERPROFILE: windowsHome },
      },
    },
    folders: [roaming, `${windowsHome}\\AppData\\Local`],
    programs: {
      "C:\\Go\\bin\\go.exe": go,
      "C:\\Python\\Scripts\\pip.exe": pip([`${roaming}\\pip\\pip.ini`], "C:\\Python\\pip.ini"),
      "C:\\Program Files\\nodejs\\npm.cmd": npm(`${windowsHome}\\.npmrc`, "C:\\npm\\etc\\npmrc"),
    },
  },
);

/** Windows programs that WSL puts on the PATH. */
const fromWindows = {
  "/mnt/c/Program Files/nodejs/npm": forbidden,
  "/mnt/c/Program Files/nodejs/pnpm": forbidden,
  "/mnt/c/Python/Scripts/pip.exe": forbidden,
  "/mnt/c/Go/bin/go.exe": forbidden,
};
const mixedPath = "/usr/bin:/mnt/c/Program Files/nodejs:/mnt/c/Python/Scripts:/mnt/c/Go/bin";

function wslKind(version: 1 | 2, tools: "linux" | "windows"): Kind {
  return kind(`WSL ${version}`, linuxFiles("/home/u"), {
    facts: { ...linuxFacts, env: { PATH: mixedPath } },
    files: { "/proc/sys/kernel/osrelease": wsl[version] },
    programs: { ...fromWindows, ...(tools === "linux" ? linuxTools("/home/u") : {}) },
  });
}

export const wsl1 = wslKind(1, "linux");
export const wsl2 = wslKind(2, "linux");
/** With nothing installed in Linux itself. */
export const wsl2Bare = wslKind(2, "windows");

/** A WSL home on a drive of Windows, where modes cannot be set. */
export const drvfs = kind("WSL 2, home on a Windows drive", linuxFiles("/mnt/c/Users/u"), {
  facts: { ...linuxFacts, env: { PATH: "/usr/bin" }, home: "/mnt/c/Users/u", cwd: "/mnt/c/Users/u" },
  rules: { withoutModes: ["/mnt/c/"] },
  files: { "/proc/sys/kernel/osrelease": wsl[2] },
  programs: linuxTools("/mnt/c/Users/u"),
});

/** Machines whose tools are their own, and whose files can be written. */
export const ordinary: readonly Kind[] = [linux, root, mac, windows, wsl1, wsl2, drvfs];
