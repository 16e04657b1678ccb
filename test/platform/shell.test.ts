import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { setCommand, unsetCommand } from "../../src/platform/shell.ts";

describe("a variable in a shell", () => {
  it("is set to the very value, and taken away", () => {
    const value = `a'b "c" $HOME \`d\` 张`;
    const script = `${setCommand({ os: "linux" }, "X", value)}; printf %s "$X"; ${unsetCommand({ os: "linux" }, "X")}; printf %s "\${X-gone}"`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(`${value}gone`);
  });

  it("is PowerShell's on Windows, and leaves also where it is kept", () => {
    expect(setCommand({ os: "win32" }, "X", "a'b $c")).toBe("$env:X = 'a''b $c'");
    const [now, kept] = unsetCommand({ os: "win32" }, "X").split("; ");
    expect(unsetCommand({ os: "win32" }, "X", "Y")).toMatch(/^Remove-Item Env:X; .*'X'.*; Remove-Item Env:Y; .*'Y'/);
    expect([now, kept]).toEqual(["Remove-Item Env:X", "[Environment]::SetEnvironmentVariable('X', $null, 'User')"]);
  });
});
