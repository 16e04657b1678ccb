import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { describeWith } from "../lab/tools.ts";
import { ask, codesOf, makeHome, run, snapshot } from "./driver.ts";

const aliyun = "https://mirrors.aliyun.com/goproxy/";
const huawei = "https://repo.huaweicloud.com/repository/goproxy/";

/** What is stored under a key after the program ran on a file with these lines. */
async function storedAfter(args: readonly string[], lines: readonly string[]) {
  const home = await makeHome(lines.length === 0 ? undefined : `${lines.join("\n")}\n`);
  const { code, report } = await ask(args, { home });
  const text = await readFile(home.goenv, "utf8").catch(() => "");
  const stored = Object.fromEntries(text.split("\n").flatMap((line) => (/^[A-Z]/.test(line) ? [split(line)] : [])));
  return { code, report, stored: stored as Readonly<Record<string, string>>, text, home };
}

function split(line: string): [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}

describeWith("go", "what becomes of a chain that is there", () => {
  it.each([
    ["nothing", "", "https://goproxy.cn,direct"],
    ["the upstream", "https://proxy.golang.org,direct", "https://goproxy.cn,direct"],
    ["direct alone", "direct", "https://goproxy.cn,direct"],
    ["another mirror", `${aliyun},direct`, "https://goproxy.cn,direct"],
    ["a company's proxy", "https://go.corp.example,direct", "https://go.corp.example,https://goproxy.cn,direct"],
    [
      "a company's proxy and a mirror",
      `https://go.corp.example|${aliyun},direct`,
      "https://go.corp.example|https://goproxy.cn,direct",
    ],
    [
      "a company's proxy behind a mirror",
      `${aliyun},https://go.corp.example,direct`,
      "https://go.corp.example,https://goproxy.cn,direct",
    ],
  ])("with %s", async (_, before, after) => {
    const { code, report, stored } = await storedAfter(["go", "goproxy-cn", "--no-probe"], [`GOPROXY=${before}`]);
    expect(code).toBe(0);
    expect(stored.GOPROXY).toBe(after);
    expect(codesOf(report).includes("own-entry-first")).toBe(before.includes("corp"));
  });

  it.each(["off", "https://go.corp.example,off", `${aliyun}|off`])("refuses a policy: %s", async (policy) => {
    const home = await makeHome(`GOPROXY=${policy}\n`);
    const before = await snapshot(home.path);
    const { code, report } = await ask(["go", "goproxy-cn", "--no-probe"], { home });
    expect(code).toBe(5);
    expect(codesOf(report)).toContain("go-chain-off");
    expect(await snapshot(home.path)).toEqual(before);
  });

  it("keeps the order in which the mirrors were named", async () => {
    const { stored } = await storedAfter(["go", "aliyun", "goproxy-cn", "--no-probe"], []);
    expect(stored.GOPROXY).toBe(`${aliyun}|https://goproxy.cn,direct`);
  });

  it("takes a mirror named twice once", async () => {
    const { stored } = await storedAfter(["go", "goproxy-cn", "https://goproxy.cn/", "--no-probe"], []);
    expect(stored.GOPROXY).toBe("https://goproxy.cn,direct");
  });
});

describeWith("go", "the checksum database", () => {
  it("is asked directly where a member does not carry it", async () => {
    const { report, stored } = await storedAfter(["go", "huawei", "--no-probe"], []);
    expect(stored.GOPROXY).toBe(`${huawei},direct`);
    expect(stored.GOSUMDB).toBe("sum.golang.google.cn");
    expect(codesOf(report)).toContain("go-sumdb-direct");
  });

  it("is left alone where all members carry it", async () => {
    expect((await storedAfter(["go", "goproxy-cn", "--no-probe"], [])).stored.GOSUMDB).toBeUndefined();
  });

  it.each(["off", "sum.corp.example+8c1a8a5e+AAAA https://sum.corp.example"])(
    "keeps the user's own %s",
    async (own) => {
      const { report, stored } = await storedAfter(["go", "huawei", "--no-probe"], [`GOSUMDB=${own}`]);
      expect(stored.GOSUMDB).toBe(own);
      expect(codesOf(report).includes("go-sumdb-off-stored")).toBe(own === "off");
    },
  );

  it("goes back to go's default on reset", async () => {
    const { home } = await storedAfter(["go", "huawei", "--no-probe"], ["GOBIN=/opt/bin"]);
    expect((await run(["reset", "go"], { home })).code).toBe(0);
    expect(await readFile(home.goenv, "utf8")).toBe("GOBIN=/opt/bin\n");
  });
});

describeWith("go", "--private", () => {
  it("is merged with what is there, each pattern once", async () => {
    const args = [
      "go",
      "goproxy-cn",
      "--no-probe",
      "--private",
      "*.corp.example",
      "--private",
      "git.b.example/team,a.example",
    ];
    const { stored } = await storedAfter(args, ["GOPRIVATE=a.example,old.example"]);
    expect(stored.GOPRIVATE).toBe("a.example,old.example,*.corp.example,git.b.example/team");
  });

  it("takes one word, and leaves the mirror behind it a mirror", async () => {
    const { stored } = await storedAfter(["go", "--no-probe", "--private", "*.corp.example", "goproxy-cn"], []);
    expect([stored.GOPRIVATE, stored.GOPROXY]).toEqual(["*.corp.example", "https://goproxy.cn,direct"]);
  });

  it("does not touch GOPRIVATE when it is not given", async () => {
    const { stored } = await storedAfter(["go", "goproxy-cn", "--no-probe"], ["GOPRIVATE=a.example"]);
    expect(stored.GOPRIVATE).toBe("a.example");
  });

  it("refuses what would make two patterns of one, or none", async () => {
    const { code, text } = await storedAfter(["go", "goproxy-cn", "--no-probe", "--private", "a b"], []);
    expect([code, text]).toEqual([2, ""]);
  });
});

describeWith("go", "reset", () => {
  it.each([
    ["a mirror", `${aliyun},direct`, undefined],
    ["two mirrors", `${aliyun}|https://goproxy.cn,direct`, undefined],
    ["a company's proxy before a mirror", `https://go.corp.example,${aliyun},direct`, "https://go.corp.example,direct"],
    ["a company's proxy alone", "https://go.corp.example,direct", "https://go.corp.example,direct"],
  ])("of %s", async (_, before, after) => {
    const { code, report, stored } = await storedAfter(["reset", "go"], ["# mine", `GOPROXY=${before}`]);
    expect(code).toBe(0);
    expect(stored.GOPROXY).toBe(after);
    expect(codesOf(report).includes("kept-own")).toBe(before.includes("corp"));
  });

  it("has nothing to do on a clean home, and makes nothing there", async () => {
    const home = await makeHome();
    const { code, report } = await ask(["reset", "go"], { home });
    expect(code).toBe(0);
    expect(codesOf(report)).toContain("nothing-to-do");
    expect(Object.keys(await snapshot(home.path))).toEqual([""]);
  });

  it("can be undone", async () => {
    const { home, text } = await storedAfter(["go", "aliyun", "--no-probe"], ["# mine", "GOBIN=/opt/bin"]);
    await run(["reset", "go"], { home });
    expect(await readFile(home.goenv, "utf8")).not.toBe(text);
    await run(["undo"], { home });
    expect(await readFile(home.goenv, "utf8")).toBe(text);
  });
});
