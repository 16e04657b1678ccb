import { lstat, readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type { HostSpec } from "../lab/index.ts";
import { describeWith } from "../lab/tools.ts";
import { changeDocument, faultsOf, type Report } from "./documents.ts";
import { ask, codesOf, databaseLine, makeHome, put, run, snapshot, trustingAll, useLab, withOnly } from "./driver.ts";

const ecosystems = ["go", "pip", "npm"] as const;

/** In each ecosystem one that is good, one that is bad, and one that proves nothing but answers. */
const hosts = ecosystems.flatMap((ecosystem): HostSpec[] => [
  { id: `${ecosystem}-good`, mirrorId: "good", ecosystem, rttMs: 6 },
  { id: `${ecosystem}-bad`, mirrorId: "bad", ecosystem, rttMs: 1, fault: "denied" },
  { id: `${ecosystem}-dead`, mirrorId: "dead", ecosystem, fault: "refused" },
]);

/** How it went for each. */
function outcomesOf(report: Report): Record<string, number> {
  const { outcomes } = report as Report & { readonly outcomes: readonly { ecosystem: string; exitCode: number }[] };
  return Object.fromEntries(outcomes.map(({ ecosystem, exitCode }) => [ecosystem, exitCode]));
}

describeWith("go", "all, where only some of the tools are", () => {
  const lab = useLab(hosts);
  const fastest = () => ["all", "--fastest", "--catalog", lab().catalogFile];
  const url = (ecosystem: string) => lab().host(`${ecosystem}-good`).mirrorUrl;

  /** A home with some of the tools, whose lab they trust. */
  const wayWith = async (...tools: readonly (typeof ecosystems)[number][]) => {
    const home = await makeHome(databaseLine(lab()));
    return { home, env: { ...trustingAll(lab()), ...(await withOnly(home, ...tools)) } };
  };
  const others = async (way: Awaited<ReturnType<typeof wayWith>>) => {
    const found = Object.entries(await snapshot(way.home.path, { times: false }));
    return Object.fromEntries(found.filter(([path]) => !/^\.(local|cache)/.test(path)));
  };

  it("sets what is there in one transaction, says what it skipped, does nothing the second time, and undo undoes all", async () => {
    const way = await wayWith("go", "npm");
    const before = await others(way);
    const { code, report } = await ask(fastest(), way);
    expect(code, JSON.stringify(report.messages)).toBe(0);
    expect(faultsOf(changeDocument, report)).toEqual([]);
    expect(report.changes.map(({ ecosystem, after }) => [ecosystem, after])).toEqual([
      ["go", `${url("go")},direct`],
      ["npm", url("npm")],
    ]);
    expect(report.skipped).toContainEqual({ ecosystem: "pip", tool: "pip", reason: "tool-missing" });
    expect(outcomesOf(report)).toEqual({ go: 0, pip: 4, npm: 0, docker: 4 });
    expect((await ask(["history"], way)).report.transactions.map(({ id }) => id)).toEqual([report.transaction]);
    await expect(lstat(way.home.pipConf)).rejects.toThrow();

    const written = await snapshot(way.home.path);
    const again = await run(fastest(), way);
    expect([again.code, again.stdout.includes("nothing to do")]).toEqual([0, true]);
    expect(await snapshot(way.home.path)).toEqual(written);

    expect((await run(["undo"], way)).code).toBe(0);
    expect(await others(way)).toEqual(before);
  });

  it("previews without a trace", async () => {
    const way = await wayWith("go", "npm");
    const before = await snapshot(way.home.path);
    const { code, report } = await ask([...fastest(), "--dry-run"], way);
    expect([code, report.dryRun, report.transaction]).toEqual([0, true, null]);
    expect(report.changes.map(({ ecosystem }) => ecosystem)).toEqual(["go", "npm"]);
    expect(await snapshot(way.home.path)).toEqual(before);
    expect(Object.keys(await snapshot(`${way.home.path}/../tmp`))).toEqual([""]);
  });

  it("takes the names where each is known, and refuses a name nobody knows", async () => {
    const way = await wayWith("npm");
    const { code, report } = await ask(["all", "good", "--catalog", lab().catalogFile], way);
    expect([code, outcomesOf(report)]).toEqual([0, { go: 4, pip: 4, npm: 0, docker: 0 }]);
    const unknown = await ask(["all", "goood", "--catalog", lab().catalogFile], way);
    expect([unknown.code, codesOf(unknown.report)]).toEqual([2, ["unknown-mirror-near"]]);
  });

  it("--only takes the tools where they belong, and leaves the other ecosystems out", async () => {
    const way = await wayWith("go", "npm");
    const { code, report } = await ask(["all", "good", "--only", "npm", "--catalog", lab().catalogFile], way);
    expect([code, outcomesOf(report), report.changes.length]).toEqual([0, { npm: 0 }, 1]);
    const reset = await ask(["reset", "--only", "npm", "--catalog", lab().catalogFile], way);
    expect([reset.code, outcomesOf(reset.report), reset.report.changes.length]).toEqual([0, { npm: 0 }, 1]);
  });

  it.each([
    ["a tool that none has", "all good --no-probe --only npm,nmp", ["unknown-tool"]],
    ["a scope that one lacks", "all good --no-probe --scope project", ["scope-unsupported"]],
    ["the same for reset", "reset --scope project", ["scope-unsupported"]],
    ["more names than one has room for", "all good bad --no-probe", ["one-index"]],
  ])("a mistake stops all of them: %s", async (_, line, said) => {
    const way = await wayWith("go", "npm");
    await put(way.home.npmrc, `registry=${url("npm")}\n`);
    const before = await snapshot(way.home.path);
    const { code, report } = await ask([...line.split(" "), "--catalog", lab().catalogFile], way);
    expect([code, codesOf(report)]).toEqual([2, said]);
    expect(await snapshot(way.home.path)).toEqual(before);
  });

  it("with no tool at all ends with 4 and writes nothing", async () => {
    const way = await wayWith();
    const before = await snapshot(way.home.path);
    const { code, report } = await ask(fastest(), way);
    expect([code, outcomesOf(report)]).toEqual([4, { go: 4, pip: 4, npm: 4, docker: 4 }]);
    expect(await snapshot(way.home.path)).toEqual(before);
  });
});

describeWith("pip", "all, where one of them cannot be done", () => {
  const lab = useLab(hosts);
  const fastest = () => ["all", "--fastest", "--catalog", lab().catalogFile];
  const newWay = async () => {
    const home = await makeHome(databaseLine(lab()));
    return { home, env: { ...trustingAll(lab()), ...(await withOnly(home, ...ecosystems)) } };
  };

  it("for want of a good mirror: the others are written, and it ends with 3", async () => {
    const way = await newWay();
    lab().host("pip-good").setFault("tampered");
    const { code, report } = await ask(fastest(), way);
    lab().host("pip-good").setFault(null);
    expect([code, outcomesOf(report)]).toEqual([3, { go: 0, pip: 3, npm: 0, docker: 4 }]);
    expect(report.changes.map(({ ecosystem }) => ecosystem)).toEqual(["go", "npm"]);
    expect(report.messages.filter(({ level }) => level === "error").map(({ code: said }) => said)).toEqual([
      "none-usable",
    ]);
    await expect(lstat(way.home.pipConf)).rejects.toThrow();
    expect(await readFile(way.home.npmrc, "utf8")).toContain(lab().host("npm-good").url);
  });

  it("for a file that its tool cannot read: the others are written, and it ends with 5 and the line", async () => {
    const way = await newWay();
    const broken = "[global]\ntimeout = 60\n[global]\nretries = 3\n";
    await put(way.home.pipConf, broken);
    const seen = lab().host("pip-good").log.length;
    const { code, report } = await ask(fastest(), way);
    expect([code, outcomesOf(report)]).toEqual([5, { go: 0, pip: 5, npm: 0, docker: 4 }]);
    const problem = report.messages.find(({ code: said }) => said === "file-problem-at");
    expect(problem?.args).toMatchObject({ file: way.home.pipConf, line: 3 });
    expect(await readFile(way.home.pipConf, "utf8")).toBe(broken);
    expect(lab().host("pip-good").log.length).toBe(seen);
    expect((await run(["undo"], way)).code).toBe(0);
    expect(await readFile(way.home.goenv, "utf8")).toBe(databaseLine(lab()));
    await expect(lstat(way.home.npmrc)).rejects.toThrow();
  });

  it("--verify: what cannot fetch is put back, the others stay, and undo takes the rest", async () => {
    const way = await newWay();
    // The lab's certificate is unknown to pip alone: our own probe goes by another variable.
    const env = { ...way.env, PIP_CERT: "/etc/hostname" };
    const { code, report } = await ask([...fastest(), "--verify"], { ...way, env });
    expect([code, outcomesOf(report)]).toEqual([8, { go: 0, pip: 8, npm: 0, docker: 4 }]);
    expect(report.changes.map(({ ecosystem }) => ecosystem)).toEqual(["go", "npm"]);
    expect(
      codesOf(report)
        .filter((said) => /verif|rolled/.test(said))
        .toSorted(),
    ).toEqual(["rolled-back", "verified", "verified", "verify-failed"]);
    await expect(lstat(way.home.pipConf)).rejects.toThrow();
    const { report: undone } = await ask(["undo"], way);
    expect(undone.transaction).toBe(report.transaction);
    expect(await readFile(way.home.goenv, "utf8")).toBe(databaseLine(lab()));
    await expect(lstat(way.home.npmrc)).rejects.toThrow();
    expect(codesOf((await ask(["undo"], way)).report)).toEqual(["nothing-to-undo"]);
  });
});
