import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { HostFacts } from "../../src/platform/types.ts";
import type * as Programs from "../../src/ports/programs.ts";
import type { Command } from "../../src/ports/types.ts";
import { chunk, chunkPath } from "./bundle.ts";

const { runProgram, runStaged } = chunk<typeof Programs>("programs");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "mirror-setup-bundle-")));
const facts: HostFacts = { os: "linux", env: { KEPT: "1", GONE: "1" }, home: null, uid: null, cwd: folder };

/** A program in JavaScript, run by this Node. */
function node(code: string, ...args: string[]): Command {
  return { argv: [process.execPath, "-e", code, "--", ...args] };
}

function run(command: Command) {
  return runProgram(facts, command, folder);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("execa, as much of it as is bundled", () => {
  it("passes arguments as they are", async () => {
    const args = ["a b", "$HOME", "`id`", "'", '"', "*", "", "é\n"];
    const { code, stdout } = await run(node("process.stdout.write(JSON.stringify(process.argv.slice(1)))", ...args));
    expect([code, JSON.parse(stdout)]).toEqual([0, args]);
  });

  it("passes the environment with its changes and nothing else", async () => {
    const shown = node("process.stdout.write(JSON.stringify(process.env))");
    const { stdout } = await run({ ...shown, env: { GONE: null, NEW: "é" } });
    expect(JSON.parse(stdout)).toEqual({ KEPT: "1", NEW: "é" });
  });

  it("runs in the folder, with nothing to read, and keeps both outputs whole and apart", async () => {
    const code = `process.stdin.on("end", () => {
      process.stdout.write(process.cwd() + "\\n\\n"); process.stderr.write("é\\n"); process.exitCode = 3;
    }).resume()`;
    expect(await run(node(code))).toEqual({ code: 3, stdout: `${folder}\n\n`, stderr: "é\n" });
  });

  it("joins what is split in the middle of a character", async () => {
    const code = `const [a, b] = [Buffer.from("é").subarray(0, 1), Buffer.from("é").subarray(1)];
      process.stdout.write(a, () => setTimeout(() => process.stdout.write(b), 100))`;
    expect((await run(node(code))).stdout).toBe("é");
  });

  it("ends what takes too long, and says so", async () => {
    for (const code of ["setInterval(() => {}, 1000)", "console.error('a warning'); setInterval(() => {}, 1000)"]) {
      const ended = await run({ ...node(code), timeoutMs: 200 });
      expect(ended.code).toBeNull();
      expect(ended.stderr).toMatch(/^Command timed out after 200 milliseconds: /);
    }
  });

  it("reads no more than a bound, and says so", async () => {
    const { stdout, stderr } = await run(node(`process.stdout.on("error", () => {}).write("x".repeat(5_000_000))`));
    expect(stdout.length).toBe(4 * 1024 * 1024);
    expect(stderr).toMatch(/^Command's stdout was larger than 4194304 characters: /);
  });

  it("names the signal that ended a program, and what could not be started", async () => {
    const killed = await run(node(`process.kill(process.pid, "SIGKILL")`));
    expect([killed.code, killed.stderr]).toEqual([null, expect.stringMatching(/^Command was killed with SIGKILL \(/)]);
    const odd = await run(node(`process.kill(process.pid, "SIGUSR2")`));
    expect(odd.stderr).toMatch(/^Command was killed with SIGUSR2 \(/);
    const missing = await run({ argv: [join(folder, "nowhere")] });
    expect([missing.code, missing.stderr]).toEqual([null, expect.stringMatching(/^Command failed with ENOENT: /)]);
  });

  it("works in a private folder", async () => {
    const code = `require("fs").appendFileSync("f", "2")`;
    const { files } = await runStaged(facts, node(code), { f: Buffer.from("1") });
    expect(Buffer.from(files.f ?? []).toString()).toBe("12");
  });

  it("reaches a .cmd shim on Windows through cmd.exe, with arguments escaped for it", () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "tool.cmd"), "");
    const cmd = join(folder, "cmd.exe");
    writeFileSync(cmd, `#!/bin/sh\nfor a in "$@"; do echo "<$a>"; done\n`);
    chmodSync(cmd, 0o755);
    const code = `Object.defineProperty(process, "platform", { value: "win32" });
      const { runProgram } = require(${JSON.stringify(chunkPath("programs"))});
      const facts = ${JSON.stringify({ ...facts, env: { PATH: bin } })};
      runProgram(facts, { argv: ["tool", "a&b"] }, ${JSON.stringify(folder)}).then((r) => console.log(JSON.stringify(r)));`;
    const env = { comspec: cmd, PATHEXT: ".CMD", OSTYPE: "" };
    const { stdout } = JSON.parse(execFileSync(process.execPath, ["-e", code], { env, encoding: "utf8" }));
    expect(stdout).toBe(`</q>\n</d>\n</s>\n</c>\n<"tool ^"a^&b^"">\n`);
  });
});
