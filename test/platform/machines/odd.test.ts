import { describe, expect, it } from "vitest";
import { run } from "./driver.ts";
import { drvfs, linux, mac, windows, wsl2, wsl2Bare } from "./machines.ts";
import { forbidden, go, npm, pip } from "./programs.ts";

const roaming = "C:\\Users\\张 三\\AppData\\Roaming";

describe("programs of Windows on the PATH of WSL", () => {
  it.each([
    ["go", "/mnt/c/Go/bin/go.exe"],
    ["pip", "/mnt/c/Python/Scripts/pip.exe"],
    ["npm", "/mnt/c/Program Files/nodejs/npm"],
  ])("are not the %s of this Linux: nothing is started, nothing is written, and that is said", async (id, path) => {
    const machine = wsl2Bare.make();
    const english = await run(machine, `${id} near --no-probe`);
    expect([english.code, english.err]).toEqual([4, expect.stringContaining(`not installed: ${id}`)]);
    expect(english.out.replaceAll("\n", " ")).toMatch(
      new RegExp(`${id}.*the PATH here leads to Windows .*${path.replaceAll(".", "\\.")}`),
    );
    const chinese = await run(machine, `${id} near --no-probe`, "zh");
    expect([chinese.code, chinese.out]).toEqual([4, expect.stringContaining("此处 PATH 上的是 Windows 的程序")]);
    expect(machine.runs).toEqual([]);
    expect(machine.disk.read(wsl2Bare.files.npm)).toEqual({ kind: "missing" });
  });

  it("are told by status, too", async () => {
    const { out, code } = await run(wsl2Bare.make(), "status npm");
    expect([code, out]).toEqual([0, expect.stringContaining("npm, pnpm: the PATH here leads to Windows")]);
  });

  it("stand back where the person wants the file for later", async () => {
    const machine = wsl2Bare.make();
    const { code, out } = await run(machine, "npm near --no-probe --allow-missing");
    expect([code, out]).toEqual([0, expect.stringContaining("leads to Windows")]);
    expect(machine.runs).toEqual([]);
    expect(machine.disk.read(wsl2Bare.files.npm).kind).toBe("file");
  });

  it("are no news where Linux has its own, but for those that it has not", async () => {
    expect((await run(wsl2.make(), "go near --no-probe")).out).not.toContain("leads to Windows");
    expect((await run(wsl2.make(), "npm near --no-probe")).out).toContain("pnpm: the PATH here leads to Windows");
  });

  it("are known below another root, and a Linux folder that only looks like a drive is none", async () => {
    const moved = wsl2Bare.make({
      facts: { os: "linux", env: { PATH: "/win/c/nodejs:/mnt/c/own" }, home: "/home/u", uid: 1000, cwd: "/" },
      files: { "/etc/wsl.conf": "[automount]\nroot = /win\n" },
      programs: { "/win/c/nodejs/npm": forbidden, "/mnt/c/own/go": go },
    });
    expect((await run(moved, "npm near --no-probe")).code).toBe(4);
    expect((await run(moved, "go near --no-probe")).code).toBe(0);
  });
});

it("puts modes back only as far as a drive of Windows has any", async () => {
  const machine = drvfs.make({ files: { [drvfs.files.npm]: "//corp.example/:_authToken=x\n" } });
  expect((await run(machine, "npm near --no-probe")).code).toBe(0);
  expect((await run(machine, "npm near --no-probe --json")).json?.transaction).toBeNull();
  expect((await run(machine, "reset npm")).code).toBe(0);
  expect((await run(machine, "undo")).code).toBe(0);
  expect((await run(machine, "undo")).code).toBe(0);
});

