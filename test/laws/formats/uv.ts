import fc from "fast-check";
import type { Knowledge } from "../../../src/ecosystems/types.ts";
import type { LawFormat } from "../formats.ts";
import { choicesAmong } from "./choices.ts";

const mirrors = ["https://near.example/simple", "https://far.example/simple/", "https://third.example/simple"];
const corp = "https://corp.example/simple";
const key = "index[default=true].url";

const quoted = fc
  .tuple(fc.constantFrom(...mirrors, corp), fc.constantFrom('"', "'", '"""', "'''"))
  .map(([url, quote]) => quote + url + quote);
const sign = fc.constantFrom("=", " = ", "\t=  ");
const tail = fc.constantFrom("", "", "  # since May", "\t");

/** Lines that may stand anywhere between tables. */
const loose = fc.constantFrom("", "# index = 1", "   # 测试 🚀", "# [[index]]", "\t");

/** An index, its keys in any order; only one of a file is the default. */
const item = (isDefault: boolean) =>
  fc
    .record({
      url: quoted,
      sign,
      tail,
      name: fc.option(fc.constantFrom('"corp"', "'pytorch'"), { nil: null }),
      comment: loose,
    })
    .chain(({ url, sign, tail, name, comment }) => {
      const keys = [`url${sign}${url}${tail}`, ...(name === null ? [] : [`name${sign}${name}`]), comment];
      const all = isDefault ? [...keys, `default${sign}true${tail}`] : keys;
      return fc.shuffledSubarray(all, { minLength: all.length }).map((lines) => ["[[index]]", ...lines]);
    });

const top = fc.subarray([
  'cache-dir = "x"',
  "native-tls = true",
  "exclude-newer = '2026-01-01T00:00:00Z'",
  `index-url = "${corp}"`,
]);
const table = fc.constantFrom(
  ["[pip]", "generate-hashes = true"],
  ["[pip]", `index-url = "${mirrors[0]}" # pip's own`],
  ["[tool]", "x = { default = true, url = 'no' }"],
  ["[sources]", 'httpx = { index = "corp" }', 'text = """', "[[index]]", "default = true", '"""'],
);

const texts = fc
  .record({
    top,
    before: fc.array(loose, { maxLength: 2 }),
    plain: fc.option(item(false), { nil: [] }),
    main: fc.option(item(true), { nil: [] }),
    table: fc.option(table, { nil: [] }),
    tableFirst: fc.boolean(),
    ends: fc.constantFrom("\n", "\n", "\r\n"),
    lastEnd: fc.boolean(),
  })
  .map(({ top, before, plain, main, table, tableFirst, ends, lastEnd }) => {
    const tables = tableFirst ? [...table, ...plain, ...main] : [...plain, ...main, ...table];
    const lines = [...before, ...top, ...tables];
    return new Uint8Array(Buffer.from(lines.join(ends) + (lastEnd && lines.length > 0 ? ends : "")));
  });

const choices = choicesAmong(mirrors, 1);

const knowledge: Knowledge = { isMirror: (url) => mirrors.includes(url), probes: {} };

interface Line {
  readonly text: string;
  /** Which table it stands in: counted, so that two items differ. */
  readonly table: number;
  readonly header: string;
}

/** The lines with the table they stand in. Multi-line strings are only in the last table of a generated file, or hold no header of their own. */
function linesOf(bytes: Uint8Array): Line[] {
  const text = Buffer.from(bytes).toString("utf8");
  let [table, header, inText] = [0, "", false];
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    const name = /^(\[\[?[a-z]+\]?\])\s*$/.exec(line)?.[1];
    if (!inText && name !== undefined) [table, header] = [table + 1, name];
    if (/^text = """/.test(line) || /^"""/.test(line)) inText = !inText;
    return { text: line, table, header };
  });
}

/** The table that is the default index; -1 where there is none. */
function defaultTable(lines: readonly Line[]): number {
  return lines.find(({ text, header }) => header === "[[index]]" && /^default\s*=\s*true/.test(text))?.table ?? -1;
}

function valueIn(text: string): string {
  return /^url\s*=\s*("""|'''|"|')(.*?)\1/.exec(text)?.[2] ?? "";
}

/** Lines that make an item the default index; all that an edit may add, change or take away. */
function isOurs({ text, table, header }: Line, main: number): boolean {
  return table === main && header === "[[index]]" && /^(\[\[index\]\]|url\s*=|default\s*=|name\s*=)/.test(text);
}

export const uvLaw: LawFormat = {
  file: ".config/uv/uv.toml",
  texts,
  choices,
  knowledge,
  runsWithTool: 2,
  parse: (bytes) => {
    const lines = linesOf(bytes);
    const main = defaultTable(lines);
    const url = lines.find(({ text, table }) => table === main && /^url\s*=/.test(text));
    return new Map(url === undefined ? [] : [[key, valueIn(url.text)]]);
  },
  // An item that is added may have a blank line before it, and the last line an end: blank lines are not counted.
  otherLines: (bytes) => {
    const lines = linesOf(bytes);
    const main = defaultTable(lines);
    const rest = lines.filter((line) => !isOurs(line, main) && line.text.trim() !== "");
    return rest.map(({ text }) => Buffer.from(text.replace(/\r?\n$/, "")).toString("latin1"));
  },
};
