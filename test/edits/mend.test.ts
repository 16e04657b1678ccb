import { describe, expect, it } from "vitest";
import { halfWidth } from "../../src/ecosystems/full-width.ts";
import { goenv } from "../../src/edits/goenv.ts";
import { ini } from "../../src/edits/ini.ts";
import { mendIni } from "../../src/edits/ini-mend.ts";

const good = "[global]\nindex-url = https://m.example/simple\n";

describe("a pip.conf that pip refuses", () => {
  it.each([
    ["a byte order mark", `\uFEFF${good}`, good],
    ["a key before any section", good.slice("[global]\n".length), good],
    ["a section twice", `${good}[global]\ntimeout = 5\n`, `${good}timeout = 5\n`],
    [
      "a section twice, another between",
      `${good}[install]\nuser = 1\n[global]\ntimeout = 5`,
      `${good}timeout = 5[install]\nuser = 1\n`.replace("5[", "5\n["),
    ],
    [
      "a key twice: the later counts",
      `[global]\nindex-url = https://old.example\nindex-url = x\n`,
      "[global]\nindex-url = x\n",
    ],
  ])("is put right: %s", (_name, text, right) => {
    expect(ini.problem(text, [])).not.toBeNull();
    const mended = mendIni(text);
    expect(ini.problem(mended, [])).toBeNull();
    expect(ini.entries(mended).map(({ key, value }) => [key, value])).toEqual(
      ini.entries(right).map(({ key, value }) => [key, value]),
    );
  });

  it("keeps its line ends", () => {
    expect(mendIni("index-url = x\r\n")).toBe("[global]\r\nindex-url = x\r\n");
  });

  it.each([
    ["[global]\nwhatever this is\n"],
    [`\uFEFF[global]\nwhatever this is\n`],
    ["pip config set global.index-url https://m.example/simple\n"],
    ["export PIP_INDEX_URL=https://m.example/simple\n"],
    ["<html><a href=https://m.example>\n"],
    ["[global]\ntrusted-host = a.example\ntrusted-host = b.example\n"],
    [good],
  ])("is left as it is where that would be a guess, and where it is sound: %j", (text) => {
    expect(mendIni(text)).toBe(text);
  });
});

it("reads lines of go's file as they were meant", () => {
  const text = "\uFEFFGOPROXY=a\n  export GOSUMDB=b\n# GOPRIVATE=c\nset GOFLAGS=d\nGOBIN=e\n";
  expect(goenv.mended?.(text)).toBe("GOPROXY=a\nGOSUMDB=b\n# GOPRIVATE=c\nGOFLAGS=d\nGOBIN=e\n");
});

it.each([
  [`export GOPROXY="a,direct"\n`, "GOPROXY=a,direct\n"],
  [`$env:GOPROXY = 'a'\r\n`, "GOPROXY=a\r\n"],
  [" GOPROXY = a", "GOPROXY=a"],
  ["export goproxy=a\n", "export goproxy=a\n"],
  ['export GOPROXY="$A"\n', 'export GOPROXY="$A"\n'],
  ["export GOPROXY=a && export GOSUMDB=off\n", "export GOPROXY=a && export GOSUMDB=off\n"],
  ["export GOPROXY='a\n", "export GOPROXY='a\n"],
])("reads a shell's line as the shell does, or not at all: %j", (text, mended) => {
  expect(goenv.mended?.(text)).toBe(mended);
});

it("writes full-width signs in those of ASCII", () => {
  expect(halfWidth("“https：／／goproxy。cn，direct”")).toBe("https://goproxy.cn,direct");
});
