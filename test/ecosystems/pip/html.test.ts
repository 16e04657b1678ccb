import { describe, expect, it } from "vitest";
import { tagsIn } from "../../../src/ecosystems/pip/html.ts";

const tags = (page: string) => tagsIn(page).map(({ name, attributes }) => [name, Object.fromEntries(attributes)]);

describe("the tags of a page", () => {
  it.each([
    [
      '<a href="x.whl#sha256=1" data-requires-python="&gt;=3.8">x</a>',
      { href: "x.whl#sha256=1", "data-requires-python": ">=3.8" },
    ],
    ['<a data-requires-python=">=3.8" href="x">', { "data-requires-python": ">=3.8", href: "x" }],
    ["<A HREF='a&amp;b' Rel=internal data-yanked>", { href: "a&b", rel: "internal", "data-yanked": "" }],
    ["<a\n href = x/y.whl>", { href: "x/y.whl" }],
    ['<a href="one" href="two"/>', { href: "one" }],
    ['<a href="&#x41;&#66;&#0;&#x110000;&nbsp;&amp;lt;">', { href: "AB&#0;&#x110000;&nbsp;&lt;" }],
    ['<a __proto__="x" constructor=y =z>', { ["__proto__"]: "x", constructor: "y", "=z": "" }],
  ])("%s", (page, attributes) => {
    expect(tagsIn(page).map((tag) => [tag.name, [...tag.attributes]])).toEqual([["a", Object.entries(attributes)]]);
  });

  it("come in order, without end tags and comments", () => {
    const page = '<!DOCTYPE html><head><base href="/x/"></head><!-- <a href="no"> --><p>1 < 2</p><a href="yes">';
    expect(tags(page)).toEqual([
      ["head", {}],
      ["base", { href: "/x/" }],
      ["p", {}],
      ["a", { href: "yes" }],
    ]);
  });

  it.each([
    '<a href="1"><a href="2',
    "<a href='1'><a href=2",
    '<a href="1"><!-- <a href="2">',
    '<a href="1"><a href="2"',
  ])("end before one that never ends: %s", (page) => expect(tags(page)).toEqual([["a", { href: "1" }]]));

  it.each(["<a ", "<a href=' ", '<a "', "<!--", "<", "<a   =", "&", `<a${" x".repeat(20)}`])(
    "are found in pages made to take for ever, of %s",
    (piece) => {
      const page = piece.repeat(Math.floor(1_000_000 / piece.length));
      expect(tagsIn(page).length).toBeLessThan(1_000_000);
    },
  );
});