describe("a Mac", () => {
  const inConfig = "/Users/u/.config/pip/pip.conf";
  const facts = { os: "darwin", env: { PATH: "/usr/bin" }, home: "/Users/u", uid: 501, cwd: "/Users/u" } as const;

  it("has pip's file in .config where the folder in the Library is not there", async () => {
    const machine = linux.make({
      facts: { ...facts, env: { PATH: "/opt/bin" } },
      programs: { "/opt/bin/pip": pip([inConfig], "/opt/pip.conf") },
    });
    const { code, json } = await run(machine, "pip near --no-probe --json");
    expect([code, json?.changes[0]?.file]).toEqual([0, inConfig]);
  });

  it("is not made to offer Apple's developer tools by asking the python that stands in for them", async () => {
    const stub = { "/usr/bin/pip3": forbidden, "/usr/bin/python3": forbidden };
    const machine = mac.make({ facts, programs: stub });
    expect((await run(machine, "pip near --no-probe")).code).toBe(4);
    const real = pip([inConfig, mac.files.pip], "/Library/Developer/CommandLineTools/pip.conf");
    const withTools = mac.make({
      facts,
      folders: ["/Library/Developer/CommandLineTools"],
      programs: { "/usr/bin/pip3": real },
    });
    expect((await run(withTools, "pip near --no-probe")).code).toBe(0);
  });
});

describe("Windows", () => {
  it("has pip's file of the interpreter found below a Chinese name, whatever code page Python speaks", async () => {
    const site = "C:\\Users\\张 三\\venv\\pip.ini";
    const own = "https://own.example/simple";
    const machine = windows.make({
      files: { [site]: `[global]\r\nindex-url = ${own}\r\n` },
      programs: { "C:\\Python\\Scripts\\pip.exe": pip([`${roaming}\\pip\\pip.ini`, site], site) },
    });
    const { json } = await run(machine, "status pip --json");
    expect(json?.inForce[0]).toMatchObject({ value: own, source: site });
  });

  it("says who may write, where only the try tells that we may not", async () => {
    const machine = windows.make({ rules: { closed: ["C:\\ProgramData"] }, folders: ["C:\\ProgramData"] });
    const before = machine.disk.snapshot();
    const { code, json } = await run(machine, "pip near --scope system --only pip --no-probe --json");
    expect([code, json?.messages.map(({ code }) => code)]).toEqual([
      5,
      expect.arrayContaining(["file-problem", "needs-administrator"]),
    ]);
    expect(machine.disk.snapshot()).toMatchObject(before);
    const { err } = await run(machine, "pip near --scope system --only pip --no-probe", "zh");
    expect(err).toContain("以管理员身份运行");
  });

  it("keeps go from guessing where its folder is not known, and pip and npm do without", async () => {
    const home = "\\\\server\\homes\\张三";
    const facts = { os: "win32", env: { PATH: "D:\\tools" }, home, uid: null, cwd: "D:\\" } as const;
    const ini = `${home}\\AppData\\Roaming\\pip\\pip.ini`;
    const programs = {
      "D:\\tools\\go.exe": go,
      "D:\\tools\\pip.exe": pip([ini], "D:\\tools\\pip.ini"),
      "D:\\tools\\npm.cmd": npm(`${home}\\.npmrc`, "D:\\tools\\etc\\npmrc"),
    };
    const machine = windows.make({ facts, programs });
    const { code, err } = await run(machine, "go near --no-probe");
    expect([code, err]).toEqual([5, expect.stringContaining("AppData")]);
    expect((await run(machine, "pip near --no-probe --json")).json?.changes[0]?.file).toBe(ini);
    expect((await run(machine, "npm near --no-probe --json")).json?.changes[0]?.file).toBe(`${home}\\.npmrc`);
  });

  it("follows its variables in any case, on another drive", async () => {
    const facts = {
      os: "win32",
      env: { path: "D:\\t", appdata: "E:\\R", goenv: "" },
      home: "C:\\U",
      uid: null,
      cwd: "C:\\",
    } as const;
    const programs = { "D:\\t\\go.exe": go, "D:\\t\\pip.exe": pip(["E:\\R\\pip\\pip.ini"], "D:\\t\\pip.ini") };
    const machine = windows.make({ facts, programs });
    const files = [];
    for (const id of ["go", "pip"])
      files.push((await run(machine, `${id} near --no-probe --json`)).json?.changes[0]?.file);
    expect(files).toEqual(["E:\\R\\go\\env", "E:\\R\\pip\\pip.ini"]);
  });
});
