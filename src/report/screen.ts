import { Chalk } from "chalk";
import fastStringWidth from "fast-string-width";
import { cleanText } from "./clean.ts";
import type { Dictionary } from "./language.ts";
import { say } from "./say.ts";
import type { Message } from "./types.ts";

/** What is known of the place where a report will be read. */
export interface ScreenFacts {
  readonly colour: boolean;
  readonly unicode: boolean;
  /** Columns; null where it is no terminal. */
  readonly columns: number | null;
  /** Shortened to `~` in paths; null where it is not known. */
  readonly home: string | null;
}

/** Everything a view needs to write with. Colour and symbols are never the only carriers of a meaning. */
export interface Screen {
  readonly dictionary: Dictionary;
  readonly columns: number | null;
  readonly verbose: boolean;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  caution(text: string): string;
  bad(text: string): string;
  /** A path as people write it, fit to be shown. */
  path(file: string): string;
  readonly arrow: string;
  readonly dash: string;
  readonly atLeast: string;
  readonly atMost: string;
  readonly tick: string;
  readonly cross: string;
  table(rows: readonly (readonly string[])[], aligns?: string): string[];
}

/** A screen; chalk does the colours (its level is ours to set: it does not look at `NO_COLOR`). */
export function makeScreen(facts: ScreenFacts, dictionary: Dictionary, verbose: boolean): Screen {
  const chalk = new Chalk({ level: facts.colour ? 1 : 0 });
  return {
    dictionary,
    columns: facts.columns,
    verbose,
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    caution: (text) => chalk.yellow(text),
    bad: (text) => chalk.red(text),
    path: (file) => cleanText(shortened(file, facts.home)),
    arrow: facts.unicode ? "→" : "->",
    dash: facts.unicode ? "–" : "-",
    atLeast: facts.unicode ? "≥" : ">=",
    atMost: facts.unicode ? "≤" : "<=",
    tick: facts.unicode ? "✓" : "+",
    cross: facts.unicode ? "✗" : "x",
    table: (rows, aligns = "") => layOut(rows, aligns, facts.columns),
  };
}

function shortened(file: string, home: string | null): string {
  const inside = home !== null && home.length > 1 && (file.startsWith(`${home}/`) || file.startsWith(`${home}\\`));
  return inside ? `~${file.slice(home.length)}` : file;
}

/** Columns that a text takes. What is plain is counted here: to get ready for all of Unicode takes longer than all the rest of a table. */
function widthOf(text: string): number {
  return /^[ -~–→≤≥]*$/.test(text) ? text.length : fastStringWidth(text);
}

/** Columns as wide as their widest cell, two blanks between; `r` in `aligns` sets a column to the right. The last column is cut to fit a terminal. */
function layOut(rows: readonly (readonly string[])[], aligns: string, columns: number | null): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  return rows.map((row) => {
    const cells = row.map((cell, index) => {
      const gap = " ".repeat((widths[index] ?? 0) - widthOf(cell));
      return aligns[index] === "r" ? gap + cell : cell + gap;
    });
    const line = `  ${cells.join("  ")}`.trimEnd();
    return columns === null ? line : cut(line, columns);
  });
}

/** Cuts a line to so many columns; escape codes have no width and are kept, so that colours end. */
export function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  let width = 0;
  let kept = "";
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    if (part.startsWith("\u001b[")) kept += part;
    else {
      for (const character of part) {
        width += widthOf(character);
        if (width < columns) kept += character;
      }
    }
  }
  return `${kept}…`;
}

/** A message as a line, with what kind of message it is where it is not plain news. */
export function messageLine(message: Message, screen: Screen): string {
  const { words } = screen.dictionary;
  const said = cleanText(say(message, screen.dictionary));
  const text = message.about === undefined ? said : `${message.about}: ${said}`;
  if (message.level === "info") return text;
  const [template, paint] = message.level === "warn" ? [words.warning, screen.caution] : [words.error, screen.bad];
  const [label = "", rest = ""] = template.split("{text}");
  return `${paint(label)}${text}${rest}`;
}

/** A message as lines of a terminal, broken between words; Chinese, which has no blanks between them, is left to the terminal to break. */
export function messageLines(message: Message, screen: Screen): string[] {
  const lines: string[] = [];
  const text = messageLine(message, screen);
  if (screen.dictionary.language === "zh") return [text];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= (screen.columns ?? Number.POSITIVE_INFINITY))
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
