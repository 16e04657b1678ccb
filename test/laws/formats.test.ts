import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pipReads } from "../edits/oracles/pip.ts";
import { describeWith } from "../lab/tools.ts";
import { optionsIn } from "./formats/ini-reader.ts";
import { pipLaw } from "./formats/pip.ts";
import { lawFormats, registeredTools } from "./formats.ts";

describe("the laws", () => {
  it("are tested on every registered tool, and on no other", async () => {
    const registered = (await registeredTools()).map(({ id }) => id);
    expect(registered.length).toBeGreaterThan(0);
    expect(Object.keys(lawFormats).sort()).toEqual(registered.sort());
  });
});

describeWith("pip", "the laws' own reading of pip.conf", () => {
  it("is pip's, on what the laws generate", () => {
    const isUtf8 = (bytes: Uint8Array) => Buffer.from(String(Buffer.from(bytes))).equals(bytes);
    const files = fc.sample(pipLaw.texts, 300).filter(isUtf8);
    const texts = files.map((bytes) => String(Buffer.from(bytes)));
    const utf8 = (text: string) => String(Buffer.from(text, "latin1"));
    const read = files.map((bytes) => [...optionsIn(bytes)].map(([key, value]) => [utf8(key), utf8(value)]));
    const wanted = read.map((values) => ({ values: Object.fromEntries(values) }));
    const answers = pipReads(texts);
    for (const [index, answer] of answers.entries())
      expect(wanted[index], JSON.stringify(texts[index]).slice(0, 900)).toEqual(answer);
  });
});
