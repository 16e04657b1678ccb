import fc from "fast-check";
import type { Knowledge } from "../../../src/ecosystems/types.ts";
import type { LawFormat } from "../formats.ts";
import { choicesAmong } from "./choices.ts";

export const mirrors = ["https://near.example/npm/", "https://far.example", "https://third.example/"];
const corp = "https://corp.example/npm/";

/** Values that stand in real files, and some that should not. */
const values = [
  mirrors[0],
  `"${mirrors[1]}"`,
  `'${mirrors[2]}'`,
  `${mirrors[2]} ; since May`,
  `${mirrors[0]}#frag`,
  corp,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: npm's way to name a variable
  "${REGISTRY}",
  "",
  '"half',
  "https://a.example/\\;b",
];

const managed = fc
  .record({
    key: fc.constantFrom("registry", "registry", "@corp:registry", '"registry"'),
    sign: fc.constantFrom("=", " = ", "= ", " =", "\t=\t"),
    value: fc.constantFrom(...values),
    indent: fc.constantFrom("", "", "  "),
  })
  .map(({ key, sign, value, indent }) => `${indent}${key}${sign}${value}`);

/** Lines that are near misses, junk, or other people's. */
const others = fc.constantFrom(
  "# registry=https://commented.example",
  "; a comment",
  "",
  "   ",
  "Registry=https://case.example",
  "registryx=longer",
  "registr=shorter",
  "x.registry=dotted",
  "@corp:registry:x=y",
  "//corp.example/:_authToken=abc=",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: npm's way to name a variable
  "//corp.example/npm/:_authToken=${TOKEN}",
  "strict-ssl = false ; inline",
  "key[]=one",
  "key[]=two",
  "=no key",
  "no sign",
  "__proto__=x",
  "electron_mirror=https://old.example/",
  "# 测试 🚀 ünï",
  "unicode=值",
  `long=${"x".repeat(70_000)}`,
  "z=\u0000nul",
  "lone\rother=1",
);

const section = fc.constantFrom("[section]", "[a.b]", "[]");
const line = fc.oneof({ arbitrary: managed, weight: 5 }, { arbitrary: others, weight: 7 });

/** Comments in GBK, stray bytes: not UTF-8. */
const stray = fc.constantFrom([0x23, 0xd6, 0xd0, 0xce, 0xc4], [0x78, 0x3d, 0xff, 0xfe], [0x23, 0x80]);

const texts = fc
  .record({
    top: fc.array(line, { maxLength: 8 }),
    strayLine: fc.option(stray, { nil: null, freq: 8 }),
    sections: fc.array(fc.tuple(section, fc.array(line, { maxLength: 3 })), { maxLength: 2 }),
    bom: fc.boolean(),
    ends: fc.constantFrom("\n", "\n", "\r\n"),
    lastEnd: fc.boolean(),
  })
  .map(({ top, strayLine, sections, bom, ends, lastEnd }) => {
    const lines = [...(bom ? ["\uFEFF# first"] : []), ...top, ...sections.flatMap(([name, below]) => [name, ...below])];
    // Where a lone carriage return is the only line end of a file, a new line would get one, and this reader takes no such line.
    const isEnded = lines.length > 0 && (lastEnd || lines.at(-1)?.includes("\r") === true);
    const text = lines.join(ends) + (isEnded ? ends : "");
    const before = strayLine === null ? Buffer.alloc(0) : Buffer.concat([Buffer.from(strayLine), Buffer.from(ends)]);
    return new Uint8Array(Buffer.concat([before, Buffer.from(text)]));
  });

const scopeRegistries = fc.subarray([
  { scope: "@corp", url: "https://new.example/" },
  { scope: "@team", url: "https://team.example/npm/" },
]);

/** One mirror, perhaps with registries of scopes; or back to npm's own. */
export const npmChoices = choicesAmong(mirrors, 1, { scopeRegistries });

export const npmKnowledge: Knowledge = {
  isMirror: (url) => mirrors.some((mirror) => mirror.replace(/\/$/, "") === url.replace(/\/$/, "")),
  probes: {},
};

/** Split after each line feed, byte for byte. A byte order mark is white space to npm, and a key may come to stand behind it. */
function linesOf(bytes: Uint8Array): string[] {
  return (
    Buffer.from(bytes)
      .toString("latin1")
      .replace(/^\u00ef\u00bb\u00bf/, "")
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  );
}

/** The key that a line sets at the top of the file; what comes before `=`, quotes taken off. */
function keyOf(text: string): string | null {
  const [, quoted, plain] = /^\s*(?:"([^"]*)"|([^=;#[\r]*?))\s*(?:=|$)/.exec(text) ?? [];
  return quoted ?? plain ?? null;
}

function isSection(text: string): boolean {
  return /^\[[^\]]*\]\s*$/.test(text);
}

function valueIn(text: string): string {
  const written = text.slice(text.indexOf("=") + 1).trim();
  if (/^"(.*")?$/.test(written) && written.length > 1) return JSON.parse(written) as string;
  if (/^'(.*')?$/.test(written) && written.length > 1) return written.slice(1, -1);
  return written
    .replace(/(?<!\\)[;#].*$/, "")
    .replace(/\\([;#\\])/g, "$1")
    .trim();
}

export const npmLaw: LawFormat = {
  file: ".npmrc",
  texts,
  choices: npmChoices,
  knowledge: npmKnowledge,
  runsWithTool: 3,
  parse: (bytes) => {
    const lines = linesOf(bytes);
    const top = lines.findIndex(isSection);
    const read = (top === -1 ? lines : lines.slice(0, top)).flatMap((text): [string, string][] => {
      const key = keyOf(text);
      return key === null || !/registry$/i.test(key) ? [] : [[key, valueIn(text)]];
    });
    return new Map(read);
  },
  otherLines: (bytes, keys) => {
    const lines = linesOf(bytes);
    const top = lines.findIndex(isSection);
    return lines.filter((text, index) => (top !== -1 && index >= top) || !keys.includes(keyOf(text) ?? ""));
  },
};
