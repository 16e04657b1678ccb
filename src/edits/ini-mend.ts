import { type IniFile, type IniSection, scanIni } from "./ini-scan.ts";
import { gone, lineEndOf, linesOf, spliced } from "./lines.ts";

/** How often one thing after the other is put right; a file with more is no file of settings. */
const patience = 50;

/** A pip.conf that pip refuses as a whole, as it was meant: each step takes away what pip would complain of first. As it is, where a step would be a guess. */
export function mendIni(text: string): string {
  let mended = text;
  for (let step = 0; step < patience; step += 1) {
    const { problem, ...file } = scanIni(mended);
    if (problem === null) return mended;
    const next = steps[problem.code]?.(mended, problem.line, file) ?? mended;
    if (next === mended) return text;
    mended = next;
  }
  return text;
}

type Step = (text: string, line: number, file: Pick<IniFile, "sections">) => string;

const steps: Readonly<Record<string, Step>> = {
  "byte-order-mark": (text) => text.replace(/^(?:\uFEFF|\xEF\xBB\xBF)/, ""),
  "key-before-section": withHeader,
  "duplicate-section": withoutSecondHeader,
  "duplicate-key": withoutFirstOf,
};

/** What pip's own options look like; a line of a shell, or of a page, is none of them. */
const option = /^\s*(?:--)?[a-z]+(?:[-_][a-z]+)*\s*[=:]/;

function withHeader(text: string): string {
  const lines = linesOf(text).map(({ start, end }) => text.slice(start, end));
  const header = lines.findIndex((line) => /^\s*\[/.test(line));
  const above = lines.slice(0, header === -1 ? lines.length : header);
  // A value may go on in lines that are indented.
  const isMeant = above.every((line) => option.test(line) || /^\s*(?:[#;]|$)|^\s+\S+$/.test(line));
  return isMeant ? `[global]${lineEndOf(text)}${text}` : text;
}

/** What stands in the second comes behind what stands in the first. */
function withoutSecondHeader(text: string, line: number, { sections }: Pick<IniFile, "sections">): string {
  const at = sections.findIndex(({ header }) => header.number === line);
  const again = sections[at];
  const first = sections.find(({ name }) => name === again?.name);
  if (again === undefined || first === undefined) return text;
  const end = sections[at + 1]?.header.start ?? text.length;
  const body = text.slice(again.header.next, end);
  const without = text.slice(0, again.header.start) + text.slice(end);
  const place = endOf(first);
  const lineEnd = lineEndOf(text);
  const joint = place === 0 || /[\r\n]$/.test(without.slice(0, place)) ? "" : lineEnd;
  const gap = without.length === place || body === "" || /[\r\n]$/.test(body) ? "" : lineEnd;
  return without.slice(0, place) + joint + body + gap + without.slice(place);
}

function endOf({ header, options }: IniSection): number {
  return options.at(-1)?.lines.at(-1)?.next ?? header.next;
}

/** Options that pip takes several values of: of two lines both may be meant. */
const lists = /\.(?:extra-index-url|find-links|trusted-host)$/;

/** Of two values of one key the later is the newer one. */
function withoutFirstOf(text: string, line: number, { sections }: Pick<IniFile, "sections">): string {
  const options = sections.flatMap((section) => section.options);
  const again = options.find(({ lines }) => lines[0].number === line);
  const first = options.find((option) => option.section === again?.section && option.name === again.name);
  return first === undefined || lists.test(first.key) ? text : spliced(text, first.lines.map(gone));
}
