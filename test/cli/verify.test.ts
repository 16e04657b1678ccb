import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, codesOf, databaseLine, makeHome, run, snapshot, trusting, useLab } from "./driver.ts";

describeWith("go", "--verify", () => {
  const lab = useLab([
    { id: "good" },
    { id: "bare", fault: "no-sumdb" },
    { id: "tampered", fault: "tampered-zip" },
    { id: "denied", fault: "denied" },
  ]);
  const way = async () => ({ home: await makeHome(`# mine\n${databaseLine(lab())}`), env: trusting(lab()) });
  const go = (...args: string[]) => ["go", ...args, "--verify", "--catalog", lab().catalogFile];

  it.each(["good", "bare", "--fastest"])("%s: the real go fetched through it", async (what) => {
    const here = await way();
    const seen = lab().host("good").log.length + lab().host("bare").log.length;
    const { code, report } = await ask(go(what), here);
    expect(code, JSON.stringify(report.messages)).toBe(0);
    expect(codesOf(report)).toContain("verified");
    const requests = [...lab().host("good").log, ...lab().host("bare").log].slice(0);
    expect(requests.length).toBeGreaterThan(seen);
    expect(requests.map(({ userAgent }) => userAgent)).toContain("Go-http-client/1.1");
  });

  it.each(["tampered", "denied"])("%s, insisted on: ends with 8, and everything is put back", async (what) => {
    const here = await way();
    const before = await snapshot(here.home.path, { times: false });
    const { code, report } = await ask(go(what, "--no-probe"), here);
    expect(code).toBe(8);
    expect(codesOf(report)).toEqual(expect.arrayContaining(["verify-failed", "rolled-back"]));
    expect(report).toMatchObject({ transaction: null, changes: [] });
    const after = await snapshot(here.home.path, { times: false });
    expect(Object.fromEntries(Object.entries(after).filter(([path]) => !path.startsWith(".local")))).toEqual(before);
    expect(report.inForce.find(({ key }) => key === "GOPROXY")?.value).not.toContain("127.0.0.1");
  });

  it("puts back a file that it made, with its folders", async () => {
    const home = await makeHome();
    const { code } = await run(go("denied", "--no-probe"), { home, env: trusting(lab()) });
    expect(code).toBe(8);
    await expect(readFile(home.goenv)).rejects.toThrow();
    expect(await readdir(home.path)).not.toContain(".config");
  });

  it("says why, in one line of go's own", async () => {
    const { stderr } = await run(go("tampered", "--no-probe"), await way());
    expect(stderr).toMatch(/^error: .*\n$/);
    expect(stderr).toMatch(/checksum mismatch|SECURITY ERROR|verifying/);
  });

  it("leaves no module cache behind, and is not undone twice", async () => {
    const here = await way();
    await run(go("good"), here);
    expect(await readdir(join(here.home.path, "..", "tmp"))).toEqual([]);
    expect((await readdir(here.home.path)).toSorted()).toEqual([".config", ".local"]);
    await run(go("tampered", "--no-probe"), here);
    expect(await readFile(here.home.goenv, "utf8")).toContain(lab().host("good").url);
    expect((await run(["undo"], here)).code).toBe(0);
    expect(await readFile(here.home.goenv, "utf8")).toBe(`# mine\n${databaseLine(lab())}`);
  });
});
