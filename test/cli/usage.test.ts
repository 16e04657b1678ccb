import { describe, expect, it } from "vitest";
import { changeDocument, faultsOf } from "./documents.ts";
import { ask, makeHome, run, snapshot } from "./driver.ts";

/** A wrong command line, and what its message must name for a person to find the way. */
const wrong: readonly (readonly [string, RegExp])[] = [
  ["go", /go --fastest/],
  ["go goproxy-cm", /goproxy-cn/],
  ["go ali", /aliyun/],
  ["go goproxy-cn nonsense-zzz", /nonsense-zzz/],
  ["go --fastest --no-probe", /--no-probe/],
  ["go goproxy-cn --no-probe --scope system", /system/],
  ["go goproxy-cn --no-probe --scope project", /project/],
  ["go goproxy-cn --no-probe --scope world", /world/],
  ["go goproxy-cn --no-probe --only pip", /pip/],
  ["go --fastest --timeout soon", /soon/],
  ["go --fastest --timeout 0", /0/],
  ["go --fastest --timeout -5s", /-5s/],
  ["go --fastest --timeout", /--timeout/],
  ["go --fastest --chain 0", /--chain/],
  ["go --fastest --chain 1.5", /--chain/],
  ["go --fastest --chain two", /--chain/],
  ["go --fastest --chain 99", /--chain/],
  ["go https://mirror.example/?a=b --no-probe", /mirror\.example/],
  ["go http://mirror.example --no-probe", /https/],
  ["go ftp://mirror.example --no-probe", /ftp/],
  ["go https://a.example,https://b.example --no-probe", /a\.example/],
  ["go goproxy-cn --no-probe --fast", /--fast/],
  ["go goproxy-cn --no-probe --catalog", /--catalog/],
  ["go goproxy-cn --no-probe --catalog missing.json", /missing\.json/],
  ["npm npmmirror tencent", /one mirror/],
  ["npm --fastest --chain 2", /one mirror/],
  ["npm npmmirror --no-probe --scope-registry corp=https://npm.corp.example/", /@corp/],
  ["npm npmmirror --no-probe --scope-registry @corp=npm.corp.example", /@corp/],
  ["go goproxy-cn --no-probe --scope-registry @corp=https://npm.corp.example/", /--scope-registry/],
  ["all https://mirror.example --no-probe", /mirror\.example/],
  ["all goproxy-cm --no-probe", /goproxy-cn/],
  ["all", /--fastest/],
  ["docker", /--fastest/],
  ["docker daocloud --no-probe --scope project", /project/],
  ["go goproxy-cn --no-probe --allow-credentials", /--allow-credentials/],
  ["list ruby", /ruby/],
  ["stauts", /status/],
  ["frobnicate", /frobnicate/],
  ["help frobnicate", /frobnicate is not a command/],
  ["status go pip", /too many arguments for status/],
  ["stauts --help", /did you mean status/],
  ["catalog ad", /did you mean add\?/],
  ["catalog add", /ECOSYSTEM.*mirror-setup catalog add --help/],
  ["catalog path x", /mirror-setup catalog path --help/],
  ["catalog add go Bad! https://go.corp.example", /Bad! .*letters, digits/],
  ["go --frobnicate", /mirror-setup go --help/],
  ["catalog add go", /ID/],
  ["catalog frobnicate", /frobnicate/],
  ["undo one two", /./],
  ["status go --lang fr", /fr/],
];

describe("a wrong command line ends with 2, says what is wrong, and changes nothing", () => {
  it.each(wrong)("%s", async (line, named) => {
    const home = await makeHome("# mine\n");
    const before = await snapshot(home.path);
    const { code, stdout, stderr } = await run(line.split(" "), { home });
    expect(code, stdout + stderr).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toMatch(named);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await snapshot(home.path)).toEqual(before);
  });

  it.each(wrong)("%s, in JSON", async (line, named) => {
    const home = await makeHome();
    const { code, report } = await ask(line.split(" "), { home });
    expect(code).toBe(2);
    expect(report.version).toBe(1);
    expect(report.messages.map(({ text }) => text).join("\n")).toMatch(named);
    if (/^(go|pip|npm|docker|reset) /.test(line)) expect(faultsOf(changeDocument, report)).toEqual([]);
  });
});

describe("what is not there yet", () => {
  it("is not in --help", async () => {
    const { stdout } = await run(["--help"], { home: await makeHome() });
    for (const command of ["go", "docker", "list", "test", "status", "reset", "undo", "history", "catalog", "doctor"]) {
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    }
    for (const word of ["export", "apply", "run"]) {
      expect(stdout).not.toMatch(new RegExp(`^  ${word}\\b`, "m"));
    }
  });

  it("is listed all the same: the catalog has all four", async () => {
    const { code, stdout } = await run(["list"], { home: await makeHome() });
    expect(code).toBe(0);
    for (const word of ["go", "pip", "npm", "docker"]) expect(stdout).toMatch(new RegExp(`^${word}$`, "m"));
  });
});
