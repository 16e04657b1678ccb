import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, type Home, makeHome, run, snapshot, withoutGo } from "./driver.ts";

const original = "# mine\r\nGOBIN=/opt/bin\nGOFLAGS=-v";
const mirrors = {
  "goproxy-cn": "goproxy.cn",
  aliyun: "mirrors.aliyun.com",
  huawei: "repo.huaweicloud.com",
  nju: "repo.nju.edu.cn",
};

/** Done, refused, or done and then outrun by another before it could be seen to be in force. */
const honest = [0, 5, 7];

/** Starts a run for each mirror, all at once. */
function storm(home: Home) {
  return Promise.all(Object.keys(mirrors).map((id) => run(["go", id, "--no-probe"], { home })));
}

async function undoAll(home: Home): Promise<number> {
  for (let count = 0; ; count += 1) {
    const { code, report } = await ask(["undo"], { home });
    expect(code).toBe(0);
    if (report.transaction === null) return count;
  }
}

describeWith("go", "several runs at once", () => {
  it.each([
    ["with a file", original],
    ["without one", undefined],
  ])("%s: each is done or refused, and all can be undone", async (_, content) => {
    const home = await makeHome(content);
    const before = await snapshot(home.path, { times: false });
    const runs = await storm(home);
    const codes = runs.map(({ code }) => code);
    for (const { code, stdout, stderr } of runs) expect(honest, stdout + stderr).toContain(code);
    expect(codes).toContain(0);
    const text = await readFile(home.goenv, "utf8");
    expect(Object.values(mirrors).filter((host) => text.includes(host))).toHaveLength(1);
    const { report } = await ask(["history"], { home });
    expect(report.transactions.length).toBe(codes.filter((code) => code !== 5).length);
    expect(await undoAll(home)).toBe(report.transactions.length);
    expect(await snapshot(home.path, { times: false })).toMatchObject(before);
    if (content === undefined) await expect(readFile(home.goenv)).rejects.toThrow();
  });

  it("leaves no lock and no temporary file", async () => {
    const home = await makeHome(original);
    await storm(home);
    expect(await readdir(join(home.goenv, ".."))).toEqual(["env"]);
    expect(await readdir(join(home.journal, ".."))).toEqual(["journal"]);
    expect(await readdir(join(home.path, "..", "tmp"))).toEqual([]);
  });

  it("an undo among writes loses nothing", async () => {
    const home = await makeHome(original);
    await run(["go", "goproxy-cn", "--no-probe"], { home });
    const others = ["aliyun", "huawei"].map((id) => run(["go", id, "--no-probe"], { home }));
    const ended = await Promise.all([...others, run(["undo"], { home }), run(["undo"], { home })]);
    for (const { code, stdout, stderr } of ended) expect(honest, stdout + stderr).toContain(code);
    await undoAll(home);
    expect(await readFile(home.goenv, "utf8")).toBe(original);
  });

  it("many at once, many times: no two ever write together", async () => {
    const home = await makeHome(original);
    const env = await withoutGo(home);
    for (let round = 0; round < 6; round += 1) {
      const ids = [...Object.keys(mirrors), "goproxy-io", "tencent"];
      await Promise.all(ids.map((id) => run(["go", id, "--no-probe", "--allow-missing"], { home, env })));
      await undoAll(home);
      expect(await readFile(home.goenv, "utf8"), `round ${round}`).toBe(original);
    }
  });
});
