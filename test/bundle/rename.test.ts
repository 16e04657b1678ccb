import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { chunkPath } from "./bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "mirror-setup-held-"));
const file = join(folder, "settings");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Replaces the file on a system that refuses to rename some times, and says how often that was asked for. */
function renames(platform: string, refusals: number): number {
  const code = `const fs = require("node:fs/promises");
    const { rename } = fs;
    let asked = 0;
    fs.rename = async (from, to) => {
      asked += 1;
      if (asked <= ${refusals}) throw Object.assign(new Error("held"), { code: "EPERM" });
      await rename(from, to);
    };
    const { replaceFile } = require(${JSON.stringify(chunkPath("files"))});
    Object.defineProperty(process, "platform", { value: ${JSON.stringify(platform)} });
    replaceFile(${JSON.stringify(file)}, { bytes: Buffer.from("new"), mode: 0o644, owner: null })
      .then(() => process.stdout.write(String(asked)));`;
  return Number(execFileSync(process.execPath, ["-e", code], { encoding: "utf8" }));
}

it.each([
  ["a file that a virus scanner has open for a moment is replaced whole, later", "win32", 4, 5],
  ["a file that stays open is written in place in the end", "win32", 99, 11],
  ["elsewhere what cannot be renamed over is written in place at once", "linux", 99, 1],
])("%s", (_, platform, refusals, asked) => {
  writeFileSync(file, "old and longer");
  expect(renames(platform, refusals)).toBe(asked);
  expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["new", ["settings"]]);
});
