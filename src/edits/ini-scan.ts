import { type Line, linesOf } from "./lines.ts";
import { strip } from "./python.ts";
import type { TextProblem } from "./types.ts";

/** One option as RawConfigParser reads it. */
export interface IniOption {
  readonly section: string;
  /** `section.option`, the option's name normalised as pip does. */
  readonly key: string;
  /** The name as RawConfigParser compares it: in lower case. */
  readonly name: string;
  /** The lines of the value, `""` for an empty one; comments between them are not among them. */
  readonly parts: string[];
  /** The option's own line, then its continuation lines, empty ones between them included. */
  readonly lines: [Line, ...Line[]];
  /** Of the value on the option's own line. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** How many characters its line is indented. */
  readonly indent: number;
  /** The sign, and the spaces around it. */
  readonly delimiter: string;
}

/** One `[section]`. */
export interface IniSection {
  readonly name: string;
  readonly header: Line;
  readonly indent: number;
  readonly options: IniOption[];
}

/** A whole file. */
export interface IniFile {
  readonly sections: readonly IniSection[];
  /** The first thing that makes pip refuse the file. */
  readonly problem: TextProblem | null;
}

/**
 * Reads a text as Python's `configparser.RawConfigParser` does with its defaults (strict, `=` and `:`, whole-line comments only), which is
 * how pip reads it. Source: Lib/configparser.py, `RawConfigParser._read`; pip/_internal/configuration.py.
 */
export function scanIni(text: string): IniFile {
  const mark = /^(\uFEFF|\xEF\xBB\xBF)/.test(text);
  const scanner = new Scanner(text);
  for (const line of linesOf(text)) scanner.read(line);
  return {
    sections: scanner.sections,
    problem: mark ? { code: "byte-order-mark", line: 1 } : (scanner.problem ?? scanner.garbage),
  };
}

/** The value as RawConfigParser joins it. */
export function joinedValue(option: IniOption): string {
  return option.parts.join("\n");
}

class Scanner {
  readonly sections: IniSection[] = [];
  problem: TextProblem | null = null;
  /** The first line that is nothing: pip complains of it only when there is nothing else. */
  garbage: TextProblem | null = null;
  private option: IniOption | null = null;
  /** Lines that are indented deeper than this continue the option. */
  private level = 0;
  /** Empty lines since the last one with text: the value's, if it goes on after them. */
  private empty: Line[] = [];
  private readonly seen = new Set<string>();
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(line: Line): void {
    const raw = this.text.slice(line.start, line.end);
    const body = strip(raw);
    if (body.startsWith("#") || body.startsWith(";")) return;
    if (body === "") {
      this.empty.push(line);
      return;
    }
    const indent = raw.indexOf(body.charAt(0));
    if (this.option !== null && indent > this.level) {
      this.option.parts.push(...this.empty.map(() => ""), body);
      this.option.lines.push(...this.empty.splice(0), line);
      return;
    }
    this.empty = [];
    this.level = indent;
    const close = body.startsWith("[") ? body.lastIndexOf("]") : -1;
    if (close > 1) this.startSection(body.slice(1, close), line, indent);
    else this.startOption(body, line, indent);
  }

  private startSection(name: string, header: Line, indent: number): void {
    // [DEFAULT] may come more than once.
    if (name !== "DEFAULT") this.once(name, "duplicate-section", header);
    this.sections.push({ name, header, indent, options: [] });
    this.option = null;
  }

  private startOption(body: string, line: Line, indent: number): void {
    const section = this.sections.at(-1);
    if (section === undefined) {
      this.complain("key-before-section", line);
      return;
    }
    const sign = body.search(/[=:]/);
    const written = strip(body.slice(0, Math.max(sign, 0)));
    if (written === "") {
      this.garbage ??= { code: "syntax", line: line.number };
      return;
    }
    const value = strip(body.slice(sign + 1));
    const name = written.toLowerCase();
    this.once(`${section.name}\n${name}`, "duplicate-key", line);
    const at = line.start + indent;
    const valueStart = value === "" ? line.end : at + body.length - value.length;
    this.option = {
      section: section.name,
      key: `${section.name}.${name.replaceAll("_", "-").replace(/^--/, "")}`,
      name,
      parts: [value],
      lines: [line],
      valueStart,
      valueEnd: valueStart + value.length,
      indent,
      delimiter: this.text.slice(at + written.length, valueStart),
    };
    section.options.push(this.option);
  }

  private once(what: string, code: TextProblem["code"], line: Line): void {
    if (this.seen.has(what)) this.complain(code, line);
    this.seen.add(what);
  }

  private complain(code: TextProblem["code"], line: Line): void {
    this.problem ??= { code, line: line.number };
  }
}
