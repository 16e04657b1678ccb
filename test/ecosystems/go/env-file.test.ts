import { describe, expect, it } from "vitest";
import { envFile } from "../../../src/ecosystems/go/env-file.ts";
import type { HostFacts } from "../../../src/platform/types.ts";

type Row = [name: string, os: HostFacts["os"], home: string | null, env: Record<string, string>, wanted: unknown];
const at = (path: string, ignored = false) => ({ path, ignored });
const mac = "/Users/u/Library/Application Support/go/env";

const rows: Row[] = [
  ["linux", "linux", "/home/u", {}, at("/home/u/.config/go/env")],
  ["linux, XDG", "linux", "/home/u", { XDG_CONFIG_HOME: "/x" }, at("/x/go/env")],
  ["linux, empty XDG", "linux", "/home/u", { XDG_CONFIG_HOME: "" }, at("/home/u/.config/go/env")],
  ["linux, relative XDG", "linux", "/home/u", { XDG_CONFIG_HOME: "x" }, "XDG_CONFIG_HOME"],
  ["linux, no home", "linux", null, {}, "HOME"],
  ["linux, no home but XDG", "linux", null, { XDG_CONFIG_HOME: "/x" }, at("/x/go/env")],
  ["linux, GOENV", "linux", "/home/u", { GOENV: "/e/goenv", XDG_CONFIG_HOME: "/x" }, at("/e/goenv")],
  ["linux, GOENV and no home", "linux", null, { GOENV: "/e/goenv" }, at("/e/goenv")],
  ["linux, GOENV=off", "linux", "/home/u", { GOENV: "off" }, at("/home/u/.config/go/env", true)],
  ["linux, GOENV empty", "linux", "/home/u", { GOENV: "" }, at("/home/u/.config/go/env")],
  ["darwin", "darwin", "/Users/u", {}, at(mac)],
  ["darwin ignores XDG", "darwin", "/Users/u", { XDG_CONFIG_HOME: "/x" }, at(mac)],
  ["darwin, no home", "darwin", null, {}, "HOME"],
  ["darwin, GOENV=off", "darwin", "/Users/u", { GOENV: "off" }, at(mac, true)],
  ["windows", "win32", "C:\\Users\\u", { AppData: "C:\\R" }, at("C:\\R\\go\\env")],
  ["windows, any case", "win32", "C:\\Users\\u", { APPDATA: "C:\\R" }, at("C:\\R\\go\\env")],
  ["windows, no AppData", "win32", "C:\\Users\\u", { XDG_CONFIG_HOME: "C:\\x" }, "AppData"],
  ["windows, GOENV in any case", "win32", null, { goenv: "D:\\goenv" }, at("D:\\goenv")],
];

describe("where go keeps its settings", () => {
  it.each(rows)("%s", (_, os, home, env, wanted) => {
    expect(envFile({ os, home, env, uid: 1, cwd: "/" })).toEqual(wanted);
  });
});
