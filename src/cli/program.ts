import { Command, CommanderError, Help as CommanderHelp } from "commander";
import { nearestIds } from "../catalog/find.ts";
import { refuse } from "../core/outcome.ts";
import type { Message } from "../report/types.ts";
import { ownWord } from "./aliases.ts";
import type { ConfigureOptions } from "./commands/configure.ts";
import { type Declaring, declareCommands } from "./declare.ts";
import { examplesText, layout } from "./help/layout.ts";
import type { Examples, Help, Open } from "./session.ts";

/** Runs a command line. Everything it has to say goes through the session, but help, which goes to `writeHelp`. */
export async function runProgram(
  args: readonly string[],
  help: Help,
  open: Open,
  writeHelp: (text: string) => void,
  examples: Examples,
): Promise<void> {
  const words = args.map(ownWord);
  const isAskedFor = (name: string) => words.includes(name);
  const program = build({ help, open, isAskedFor });
  for (const command of everyCommand(program)) {
    if (command === program || isAskedFor(command.name())) prepare(command, help, writeHelp, examples);
    // The help of other commands lists this one as having options; which, nobody will see.
    else command.option("--json");
  }
  program.hook("preAction", (_, command) => {
    const { lang } = command.optsWithGlobals<{ lang?: string }>();
    if (lang !== undefined && lang !== "zh" && lang !== "en") throw new CommanderError(2, "language", `'${lang}'`);
  });
  try {
    // Help would be shown for it, as if there were such a command.
    if (!isKnown(words[0] ?? "help", program)) throw new CommanderError(2, "commander.unknownCommand", `'${words[0]}'`);
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    const group = groupOf(error, words, program);
    if (group !== null) return writeHelp(group.helpInformation());
    const command = words.find((word) => !word.startsWith("-")) ?? "";
    (await open()).fail(command, refuse(2, usageMessage(error, program, words)));
  }
}

function build(declaring: Declaring): Command {
  const { help, open, isAskedFor } = declaring;
  const program = new Command("mirror-setup").description(help.program);
  declareCommands(program, declaring);
  program.option("--version", help.version).helpCommand("help [COMMAND]", help.helpCommand);
  program.argument("[COMMAND]").usage("[COMMAND] [OPTIONS]");
  // Given before another command they would be lost on it: then they are unknown here.
  if (!program.commands.some((command) => isAskedFor(command.name()))) {
    program.option("--no-cache", help.noCache).option("--catalog <FILE>", help.catalogFile);
  }
  program.action(async (word: string | undefined, options: Pick<ConfigureOptions, "cache" | "catalog">) => {
    if (word !== undefined) throw new CommanderError(2, "commander.unknownCommand", `'${word}'`);
    const session = await open();
    const terminal = session.terminal();
    if (terminal !== null) return (await import("./commands/configure.ts")).choose(session, terminal, "all", options);
    const hint: Message = { code: "hint", level: "info", args: { text: help.hint } };
    await (await import("./commands/look.ts")).showStatus(session, undefined, options, [hint]);
  });
  return program;
}

function isKnown(word: string, program: Command): boolean {
  return word === "help" || word.startsWith("-") || program.commands.some((command) => command.name() === word);
}

/** The command of which nothing but its name was given, where that has commands of its own: its help says which. */
function groupOf({ code }: CommanderError, [first = ""]: readonly string[], program: Command): Command | null {
  const isAlone = code === "commander.help" && first !== "help";
  return (isAlone && program.commands.find((each) => each.name() === first)) || null;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** What all commands have: the same global options, our words for titles, no exit and no printing of their own. */
function prepare(command: Command, help: Help, writeHelp: (text: string) => void, examples: Examples): void {
  const own = examples[command.name()] ?? [];
  command
    .optionsGroup(help.groups.output)
    .option("--json", help.json)
    .option("--quiet", help.quiet)
    .option("--verbose", help.verbose)
    .option("--lang <LANG>", help.lang)
    .option("--yes", help.yes)
    .option("--no-color", help.noColor)
    .helpOption("-h, --help", help.helpOption)
    .configureHelp({
      ...layout,
      styleTitle: (title) => help.titles[title as keyof typeof help.titles] ?? title,
      showGlobalOptions: false,
      subcommandTerm: (each) => [namesOf(each), each.usage().replace(/^\[options\] ?/, "")].join(" ").trimEnd(),
      formatHelp: (shown, helper) =>
        CommanderHelp.prototype.formatHelp.call(helper, shown, helper).replace("： ", "：") +
        examplesText(help.groups.examples, own, helper.helpWidth ?? 80),
    })
    .configureOutput({ writeOut: writeHelp, writeErr: () => undefined })
    .exitOverride();
}

/** What a command is called, in the list of all of them. */
function namesOf(command: Command): string {
  return [command.name(), ...command.aliases().slice(0, 1)].join("|");
}

/** Commander's complaint in our words. The thing complained about stands in quotes in its message. */
function usageMessage({ code, message }: CommanderError, program: Command, words: readonly string[]): Message {
  const what = /'([^']+)'/.exec(message)?.[1] ?? words[1] ?? "";
  const main = program.commands.find((each) => each.name() === words[0]);
  const part = main?.commands.find((each) => each.name() === words[1]);
  const command = ["mirror-setup", main?.name(), part?.name()].filter((name) => name !== undefined).join(" ");
  switch (code) {
    case "commander.unknownOption": {
      const near = /Did you mean (?:one of )?([^?]+)\?/.exec(message)?.[1];
      if (near !== undefined) return { code: "unknown-option-near", level: "error", args: { option: what, near } };
      return { code: "unknown-option", level: "error", args: { option: what, command } };
    }
    case "commander.optionMissingArgument":
      return { code: "option-wants-value", level: "error", args: { option: what, command } };
    case "commander.excessArguments":
      return { code: "too-many-arguments", level: "error", args: { argument: what, command } };
    case "commander.missingArgument":
      return { code: "missing-argument", level: "error", args: { argument: what, command } };
    case "language":
      return { code: "bad-language", level: "error", args: { value: what } };
    case "commander.help":
    case "commander.unknownCommand":
      return unknownCommand(what, main?.commands.length ? main : program);
    default:
      return { code: "bad-option", level: "error", args: { text: message.replace(/^error: /, "") } };
  }
}

function unknownCommand(word: string, program: Command): Message {
  const names = program.commands.flatMap((command) => [command.name(), ...command.aliases()]);
  const near = nearestIds(names, word);
  if (near.length === 0) return { code: "unknown-command", level: "error", args: { word } };
  return { code: "unknown-command-near", level: "error", args: { word, near: near.join(", ") } };
}
