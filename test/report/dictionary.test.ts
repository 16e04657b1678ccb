import { describe, expect, it } from "vitest";
import { loadDictionary } from "../../src/report/language.ts";

const [en, zh] = await Promise.all([loadDictionary("en"), loadDictionary("zh")]);

/** All texts of a dictionary, by their path. */
function textsOf(found: object, path = ""): [string, string][] {
  return Object.entries(found).flatMap(([key, inner]): [string, string][] =>
    typeof inner === "string" ? [[path + key, inner]] : textsOf(inner as object, `${path + key}.`),
  );
}

const texts = ({ messages, details, words }: typeof en) => textsOf({ messages, details, words });
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const english = new Map(texts(en));
const chinese = new Map(texts(zh));

describe("the two languages", () => {
  it("have the same texts", () => {
    expect(english.size).toBeGreaterThan(150);
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("fill in the same names in each", () => {
    const of = (dictionary: ReadonlyMap<string, string>) =>
      Object.fromEntries([...dictionary].map(([path, text]) => [path, placeholders(text)]));
    expect(of(chinese)).toEqual(of(english));
    expect([...english.values()].filter((text) => placeholders(text).length > 0).length).toBeGreaterThan(40);
  });

  it("have no half-written placeholder, no empty text and no steering character", () => {
    const odd = (text: string) =>
      text.trim() === "" || /[{}]/.test(text.replace(/\{\w+\}/g, "")) || /\p{Cc}/u.test(text);
    expect([...english, ...chinese].filter(([, text]) => odd(text))).toEqual([]);
  });

  it("are each in its language", () => {
    expect([...english].filter(([, text]) => /[\u3000-\u9fff\uff00-\uffef]/.test(text))).toEqual([]);
    const untranslated = [...chinese].filter(
      ([path, text]) => text === english.get(path) && /[a-z]{4,} [a-z]{2,} /i.test(text),
    );
    expect(untranslated).toEqual([]);
  });
});
