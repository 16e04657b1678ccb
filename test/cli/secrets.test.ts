import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { databaseLine, makeHome, put, run, snapshot, trusting, useLab } from "./driver.ts";

const secret = "hunter2";
const own = `https://alice:${secret}@go.corp.example`;
/** A token without a colon is one, too. */
const token = "https://glpat-hunter2@git.corp.example/go";

describeWith("go", "secrets in addresses", () => {
  const lab = useLab([{ id: "one" }]);

  it.each([
    ["status go"],
    ["status go --json"],
    ["go goproxy-cn --no-probe --dry-run"],
    ["go goproxy-cn --no-probe --dry-run --json"],
    ["go goproxy-cn --no-probe"],
    ["go goproxy-cn --no-probe --json --verbose"],
    ["reset go"],
    ["reset go --json"],
    ["history --json"],
    ["undo --json"],
  ])("that stand in the file are not printed by %s", async (line) => {
    for (const address of [own, token]) {
      const home = await makeHome(`# ${address}\nGOPROXY=${address},https://mirrors.aliyun.com/goproxy/,direct\n`);
      await run(["go", "huawei", "--no-probe", "--allow-missing"], { home });
      const { stdout, stderr } = await run(line.split(" "), { home });
      expect(stdout + stderr).not.toContain(secret);
      if (/^(status|go)/.test(line)) expect(stdout).toContain("***@");
    }
  });

  it("that stand in a variable are not printed either", async () => {
    const home = await makeHome();
    const env = { GOPROXY: `${own},direct` };
    for (const args of [
      ["status", "go"],
      ["go", "goproxy-cn", "--no-probe"],
      ["status", "go", "--json"],
    ]) {
      const { stdout, stderr } = await run(args, { home, env });
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it("that are typed are written, in a private file, and never shown again", async () => {
    const home = await makeHome();
    for (const line of [`go ${own} --no-probe`, "history", "history --json", "status go", "undo"]) {
      const { stdout, stderr } = await run(line.split(" "), { home });
      expect(stdout + stderr).not.toContain(secret);
      if (line.startsWith("go ")) expect(await readFile(home.goenv, "utf8")).toContain(own);
      if (line.startsWith("go ")) expect((await snapshot(home.path))[".config/go/env"]?.mode).toMatch(/600$/);
    }
  });

  it.each([
    `go https://alice:${secret}@ --no-probe`,
    `go ftp://alice:${secret}@go.corp.example --no-probe`,
    `go http://alice:${secret}@go.corp.example --no-probe`,
    `go https://alice:${secret}@go.corp.example/?q --no-probe`,
    `frobnicate https://alice:${secret}@go.corp.example`,
    `https://alice:${secret}@go.corp.example`,
  ])("that stand in a mistake are not repeated: %s", async (line) => {
    for (const more of [[], ["--json"]]) {
      const { code, stdout, stderr } = await run([...line.split(" "), ...more], { home: await makeHome() });
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it("go with the probe that is refused: neither in the table nor in its reasons", async () => {
    const { port } = lab().host("one");
    const way = { home: await makeHome(databaseLine(lab())), env: trusting(lab()) };
    for (const more of [[], ["--json"]]) {
      const args = ["go", `https://alice:${secret}@127.0.0.1:${port}/nowhere`, "--catalog", lab().catalogFile, ...more];
      const { stdout, stderr } = await run(args, way);
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it("of a mirror in the user's own catalog are not listed", async () => {
    const home = await makeHome();
    const added = await run(["catalog", "add", "go", "corp", own], { home });
    const listed = await run(["list", "go"], { home });
    const broken = `{"version":1,"mirrors":[{"id":"x","ecosystem":"go","url":"ftp://alice:${secret}@x.example"}]}`;
    await put(`${home.path}/broken.json`, broken);
    const validated = await run(["catalog", "validate", `${home.path}/broken.json`], { home });
    for (const { stdout, stderr } of [added, listed, validated]) expect(stdout + stderr).not.toContain(secret);
  });
});
