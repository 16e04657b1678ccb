import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { chunkPath } from "./bundle.ts";
import { argumentsIn, readByCmd, readLine } from "./cmd.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "mirror-setup-cmd-")));
const bin = join(folder, "Program Files (x86)");
mkdirSync(bin);
writeFileSync(join(bin, "tool.cmd"), "");
const cmd = join(folder, "cmd.exe");
writeFileSync(cmd, `#!/bin/sh\nprintf '%s' "$5"\n`);
chmodSync(cmd, 0o755);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The line that `cmd.exe` is given for a shim found by its ending, as on Windows. */
function lineFor(args: readonly string[]): string {
  const code = `Object.defineProperty(process, "platform", { value: "win32" });
    const { runProgram } = require(${JSON.stringify(chunkPath("programs"))});
    const facts = { os: "win32", env: { Path: ${JSON.stringify(bin)} }, home: null, uid: null, cwd: "/" };
    const argv = ${JSON.stringify([join(bin, "tool.cmd"), ...args])};
    runProgram(facts, { argv }, ${JSON.stringify(folder)}).then((r) => process.stdout.write(r.stdout));`;
  const env = { comspec: cmd, PATHEXT: ".CMD", OSTYPE: "" };
  return execFileSync(process.execPath, ["-e", code], { env, encoding: "utf8" });
}

/** What is found for a name, as on Windows, in a folder that has such a shim itself. */
function foundIn(cwd: string, path: string): unknown {
  const code = `Object.defineProperty(process, "platform", { value: "win32" });
    const { findProgram } = require(${JSON.stringify(chunkPath("programs"))});
    const facts = { os: "win32", env: { Path: ${JSON.stringify(path)} }, home: null, uid: null, cwd: "/" };
    findProgram(facts, "tool").then((found) => process.stdout.write(JSON.stringify(found)));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", code], { cwd, env: { PATHEXT: ".CMD" }, encoding: "utf8" }));
}

describe("a program of Windows", () => {
  it("is found on the PATH, and not in the folder that we are in", () => {
    expect(foundIn(bin, folder)).toBeNull();
    expect(foundIn(bin, `${folder}:${bin}/`)).toMatch(/tool\.cmd$/i);
    expect(foundIn(folder, `"${bin}"`)).toMatch(/tool\.cmd$/i);
  });
});

describe("a shim of Windows gets its arguments as they are", () => {
  it("would be seen to fail without what guards them", () => {
    expect(readByCmd('"tool.cmd %PATH%"', { PATH: "filled in" })).toBe("tool.cmd filled in");
    expect(() => readByCmd('"tool.cmd a&b"', {})).toThrow("for its own");
  });

  it.each([
    [["a b", "", "c"]],
    [["C:\\Users\\张 三\\AppData\\Local\\Temp\\stage (1)\\", "x"]],
    [["%PATH%", "100%", "%a", "^%PATH^%"]],
    [["a&b|c<d>e^f", "(x)", "!x!", "it's", "a;b,c=d", "`x`"]],
    [["https://h.example/?a=1&b=2#c", "--pack-destination", "D:\\"]],
    [['say "hi"', "ends\\", 'a\\"b']],
  ])("%j", (args) => {
    const line = readByCmd(lineFor(args), { PATH: "filled in" });
    const program = `${join(bin, "tool.cmd")} `;
    expect(line.slice(0, program.length)).toBe(program);
    const behind = line.slice(program.length);
    expect(argumentsIn(behind)).toEqual(args);
    // The shim hands them on with %*, which is read once more.
    expect(argumentsIn(readLine(behind))).toEqual(args);
  });
});
