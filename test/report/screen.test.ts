import fastStringWidth from "fast-string-width";
import { describe, expect, it } from "vitest";
import { loadDictionary } from "../../src/report/language.ts";
import { makeScreen } from "../../src/report/screen.ts";

const dictionary = await loadDictionary("zh");
const screen = (columns: number | null, colour = false) =>
  makeScreen({ colour, unicode: true, columns, home: null }, dictionary, false);

/** Where in a line a text begins, in columns of a terminal. */
function columnOf(line: string | undefined, text: string): number {
  return fastStringWidth((line ?? "").slice(0, (line ?? "").indexOf(text)));
}

describe("a path below the home", () => {
  const shown = (home: string, file: string) =>
    makeScreen({ colour: false, unicode: true, columns: null, home }, dictionary, false).path(file);

  it("is short, in what the system itself understands", () => {
    expect(shown("/home/u", "/home/u/.npmrc")).toBe("~/.npmrc");
    expect(shown("/home/u", "/home/user/.npmrc")).toBe("/home/user/.npmrc");
    expect(shown("C:\\Users\\张 三", "c:\\users\\张 三\\.npmrc")).toBe("%USERPROFILE%\\.npmrc");
    expect(shown("\\\\nas\\homes\\u", "\\\\nas\\homes\\u\\.npmrc")).toBe("%USERPROFILE%\\.npmrc");
    expect(shown("C:\\Users\\u", "D:\\x")).toBe("D:\\x");
  });
});

describe("a table", () => {
  const rows = [
    ["id", "名称", "url"],
    ["aliyun", "阿里云", "URL-1"],
    ["x", "Goproxy.cn（七牛云）", "URL-2"],
    ["ünï", "e\u0301", "URL-3"],
  ];

  it("has its columns one below the other, wide characters counted as two", () => {
    const lines = screen(null).table(rows);
    const starts = lines.map((line, index) => columnOf(line, index === 0 ? "url" : `URL-${index}`));
    expect(new Set(starts).size).toBe(1);
    expect(
      new Set(lines.slice(1, 3).map((line, index) => columnOf(line, index === 0 ? "阿里云" : "Goproxy"))).size,
    ).toBe(1);
  });

  it("sets numbers to the right", () => {
    const lines = screen(null).table(
      [
        ["毫秒", "a"],
        ["5", "b"],
        ["12345", "c"],
      ],
      "r",
    );
    expect(lines.map((line, index) => columnOf(line, ["a", "b", "c"][index] ?? ""))).toEqual(
      Array(3).fill(columnOf(lines[2], "c")),
    );
    expect(lines[1]).toMatch(/^ +5 {2}b$/);
  });

  it("fits a terminal, whatever its width", () => {
    for (const columns of [10, 20, 33, 40]) {
      const lines = screen(columns).table(rows);
      expect(Math.max(...lines.map((line) => fastStringWidth(line)))).toBeLessThanOrEqual(columns);
    }
    expect(screen(200).table(rows)).toEqual(screen(null).table(rows));
  });

  it("breaks its last column between its parts, then between words, and loses nothing", () => {
    const cell = "https://mirror.example/simple  清华大学 TUNA  仅限校园网（校外访问会被拒绝）";
    expect(screen(44).table([["tuna", cell]])).toEqual([
      "  tuna  https://mirror.example/simple",
      "        清华大学 TUNA",
      "        仅限校园网（校外访问会被拒绝）",
    ]);
    expect(screen(30).table([["tuna", cell]])).toEqual([
      "  tuna",
      "    https://mirror.example/simple",
      "    清华大学 TUNA",
      "    仅限校园网（校外访问会被拒",
      "    绝）",
    ]);
    expect(screen(null).table([["tuna", cell]])).toEqual([`  tuna  ${cell}`]);
  });

  it("never ends a line with an opening mark, nor begins one with a closing mark", () => {
    for (let columns = 24; columns < 60; columns += 1) {
      const lines = screen(columns).table([
        ["a", "不合格：内容被篡改（/lab.example/greet.zip 与公认的内容不符），请换一个"],
      ]);
      expect(lines.filter((line) => /（$|^\s*[）：，]/.test(line))).toEqual([]);
    }
  });

  it("has one line a row where a list needs that", () => {
    expect(screen(20).rows([["tuna", "https://mirror.example/simple"]])).toEqual(["  tuna  https://mir…"]);
  });

  it("has the same widths in colour, and a cut line ends its colour", () => {
    const { green } = { green: screen(null, true).good("好的镜像") };
    expect(green).not.toBe("好的镜像");
    const plain = screen(null).table([
      ["好的镜像", "x"],
      ["abc", "x"],
    ]);
    const coloured = screen(null).table([
      [green, "x"],
      ["abc", "x"],
    ]);
    expect(coloured.map((line) => fastStringWidth(line))).toEqual(plain.map((line) => fastStringWidth(line)));
    const [cut] = screen(8).rows([[green, "more"]]);
    expect(cut?.lastIndexOf("\u001b[39m")).toBeGreaterThan(cut?.lastIndexOf("\u001b[32m") ?? 0);
  });

  it("has no blanks at the ends of its lines, and none at all without rows", () => {
    expect(
      screen(null).table([
        ["a", ""],
        ["b", "c"],
      ])[0],
    ).toBe("  a");
    expect(screen(null).table([])).toEqual([]);
  });
});

describe("a screen without colour", () => {
  it("has no escape codes", () => {
    const { bold, dim, good, caution, bad } = screen(null);
    expect([bold, dim, good, caution, bad].map((paint) => paint("x"))).toEqual(Array(5).fill("x"));
  });
});
