import type { Help as CommanderHelp } from "commander";

/** A text stands beside its term from so many columns on; with fewer it stands below. */
const roomBeside = 28;
const indent = 2;

/** Closing marks stay with what they close. */
const clings = /^[，。、；：！？）」』】》…]/;

/** Columns that a help text takes. Our own texts have what is wide in one block and no combining marks, so that no table of Unicode is needed. */
export function displayWidth(text: string): number {
  return text.replace(/[\u2e80-\u9fff\uff00-\uff60]/g, "##").length;
}

/** Breaks a text into lines at blanks, and between Chinese characters, which have none. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  const pieces = text.match(/\s*(?:[\u2e80-\u9fff\uff00-\uff60]|[^\s\u2e80-\u9fff\uff00-\uff60]+)/g) ?? [];
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1] ?? "";
    const wanted = line + piece + (clings.test(next) ? next : "");
    if (line !== "" && displayWidth(wanted) > columns && !clings.test(piece)) {
      lines.push(line);
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line];
}

/** How commander is to lay help out: it would count Chinese as narrow, break it nowhere, and break nothing at all on a narrow screen. */
export const layout = {
  displayWidth,
  boxWrap: (text: string, columns: number) => wrap(text, columns).join("\n"),
  formatItem(term: string, termWidth: number, text: string, { helpWidth }: Pick<CommanderHelp, "helpWidth">): string {
    const all = helpWidth ?? 80;
    const left = " ".repeat(indent);
    if (text === "") return left + term;
    const beside = all - termWidth - 2 * indent;
    if (beside < roomBeside) return [left + term, ...wrap(text, all - 6).map((line) => `      ${line}`)].join("\n");
    const gap = " ".repeat(termWidth - displayWidth(term) + indent);
    return left + term + gap + wrap(text, beside).join(`\n${" ".repeat(termWidth + 2 * indent)}`);
  },
};

/** Command lines to copy, each with what it is for below it. */
export function examplesText(
  heading: string,
  examples: readonly (readonly [string, string])[],
  columns: number,
): string {
  const lines = examples.flatMap(([line, text]) => [
    `  ${line}`,
    ...wrap(text, columns - 6).map((row) => `      ${row}`),
  ]);
  return examples.length === 0 ? "" : `${["", heading, ...lines].join("\n")}\n`;
}
