import { describe, expect, it } from "vitest";
import type { HostFacts } from "../../src/platform/types.ts";
import { mergedEnvironment } from "../../src/ports/programs.ts";

const facts = (os: HostFacts["os"]): HostFacts => ({
  ...{ os, home: null, uid: null, cwd: "/" },
  env: { AppData: "C:\\R", Path: "C:\\bin", GONE: undefined },
});

describe("the environment of a program that we run", () => {
  it("has one variable of a name on Windows, whatever its case", () => {
    const changes = { APPDATA: "C:\\stage", PATH: null, GOENV: "off" };
    expect(mergedEnvironment(facts("win32"), changes)).toEqual({ APPDATA: "C:\\stage", GOENV: "off" });
  });

  it("tells them apart elsewhere", () => {
    const changes = { APPDATA: "/stage", PATH: null };
    expect(mergedEnvironment(facts("linux"), changes)).toEqual({
      AppData: "C:\\R",
      Path: "C:\\bin",
      APPDATA: "/stage",
    });
  });
});
