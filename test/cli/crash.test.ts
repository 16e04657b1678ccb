import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, codesOf, type Home, makeHome, run, snapshot } from "./driver.ts";

const rounds = 25;
const original = `# mine\r\nGOBIN=/opt/bin\n${"# a long comment, so that a torn write would show\n".repeat(2000)}GOFLAGS=-v`;

/** What a file may hold after a run that was killed: what it held before, or what the run would have made of it. */
async function wholeTexts(home: Home, mirror: string): Promise<string[]> {
  const twin = await makeHome(await readFile(home.goenv));
  await run(["go", mirror, "--no-probe"], { home: twin });
  return [await readFile(home.goenv, "utf8"), await readFile(twin.goenv, "utf8")];
}

/** Undoes until there is nothing left, and gives back every message code on the way. */
async function undoAll(home: Home): Promise<void> {
  for (let turn = 0; turn < rounds * 2; turn += 1) {
    const { code, report } = await ask(["undo"], { home });
    expect(code, JSON.stringify(report.messages)).toBe(0);
    if (codesOf(report).includes("nothing-to-undo")) return;
  }
  throw new Error("there was always something left to undo");
}

/** Spread over the whole life of a run, more often where it writes. */
function moment(): number {
  return 5 + Math.round(Math.random() * 395);
}

describeWith("go", "kill -9 at a random moment", () => {
  it("leaves the file whole each time, and undo brings back the first byte", async () => {
    const home = await makeHome(original);
    const mirrors = ["goproxy-cn", "aliyun"];
    const whole = [original, ...(await wholeTexts(home, "goproxy-cn")), ...(await wholeTexts(home, "aliyun"))];
    for (let round = 0; round < rounds; round += 1) {
      const killAfterMs = moment();
      await run(["go", mirrors[round % 2] ?? "", "--no-probe"], { home, killAfterMs });
      const text = await readFile(home.goenv, "utf8");
      expect(
        whole.map((each) => each.replaceAll(/^GOSUMDB=.*\n/gm, "")),
        `killed after ${killAfterMs} ms`,
      ).toContain(text.replaceAll(/^GOSUMDB=.*\n/gm, ""));
    }
    const last = await run(["go", "huawei", "--no-probe"], { home });
    expect(last.code, last.stdout + last.stderr).toBe(0);
    await undoAll(home);
    expect(await readFile(home.goenv, "utf8")).toBe(original);
    expect(await readdir(join(home.goenv, ".."))).toEqual(["env"]);
  });

  it("while the file is being made: it is there whole, or not at all, and undo removes it with its folders", async () => {
    for (let round = 0; round < 8; round += 1) {
      const home = await makeHome();
      await run(["go", "goproxy-cn", "--no-probe"], { home, killAfterMs: 100 + moment() / 2 });
      const text = await readFile(home.goenv, "utf8").catch(() => null);
      expect([null, "GOPROXY=https://goproxy.cn,direct\n"]).toContain(text);
      await undoAll(home);
      const left = Object.keys(await snapshot(home.path)).filter((path) => !path.startsWith(".local"));
      expect(left).toEqual([""]);
    }
  });

  it("during an undo: the next undo completes it", async () => {
    const home = await makeHome(original);
    for (let round = 0; round < 8; round += 1) {
      await run(["go", "goproxy-cn", "--no-probe"], { home });
      await run(["undo"], { home, killAfterMs: 60 + moment() / 4 });
      await undoAll(home);
      expect(await readFile(home.goenv, "utf8")).toBe(original);
    }
  });

  it("does not lock the next run out", async () => {
    const home = await makeHome(original);
    const killed = Array.from({ length: 6 }, () =>
      run(["go", "aliyun", "--no-probe"], { home, killAfterMs: moment() }),
    );
    await Promise.all(killed);
    const { code, elapsedMs } = await run(["go", "goproxy-cn", "--no-probe"], { home });
    expect(code).toBe(0);
    expect(elapsedMs).toBeLessThan(5_000);
  });
});
