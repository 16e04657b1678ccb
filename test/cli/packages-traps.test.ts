import { chmod, lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import {
  ask,
  codesOf,
  exampleCatalog,
  exampleUrl,
  type Home,
  makeHome,
  put,
  run,
  snapshot,
  trustingAll,
  useLab,
  withOnly,
} from "./driver.ts";

const kinds = {
  pip: {
    file: (home: Home) => home.pipConf,
    mine: "# mine\n[global]\ntimeout = 60\n",
    line: `index-url = ${exampleUrl("near", "pip")}`,
  },
  npm: {
    file: (home: Home) => home.npmrc,
    mine: "; mine\nfund=false\n",
    line: `registry=${exampleUrl("near", "npm")}`,
  },
} as const;

for (const ecosystem of ["pip", "npm"] as const) {
  const { file, mine, line } = kinds[ecosystem];
  const written = (home: Home) => readFile(file(home), "utf8");

  describe(`${ecosystem}, not installed`, () => {
    it("ends with 4, names the way out, and writes nothing", async () => {
      const home = await makeHome();
      const args = [ecosystem, "near", "--no-probe", "--catalog", await exampleCatalog(home)];
      const { code, stderr } = await run(args, { home, env: await withOnly(home) });
      expect([code, stderr]).toEqual([4, expect.stringContaining("--allow-missing")]);
      expect(Object.keys(await snapshot(home.path))).toEqual([""]);
    });

    it("has its file written with --allow-missing, unconfirmed; undo takes it away", async () => {
      const home = await makeHome();
      const way = { home, env: await withOnly(home) };
      const args = [ecosystem, "near", "--no-probe", "--allow-missing", "--only", ecosystem];
      const { code, report } = await ask([...args, "--catalog", await exampleCatalog(home)], way);
      expect([code, codesOf(report)]).toEqual([0, expect.arrayContaining(["unconfirmed"])]);
      expect((await written(home)).split("\n")).toContain(line);
      expect((await run(["undo"], way)).code).toBe(0);
      await expect(lstat(file(home))).rejects.toThrow();
    });
  });

  describeWith(ecosystem, `${ecosystem}: what may go wrong on the way`, () => {
    const lab = useLab([
      { id: "good", ecosystem, rttMs: 3 },
      { id: "silent", ecosystem, fault: "hang-connect" },
    ]);
    const newWay = async () => {
      const home = await makeHome();
      await put(file(home), mine);
      return { home, env: { ...trustingAll(lab()), ...(await withOnly(home, ecosystem)) } };
    };
    const inLab = (...args: string[]) => [ecosystem, ...args, "--catalog", lab().catalogFile];

    it("a read-only file stays as it is: 5, and how to change that", async () => {
      const way = await newWay();
      await chmod(file(way.home), 0o444);
      const before = await snapshot(way.home.path, { times: false });
      const { code, stderr } = await run(inLab("good", "--no-probe"), way);
      expect([code, stderr]).toEqual([5, expect.stringContaining("read-only")]);
      expect(await snapshot(way.home.path, { times: false })).toMatchObject(before);
    });

    it("no network: 3, said as what it is, and nothing is written", async () => {
      const way = await newWay();
      for (const id of ["good", "silent"]) lab().host(id).setFault("refused");
      const before = await snapshot(way.home.path);
      const { code, report } = await ask(inLab("--fastest"), way);
      lab().host("good").setFault(null);
      lab().host("silent").setFault("hang-connect");
      expect([code, codesOf(report)]).toEqual([3, expect.arrayContaining(["cause-offline", "none-usable"])]);
      expect(report.transaction).toBeNull();
      expect(await snapshot(way.home.path)).toEqual(before);
    });

    it("Ctrl-C while probing: 130, and nothing is half-done", async () => {
      const way = await newWay();
      const before = await snapshot(way.home.path);
      const args = inLab("silent", "--timeout", "60s");
      const ended = await run(args, { ...way, killAfterMs: 5_000, signal: "SIGINT" });
      expect([ended.code, ended.stderr]).toEqual([130, expect.stringContaining("interrupted")]);
      expect(await snapshot(way.home.path)).toEqual(before);
    });

    it("looking leaves no trace: no log, no cache, no bytecode", async () => {
      const way = await newWay();
      const before = await snapshot(way.home.path);
      for (const args of [["status", ecosystem], ["test", ecosystem, "good"], inLab("good", "--dry-run")]) {
        expect(
          (await run([...args, ...(args[0] === ecosystem ? [] : ["--catalog", lab().catalogFile])], way)).code,
        ).toBe(0);
        expect(await snapshot(way.home.path), args.join(" ")).toEqual(before);
      }
      expect(Object.keys(await snapshot(join(way.home.path, "..", "tmp")))).toEqual([""]);
    });
  });
}

describeWith("pip", "pip and npm at once, more than once each", () => {
  it("each is done or refused, and all of it can be undone", async () => {
    const home = await makeHome();
    for (const ecosystem of ["pip", "npm"] as const) await put(kinds[ecosystem].file(home), kinds[ecosystem].mine);
    const before = await snapshot(home.path, { times: false });
    const way = { home, env: await withOnly(home, "pip", "npm") };
    const catalog = await exampleCatalog(home);
    const runs = await Promise.all(
      ["pip near", "npm near", "npm far"].map((line) =>
        run([...line.split(" "), "--no-probe", "--catalog", catalog], way),
      ),
    );
    for (const { code, stdout, stderr } of runs) expect([0, 5, 7], stdout + stderr).toContain(code);
    const { report } = await ask(["history"], way);
    expect(report.transactions.length).toBe(runs.filter(({ code }) => code !== 5).length);
    for (const _ of report.transactions) expect((await run(["undo"], way)).code).toBe(0);
    expect(await snapshot(home.path, { times: false })).toMatchObject(before);
  });
});
