import { type IniFile, type IniOption, type IniSection, scanIni } from "./ini-scan.ts";
import { type Splice, spliced } from "./lines.ts";

/** How often one thing after the other is put right; a file with more is no file of settings. */
const patience = 50;

/** A pip.conf that pip refuses as a whole, as it was meant: each step takes away what pip would complain of first. */
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
  "key-before-section": (text) => `[global]\n${text}`,
  "duplicate-section": withoutSecondHeader,
  "duplicate-key": withoutFirstOf,
};

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
  const joint = place === 0 || /[\r\n]$/.test(without.slice(0, place)) ? "" : "\n";
  const gap = without.length === place || body === "" || /[\r\n]$/.test(body) ? "" : "\n";
  return without.slice(0, place) + joint + body + gap + without.slice(place);
}

function endOf({ header, options }: IniSection): number {
  return options.at(-1)?.lines.at(-1)?.next ?? header.next;
}

/** Of two values of one key the later is the newer one. */
function withoutFirstOf(text: string, line: number, { sections }: Pick<IniFile, "sections">): string {
  const options = sections.flatMap((section) => section.options);
  const again = options.find(({ lines }) => lines[0].number === line);
  const first = options.find((option) => option.section === again?.section && option.name === again.name);
  return first === undefined ? text : spliced(text, first.lines.map(gone));
}

function gone({ start, next }: IniOption["lines"][number]): Splice {
  return { start, end: next, text: "" };
}
