import { describe, expect, it } from "vitest";
import { loadDictionary, pickLanguage } from "../../src/report/language.ts";
import { fill, say } from "../../src/report/say.ts";

const zh = "zh_CN.UTF-8";
const en = "en_US.UTF-8";

describe("the language", () => {
  it.each([
    ["asked for", "en", { LC_ALL: zh, LANG: zh }, "zh-CN", "en"],
    ["asked for, Chinese", "zh", { LC_ALL: en }, "en-US", "zh"],
    ["of LC_ALL before the others", null, { LC_ALL: zh, LC_MESSAGES: en, LANG: en }, "en-US", "zh"],
    ["of LC_MESSAGES before LANG", null, { LC_MESSAGES: en, LANG: zh }, "zh-CN", "en"],
    ["of LANG before the system's", null, { LANG: zh }, "en-US", "zh"],
    ["of the system where nothing is set", null, {}, "zh-CN", "zh"],
    ["of the system where all is empty", null, { LC_ALL: "", LC_MESSAGES: "", LANG: "" }, "zh-TW", "zh"],
    ["past an empty one", null, { LC_ALL: "", LANG: zh }, "en-US", "zh"],
    ["C, which is English", null, { LC_ALL: "C", LANG: zh }, "zh-CN", "en"],
    ["POSIX, which is English", null, { LANG: "POSIX" }, "zh-CN", "en"],
    ["C.UTF-8, which is English", null, { LANG: "C.UTF-8" }, "zh-CN", "en"],
    ["asked for, whatever the terminal's encoding", "zh", { LANG: "zh_CN.GBK" }, "en-US", "zh"],
    ["English, where the terminal could not show Chinese", null, { LANG: "zh_CN.GB18030" }, "zh-CN", "en"],
    ["English, where the characters are of another encoding", null, { LC_CTYPE: "zh_CN.gbk", LANG: zh }, "zh-CN", "en"],
    ["Chinese, where no encoding is named", null, { LANG: "zh_CN" }, "en-US", "zh"],
    ["Chinese with a modifier", null, { LANG: "zh_CN.utf8@pinyin" }, "en-US", "zh"],
    ["in any case", null, { LANG: "ZH_tw" }, "en-US", "zh"],
    ["the machine's, where one is asked for that there is not", "fr", { LANG: zh }, "en-US", "zh"],
    ["of others, which is English", null, { LANG: "de_DE.UTF-8" }, "de-DE", "en"],
  ] as const)("is that %s", (_, asked, env, system, wanted) => {
    expect(pickLanguage(asked, env, () => system)).toBe(wanted);
  });
});

describe("a message", () => {
  it("fills in what is given, once, and leaves what is not", () => {
    expect(fill("{a} and {b}, {a}; {c}", { a: "{b}", b: 2 })).toBe("{b} and 2, {b}; {c}");
    expect(fill("{a}", { a: "$& $1 $$" })).toBe("$& $1 $$");
  });

  it("says the text of its language, and a code for why in words", async () => {
    const message = { code: "file-problem", level: "error", args: { file: "/f", why: "read-only" } } as const;
    const [english, chinese] = await Promise.all(
      ["en", "zh"].map(async (id) => say(message, await loadDictionary(id as "en"))),
    );
    expect(english).toContain("chmod u+w");
    expect(chinese).toMatch(/\/f.*[\u4e00-\u9fff]/);
  });

  it("parts names as its language does", async () => {
    const message = { code: "unknown-ecosystem", level: "error", args: { id: "a, b", known: "go, pip" } } as const;
    expect(say(message, await loadDictionary("zh"))).toMatch(/a, b.*go、pip/);
    expect(say(message, await loadDictionary("en"))).toMatch(/a, b.*go, pip/);
  });

  it("shows a code that has no words as it is", async () => {
    const message = { code: "file-problem", level: "error", args: { file: "/f", why: "EWEIRD" } } as const;
    expect(say(message, await loadDictionary("en"))).toContain("EWEIRD");
  });

  it("shows neither credentials nor steering characters of what it is filled with", async () => {
    const url = "https://u:s3cret@h.example/\u001b[31m\u202e";
    const said = say({ code: "bad-url", level: "error", args: { url } }, await loadDictionary("en"));
    expect(said).toContain("https://***@h.example/\\x1b[31m\\u202e");
  });
});
