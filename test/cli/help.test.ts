import { describe, expect, it } from "vitest";
import { layout } from "../../src/cli/help/layout.ts";
import { displayWidth, wrap } from "../../src/report/wrap.ts";
import { makeHome, run } from "./driver.ts";

const commands = "go pip npm docker all pull list test status doctor reset undo history catalog completion".split(" ");
const nested = ["catalog add", "catalog validate", "catalog remove", "catalog path"];

describe("help", () => {
  it.each([
    ["en", "Examples:", ""],
    ["zh", "示例：", ""],
  ])("%s: every command has two to four command lines to copy, in eighty columns", async (lang, heading) => {
    const home = await makeHome();
    for (const command of [...commands, ...nested]) {
      const { code, stdout } = await run([...command.split(" "), "--help", "--lang", lang], { home });
      expect([command, code]).toEqual([command, 0]);
      const shown = stdout.split("\n");
      const at = shown.indexOf(heading);
      const lines = shown.slice(at + 1).filter((line) => /^ {2}\S/.test(line));
      expect([command, at > 0]).toEqual([command, true]);
      expect(lines.length, command).toBeGreaterThanOrEqual(command.includes(" ") ? 1 : 2);
      expect(lines.length, command).toBeLessThanOrEqual(4);
      for (const line of lines) expect(line).toContain(`mirror-setup ${command}`);
      const tooWide = shown.slice(0, at).filter((line) => displayWidth(line) > 80);
      expect(tooWide).toEqual([]);
    }
  });

  it("groups commands and options, and understands what people call an ecosystem", async () => {
    const home = await makeHome();
    const all = await run(["--help"], { home });
    expect(all.stdout).toMatch(/Set a mirror:\n {2}go\|golang \[MIRROR\.\.\.\][\s\S]*Look:[\s\S]*Take back:/);
    for (const [word, id] of Object.entries({ python: "pip", pypi: "pip", node: "npm", js: "npm", golang: "go" })) {
      expect((await run([word, "--help"], { home })).stdout).toBe((await run([id, "--help"], { home })).stdout);
      expect((await run(["list", word], { home })).stdout).toBe((await run(["list", id], { home })).stdout);
    }
  });

  it.each([
    ["pythn", "python"],
    ["go --fastet", "--fastest"],
    ["status --catlog x", "--catalog"],
    ["go goproxi-cn --no-probe", "goproxy-cn"],
  ])("%s: names what was meant", async (line, meant) => {
    const { code, stderr } = await run(line.split(" "), { home: await makeHome() });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`did you mean ${meant}`)]);
  });
});

describe("layout", () => {
  it("counts Chinese as wide, breaks between its characters, and not before a closing mark", () => {
    expect(displayWidth("镜像 ok")).toBe(7);
    expect(wrap("先验证，再写入", 8)).toEqual(["先验证，", "再写入"]);
    expect(wrap("先验证，再写入", 6)).toEqual(["先验", "证，再", "写入"]);
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  });

  it.each([20, 40, 80, 200])("fits %i columns, the text below its term where there is no room beside", (columns) => {
    const text = "只要当前镜像仍然合格就不作改动 and a few more words";
    const lines = layout.formatItem("--if-broken", 22, text, { helpWidth: columns }).split("\n");
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    expect(lines.length > 1).toBe(columns < 80);
  });
});
