import { lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import {
  ask,
  codesOf,
  databaseLine,
  exampleCatalog,
  type Home,
  makeHome,
  run,
  snapshot,
  trusting,
  useLab,
  withOnly,
} from "./driver.ts";

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

describe("a Ctrl-C in a terminal, which reaches the tool that is being asked as well", () => {
  /** Stands in for npm: is interrupted, and so are we, when asked for its settings once `when` holds. */
  const npmThat = async (home: Home, when: string) => {
    const { PATH } = await withOnly(home);
    const lines = [
      "#!/bin/sh",
      'case "$1 $2" in --version*) echo 11.0.0; exit ;; "config get") echo https://registry.example/; exit ;; esac',
      `if ${when}; then kill -INT $PPID; kill -INT $$; else echo '{}'; fi`,
    ];
    await writeFile(join(PATH, "npm"), `${lines.join("\n")}\n`, { mode: 0o755 });
    return { PATH: `${PATH}:/usr/bin:/bin` };
  };

  it.each([["npm near --no-probe"], ["all near --no-probe"], ["reset npm"], ["status npm"]])(
    "before anything is written: %s ends with 130, and the tool is not blamed",
    async (line) => {
      const home = await makeHome();
      const before = await snapshot(home.path);
      const args = [...line.split(" "), "--catalog", await exampleCatalog(home)];
      const { code, report } = await ask(args, { home, env: await npmThat(home, "true") });
      expect([code, codesOf(report)]).toEqual([130, ["interrupted"]]);
      expect(await snapshot(home.path)).toEqual(before);
    },
  );

  it("after the write: says that it was written and not seen, and undo takes it back", async () => {
    const home = await makeHome();
    const env = await npmThat(home, '[ -e "$HOME/.npmrc" ]');
    const args = ["npm", "near", "--no-probe", "--catalog", await exampleCatalog(home)];
    const { code, report } = await ask(args, { home, env });
    expect([code, codesOf(report)]).toEqual([130, expect.arrayContaining(["interrupted-after"])]);
    expect(report.transaction).not.toBeNull();
    expect((await run(["undo"], { home })).code).toBe(0);
    await expect(lstat(home.npmrc)).rejects.toThrow();
  });

  it("between the write and the trial that was asked for: what was written is put back", async () => {
    const home = await makeHome();
    const env = await npmThat(home, '[ -e "$HOME/.npmrc" ]');
    const catalog = await exampleCatalog(home);
    const known = JSON.parse(await readFile(catalog, "utf8")) as object;
    const integrity = `sha512-${"A".repeat(86)}==`;
    await writeFile(
      catalog,
      JSON.stringify({ ...known, probes: { npm: { package: "x", version: "1.0.0", integrity } } }),
    );
    const { code, report } = await ask(["npm", "near", "--no-probe", "--verify", "--catalog", catalog], { home, env });
    expect([code, codesOf(report)]).toEqual([130, expect.arrayContaining(["interrupted", "rolled-back"])]);
    expect(report).toMatchObject({ transaction: null, changes: [] });
    await expect(lstat(home.npmrc)).rejects.toThrow();
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
