import { Chalk } from "chalk";
import { cleanText } from "./clean.ts";
import type { Dictionary } from "./language.ts";
import { fill, say } from "./say.ts";
import { layOut, layOutCut, widthOf } from "./table.ts";
import type { Message } from "./types.ts";
import { wrap } from "./wrap.ts";

/** What is known of the place where a report will be read. */
export interface ScreenFacts {
  readonly colour: boolean;
  readonly unicode: boolean;
  /** Columns, now; null where it is no terminal. */
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
  /** Nothing in it is lost on a narrow screen: the last column is broken over lines. */
  table(rows: readonly (readonly string[])[], aligns?: string): string[];
  /** One line a row, cut to fit. */
  rows(rows: readonly (readonly string[])[], aligns?: string): string[];
}

/** A screen; chalk does the colours (its level is ours to set: it does not look at `NO_COLOR`). */
export function makeScreen(facts: ScreenFacts, dictionary: Dictionary, verbose: boolean): Screen {
  const chalk = new Chalk({ level: facts.colour ? 1 : 0 });
  return {
    dictionary,
    get columns() {
      return facts.columns;
    },
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
    rows: (rows, aligns = "") => layOutCut(rows, aligns, facts.columns),
  };
}

function shortened(file: string, home: string | null): string {
  if (home === null || home.length < 2) return file;
  const rest = file.slice(home.length);
  // Neither the Explorer nor cmd.exe knows a tilde, and names on Windows are the same in any case.
  if (rest.startsWith("\\") && file.slice(0, home.length).toLowerCase() === home.toLowerCase())
    return `%USERPROFILE%${rest}`;
  return file.startsWith(`${home}/`) ? `~${rest}` : file;
}

/** A message as a line, with what kind of message it is where it is not plain news. */
export function messageLine(message: Message, screen: Screen): string {
  const { words } = screen.dictionary;
  const said = cleanText(say(message, screen.dictionary));
  const text = message.about === undefined ? said : fill(words.about, { about: message.about, text: said });
  if (message.level === "info") return text;
  const [template, paint] = message.level === "warn" ? [words.warning, screen.caution] : [words.error, screen.bad];
  const [label = "", rest = ""] = template.split("{text}");
  return `${paint(label)}${text}${rest}`;
}

/** A message as lines of a terminal, broken between words. */
export function messageLines(message: Message, screen: Screen): string[] {
  const text = messageLine(message, screen);
  return screen.columns === null ? [text] : wrap(text, screen.columns, widthOf);
}
