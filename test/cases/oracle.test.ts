import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { goenv } from "../../src/edits/goenv.ts";
import { ini } from "../../src/edits/ini.ts";
import { npmrc } from "../../src/edits/npmrc.ts";
import { decodeText } from "../../src/edits/text.ts";
import { npmsIni } from "../edits/oracles/npm.ts";
import { pipReads } from "../edits/oracles/pip.ts";
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

describeWith("python3", "what pip itself reads from the cases", () => {
  it("is what we read", () => {
    const texts = textsOf("ini");
    const answers = pipReads(texts.map(({ text }) => text));
    for (const [index, { name, text }] of texts.entries()) {
      const values = Object.fromEntries(ini.entries(text).map(({ key, value }) => [key, value]));
      expect({ name, values }).toEqual({ name, ...answers[index] });
    }
  });
});

describeWith("npm", "what npm itself reads from the cases", () => {
  it("is what we read", () => {
    const { decode } = npmsIni();
    for (const { name, text } of textsOf("npmrc")) {
      const top = Object.entries(decode(text)).filter(([, value]) => typeof value !== "object");
      const values = Object.fromEntries(npmrc.entries(text).map(({ key, value }) => [key, value]));
      expect({ name, values }).toMatchObject({ name, values: Object.fromEntries(top.map(([k, v]) => [k, String(v)])) });
    }
  });
});

/** What a case begins and ends with. */
function textsOf(format: string): { name: string; text: string }[] {
  const cases = readdirSync(join(import.meta.dirname, format)).flatMap((name) => [`${name}/before`, `${name}/after`]);
  return cases.map((name) => ({ name, text: decodeText(readFileSync(join(import.meta.dirname, format, name))).text }));
}
