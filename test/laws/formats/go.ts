import fc from "fast-check";
import type { LawFormat } from "../formats.ts";
import { choicesAmong } from "./choices.ts";

const mirrors = ["https://near.example", "https://far.example/goproxy/", "https://third.example"];
const own = ["https://corp.example/go", "git.corp.example/x", "file:///srv/go"];
const database = "sum.example+0123abcd+AAAA";

/** Values that stand in real files, and some that should not. */
const values: Readonly<Record<string, readonly string[]>> = {
  GOPROXY: [
    `${mirrors[0]},direct`,
    `${own[0]},${mirrors[1]}|${mirrors[2]},direct`,
    `${own[1]}|direct`,
    ` ${mirrors[2]} , direct `,
    "direct",
    "",
    "off",
    `${own[2]},off`,
    ",|,",
    '"https://quoted.example"',
  ],
  GOSUMDB: [database, `${database} https://sums.example`, "sums.example", "off", ""],
  GOPRIVATE: ["*.corp.example", "git.corp.example/a,*.b.example", ""],
};

const managed = fc.oneof(
  ...Object.entries(values).map(([key, known]) => fc.constantFrom(...known).map((value) => `${key}=${value}`)),
);

/** Lines that are near misses, junk, or other people's. */
const others = fc.constantFrom(
  "# a comment, GOPROXY=https://commented.example",
  "",
  "   ",
  "junk without a sign",
  "goproxy=lower",
  " GOPROXY=indented",
  "GOPROXY =blank-before-sign",
  "GOPROXYX=longer",
  "GOPROX=shorter",
  "=no key",
  "1=2",
  "GOFLAGS=-mod=mod",
  "CGO_ENABLED=0",
  "GONOPROXY=none",
  "UNKNOWN_KEY=a=b=c",
  "# 测试 🚀 ünï",
  "UNICODE=值\u2028\u0085",
  `LONG=${"x".repeat(70_000)}`,
  "Z=\u0000nul",
  "lone\rcarriage GOPROXY=x",
);

/** Comments in GBK, stray bytes: not UTF-8. */
const strayBytes = fc.constantFrom([0x23, 0xd6, 0xd0, 0xce, 0xc4], [0x58, 0x3d, 0xff, 0xfe], [0xc3, 0x28], [0x80]);

const line = fc.oneof(
  { arbitrary: managed, weight: 5 },
  { arbitrary: others, weight: 6 },
  { arbitrary: fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", "")), weight: 1 },
);

const texts = fc
  .record({
    lines: fc.array(fc.oneof({ arbitrary: line.map((text) => Buffer.from(text)), weight: 12 }, strayLine()), {
      maxLength: 9,
    }),
    bom: fc.boolean(),
    ends: fc.constantFrom("\n", "\n", "\r\n", "mixed"),
    lastEnd: fc.boolean(),
  })
  .map(({ lines, bom, ends, lastEnd }) => {
    const parts = lines.flatMap((content, index) => {
      const end = ends === "mixed" ? (index % 2 === 0 ? "\n" : "\r\n") : ends;
      return index === lines.length - 1 && !lastEnd ? [content] : [content, Buffer.from(end)];
    });
    return new Uint8Array(Buffer.concat([Buffer.from(bom ? "\uFEFF" : ""), ...parts]));
  });

function strayLine() {
  return { arbitrary: strayBytes.map((bytes) => Buffer.from(bytes)), weight: 1 };
}

const choices = choicesAmong(mirrors, 3, {
  traits: [null, ["sumdb"], ["no-sumdb"]],
  privatePatterns: fc.subarray(["*.new.example", "git.corp.example/a"]),
});

/** Split after each line feed, byte for byte. */
function linesOf(bytes: Uint8Array): string[] {
  return (
    Buffer.from(bytes)
      .toString("latin1")
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  );
}

function keyOf(text: string): string | null {
  return /^[A-Z]/.test(text) && text.includes("=") ? text.slice(0, text.indexOf("=")) : null;
}

export const goLaw: LawFormat = {
  file: ".config/go/env",
  texts,
  choices,
  knowledge: {
    isMirror: (url) => mirrors.some((mirror) => mirror.replace(/\/$/, "") === url.replace(/\/$/, "")),
    probes: { go: { sumdb: { key: database, lookup: "a.example@v1.0.0", reference: "https://sums.example" } } },
  },
  runsWithTool: 10,
  parse: (bytes) => {
    const set = linesOf(bytes).flatMap((text): [string, string][] => {
      const key = keyOf(text);
      return key === null ? [] : [[key, text.slice(key.length + 1).replace(/\n$/, "")]];
    });
    return new Map(set);
  },
  otherLines: (bytes, keys) => linesOf(bytes).filter((text) => !keys.includes(keyOf(text) ?? "")),
};
