import { describe, expect, it } from "vitest";
import { addressesOf, formatChain, isKeyword, parseChain, withScheme } from "../../../src/ecosystems/go/chain.ts";

describe("reading GOPROXY as go does", () => {
  it.each([
    [
      "https://a.example,direct",
      [
        ["https://a.example", ","],
        ["direct", null],
      ],
    ],
    [
      "https://a.example|https://b.example,direct",
      [
        ["https://a.example", "|"],
        ["https://b.example", ","],
        ["direct", null],
      ],
    ],
    [
      " https://a.example , direct ",
      [
        ["https://a.example", ","],
        ["direct", null],
      ],
    ],
    ["https://a.example\r", [["https://a.example", null]]],
    [
      ",,https://a.example,|,direct,",
      [
        ["https://a.example", ","],
        ["direct", ","],
      ],
    ],
    ["off", [["off", null]]],
    [",", []],
    ["", []],
  ])("%j", (value, wanted) => {
    expect(parseChain(value).map(({ url, separator }) => [url, separator])).toEqual(wanted);
  });

  it("knows the words that end a list, and no others", () => {
    expect(["direct", "off", "Direct", "none", "https://off"].map(isKeyword)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    ["goproxy.example", "https://goproxy.example"],
    ["goproxy.example:8080/x", "https://goproxy.example:8080/x"],
    ["file:///srv/go", "file:///srv/go"],
    ["http://a.example", "http://a.example"],
    ["bare", "bare"],
  ])("takes %s for %s", (entry, address) => {
    expect(withScheme(entry)).toBe(address);
  });

  it("gives the addresses in order, without the words", () => {
    expect(addressesOf("a.example|https://b.example/x,direct,off")).toEqual([
      "https://a.example",
      "https://b.example/x",
    ]);
  });
});

describe("writing GOPROXY", () => {
  const mirrors = ["https://a.example", "https://b.example/goproxy/"];

  it("puts `|` between mirrors, so that any failure goes on, and `,` before direct", () => {
    expect(formatChain([], mirrors, true)).toBe("https://a.example|https://b.example/goproxy/,direct");
  });

  it("knows only `,` before Go 1.15", () => {
    expect(formatChain([], mirrors, false)).toBe("https://a.example,https://b.example/goproxy/,direct");
  });

  it("keeps own entries in front, each with its separator", () => {
    const own = [
      ...parseChain("https://corp.example|file:///srv,direct").slice(0, 2),
      { url: "last.example", separator: null },
    ];
    const written = formatChain(own, ["https://a.example"], true);
    expect(written).toBe("https://corp.example|file:///srv,last.example,https://a.example,direct");
  });
});
