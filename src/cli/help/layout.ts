import type { Help as CommanderHelp } from "commander";
import { displayWidth, wrap } from "../../report/wrap.ts";

/** A text stands beside its term from so many columns on; with fewer it stands below. */
const roomBeside = 28;
const indent = 2;

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
