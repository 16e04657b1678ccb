import type { Command, Option } from "commander";

/** Where on the command line a person stands. */
export interface Place {
  readonly command: Command;
  /** The words that are no options, after the command's own. */
  readonly given: readonly string[];
  /** The option whose value is wanted; null: none. */
  readonly option: Option | null;
  /** Options that are there already, with what follows them. */
  readonly options: ReadonlyMap<string, string>;
  /** What has been typed of the word. */
  readonly typed: string;
  /** What the answer has to begin with, before what is completed: `--lang=`. */
  readonly prefix: string;
}

/** Reads a command line up to the word that is being typed, by the very declarations that it will be understood by. */
export function walk(program: Command, words: readonly string[]): Place {
  // bash takes `--lang=zh` for three words.
  const all = words.filter((word, index) => word !== "=" || index === words.length - 1);
  const line = new Line(program);
  for (const word of all.slice(0, -1)) line.read(word);
  const last = all.at(-1) ?? "";
  const { command, given, options } = line;
  const [, flag, value] = /^(--[^=]+)=(.*)$/.exec(last) ?? [];
  const inside = flag === undefined ? null : optionOf(command, flag);
  if (inside !== null) return { command, given, options, option: inside, typed: value ?? "", prefix: `${flag}=` };
  const typed = last === "=" || last === '""' ? "" : last;
  return { command, given, options, option: line.open, typed, prefix: "" };
}

/** A command line as far as it has been read. */
class Line {
  command: Command;
  readonly given: string[] = [];
  readonly options = new Map<string, string>();
  /** An option that still waits for its value. */
  open: Option | null = null;

  constructor(program: Command) {
    this.command = program;
  }

  read(word: string): void {
    const { open } = this;
    this.open = null;
    if (open !== null) this.options.set(open.long ?? "", word);
    else if (word.startsWith("-")) this.readOption(word);
    else this.readWord(word);
  }

  private readOption(word: string): void {
    const found = optionOf(this.command, word);
    if (found === null) return;
    this.options.set(found.long ?? "", "");
    this.open = found.required && !word.includes("=") ? found : null;
  }

  private readWord(word: string): void {
    const isNamed = (each: Command) => each.name() === word || each.aliases().includes(word);
    const sub = this.given.length > 0 ? undefined : this.command.commands.find(isNamed);
    if (sub === undefined) this.given.push(word);
    else this.command = sub;
  }
}

function optionOf(command: Command, word: string): Option | null {
  const [flag] = word.split("=");
  return command.options.find(({ long, short }) => long === flag || short === flag) ?? null;
}
