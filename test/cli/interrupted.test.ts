import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { databaseLine, makeHome, run, snapshot, trusting, useLab } from "./driver.ts";

describeWith("go", "a signal while probing", () => {
  const lab = useLab([{ id: "silent", fault: "hang-connect" }]);

  it.each(["SIGINT", "SIGTERM"] as const)("%s ends with 130, and nothing is half-done", async (signal) => {
    const home = await makeHome(databaseLine(lab()));
    const before = await snapshot(home.path);
    const args = ["go", "silent", "--timeout", "20s", "--catalog", lab().catalogFile];
    const ended = await run(args, { home, env: trusting(lab()), killAfterMs: 2_000, signal });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain("interrupted");
    expect(ended.elapsedMs).toBeLessThan(6_000);
    expect(await snapshot(home.path)).toEqual(before);
  });
});

describe("odd places to be run from", () => {
  it("a folder that is gone is no reason to fall over", async () => {
    const home = await makeHome();
    const gone = join(home.path, "gone");
    await mkdir(gone);
    const leave = join(home.path, "..", "leave.cjs");
    // Node remembers the folder it was started in; here it is asked only when that is gone already.
    const throwing = 'process.cwd = () => { throw Object.assign(new Error("uv_cwd"), { code: "ENOENT" }); };';
    await writeFile(
      leave,
      `require("node:fs").rmdirSync(${JSON.stringify(gone)});
${throwing}
`,
    );
    const { code, stdout, stderr } = await run(["list", "go"], {
      home,
      cwd: gone,
      env: { NODE_OPTIONS: `--require ${leave}` },
    });
    expect(stderr).not.toMatch(/\n\s+at /);
    expect([code, stdout.includes("goproxy-cn")]).toEqual([0, true]);
  });
});
