import fc from "fast-check";
import type { LawFormat } from "../formats.ts";
import { choicesAmong } from "./choices.ts";
import { optionsIn, otherLinesIn } from "./ini-reader.ts";

const mirrors = ["https://near.example/simple", "https://far.example/pypi/web/simple/", "https://third.example/simple"];
const own = ["https://alice:p%40ss@corp.example/simple#a;b", "http://10.0.0.1:3141/root/dev", "50% = odd : value", ""];
const address = fc.constantFrom(...mirrors, ...mirrors, ...own);

const spelling = fc.constantFrom("index-url", "index-url", "index_url", "Index-URL", "--index-url");
const sign = fc.constantFrom(" = ", " = ", "=", ": ", " :", "\t=\t", " =");
const indexLine = fc.tuple(spelling, sign, address).map((parts) => parts.join(""));

/** Options that are other people's, some of several lines; a name comes once in a section. */
const others = [
  ["timeout = 60 ; no comment"],
  [
    "extra-index-url =",
    "    https://extra.example/simple",
    "",
    "    # in between",
    "\thttps://u:p@more.example/simple",
  ],
  ["trusted-host: near.example", "  far.example"],
  ["INDEX-URLS=longer"],
  ["index-ur=shorter"],
  ["no-index ="],
  ["find-links = [not] a header = at all"],
  [`cert = /${"x".repeat(3000)}`],
  ["用户 = 值"],
  ["format=columns"],
];

const loose = fc.constantFrom("", "", "   ", "# index-url = https://commented.example", "  ; comment", "# 测试 🚀");

/** One section: its header, and what is in it. Options of one section are equally deep: what is deeper continues the one above. */
const body = fc
  .record({
    margin: fc.constantFrom("", "", "", " ", "\t"),
    index: fc.uniqueArray(indexLine, { maxLength: 2, selector: (line) => line.split(/[\s=:]/)[0]?.toLowerCase() }),
    others: fc.subarray(others, { maxLength: 3 }),
    loose: fc.array(loose, { maxLength: 2 }),
    order: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
  })
  .map(({ margin, index, others: found, loose: between, order }) => {
    const options = [...index.map((line) => [line]), ...found].map((lines) => lines.map((line) => margin + line));
    const blocks = [...options, ...between.map((line) => [line])];
    const keyed = blocks.map((lines, index) => ({ lines, at: order[index] ?? 0 }));
    return keyed.toSorted((a, b) => a.at - b.at).flatMap(({ lines }) => lines);
  });

const sections = fc
  .uniqueArray(fc.constantFrom("global", "global", "install", "download", "Global", "镜像"), {
    maxLength: 4,
  })
  .chain((names) => fc.tuple(...names.map(section)))
  .map((all) => all.flat());

function section(name: string): fc.Arbitrary<string[]> {
  return body.map((lines) => [`[${name}]`, ...lines]);
}

/** A comment in GBK: not UTF-8. */
const stray = Buffer.from([0x23, 0xd6, 0xd0, 0xce, 0xc4]);

const texts = fc
  .record({
    above: fc.array(loose, { maxLength: 2 }),
    lines: sections,
    below: fc.array(loose, { maxLength: 2 }),
    end: fc.constantFrom("\n", "\n", "\r\n", "\r"),
    lastEnd: fc.boolean(),
    gbk: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  })
  .map(({ above, lines, below, end, lastEnd, gbk }) => {
    const all = [...above, ...lines, ...below];
    const text = all.join(end) + (lastEnd && all.length > 0 ? end : "");
    return new Uint8Array(
      Buffer.concat([gbk ? Buffer.concat([stray, Buffer.from(end)]) : Buffer.of(), Buffer.from(text)]),
    );
  });

const choices = choicesAmong(mirrors, 1, { traits: [null, ["pep691", "metadata"]] });

export const pipLaw: LawFormat = {
  file: ".config/pip/pip.conf",
  runsWithTool: 2,
  texts,
  choices,
  knowledge: { isMirror: (url) => mirrors.includes(url.trim()), probes: {} },
  parse: optionsIn,
  otherLines: otherLinesIn,
};
