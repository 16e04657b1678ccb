import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { goenv } from "../../src/edits/goenv.ts";
import { decodeText } from "../../src/edits/text.ts";
import { describeWith } from "../lab/tools.ts";

const folder = join(import.meta.dirname, "goenv");

describeWith("go", "what go itself reads from the cases", () => {
  it.each(readdirSync(folder))("%s", (name) => {
    const file = join(folder, name, "after");
    const keys = ["GOPROXY", "GOSUMDB", "GOPRIVATE"];
    const env = { PATH: process.env.PATH, HOME: "/nonexistent", GOENV: file, GOTOOLCHAIN: "local" };
    const says = JSON.parse(execFileSync("go", ["env", "-json", ...keys], { env, cwd: folder, encoding: "utf8" }));
    const entries = new Map(goenv.entries(decodeText(readFileSync(file)).text).map(({ key, value }) => [key, value]));
    for (const key of keys) if (entries.get(key)) expect([key, says[key]]).toEqual([key, entries.get(key)]);
    expect(entries.has("GOPROXY") ? says.GOPROXY : "default").not.toBe("");
  });
});
