import { type Command, Option } from "commander";
import { type EcosystemId, ecosystemIds } from "../catalog/types.ts";
import { fill } from "../report/say.ts";
import { ecosystemAliases } from "./aliases.ts";
import type { ConfigureOptions } from "./commands/configure.ts";
import type { PullOptions } from "./commands/pull.ts";
import type { ResetOptions } from "./commands/reset.ts";
import { declareLooks } from "./declare-looks.ts";
import { declareOwn } from "./declare-own.ts";
import type { Help, Open } from "./session.ts";

/** For an option that may be given again. One that takes all words behind it, as commander has it, would take a mirror for another value. */
const again = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const changes = () => import("./commands/configure.ts");
const journal = () => import("./commands/journal.ts");

/** What commands are declared with. */
export interface Declaring {
  readonly help: Help;
  readonly open: Open;
  /** Whether the command line has this word: options of all other commands would be made for nobody to see. */
  readonly isAskedFor: (command: string) => boolean;
}

/** All commands and their options. What a command does is loaded when it is called: help and mistakes need none of it. */
export function declareCommands(program: Command, declaring: Declaring): void {
  const { groups } = declaring.help;
  program.commandsGroup(groups.set);
  for (const id of [...ecosystemIds, "all" as const]) declareConfigure(program, id, declaring);
  program.commandsGroup(groups.use);
  declarePull(program, declaring);
  program.commandsGroup(groups.look);
  declareLooks(program, declaring);
  program.commandsGroup(groups.back);
  declareReset(program, declaring);
  declareJournal(program, declaring);
  program.commandsGroup(groups.own);
  declareOwn(program, declaring);
}

function declareConfigure(
  program: Command,
  ecosystem: EcosystemId | "all",
  { help, open, isAskedFor }: Declaring,
): void {
  // These have room for one, and say so where more are wanted.
  const hasOne = ecosystem === "pip" || ecosystem === "npm";
  const command = program
    .command(ecosystem)
    .description(ecosystem === "all" ? help.configureAll : fill(help.configure, { ecosystem }))
    .argument("[MIRROR...]", hasOne || ecosystem === "all" ? help.mirrorOne : help.mirror);
  if (ecosystem !== "all") command.aliases(ecosystemAliases[ecosystem]);
  if (!isAskedFor(ecosystem)) return;
  command
    .optionsGroup(help.groups.choose)
    .option("--fastest", help.fastest)
    .addOption(new Option("--chain <N>", help.chain).hideHelp(hasOne))
    .option("--no-probe", help.noProbe)
    .option("--if-broken", help.ifBroken)
    .option("--no-cache", help.noCache)
    .option("--timeout <DURATION>", help.timeout)
    .option("--catalog <FILE>", help.catalogFile)
    .optionsGroup(help.groups.write)
    .option("--dry-run", help.dryRun)
    .option("--scope <SCOPE>", help.scope)
    .option("--only <TOOLS>", help.only)
    .option("--allow-missing", help.allowMissing)
    .option("--verify", help.verify);
  if (ecosystem === "go") command.option("--private <PATTERN>", help.private, again);
  if (ecosystem === "npm") command.option("--scope-registry <SCOPE=URL>", help.scopeRegistry, again);
  if (ecosystem === "docker" || ecosystem === "all") command.option("--no-reload", help.noReload);
  if (ecosystem === "docker") command.option("--allow-credentials", help.allowCredentials);
  command.action(async (names: string[], options: ConfigureOptions) => {
    await (await changes()).configure(await open(), ecosystem, names, options);
  });
}

function declarePull(program: Command, { help, open }: Declaring): void {
  program
    .command("pull")
    .description(help.pull)
    .argument("<IMAGE...>", help.image)
    .option("--from <MIRROR>", help.from)
    .option("--no-cache", help.noCache)
    .option("--timeout <DURATION>", help.timeout)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (images: string[], options: PullOptions) => {
      await (await import("./commands/pull.ts")).pullImages(await open(), images, options);
    });
}

function declareReset(program: Command, { help, open }: Declaring): void {
  program
    .command("reset")
    .description(help.reset)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .option("--dry-run", help.dryRun)
    .option("--scope <SCOPE>", help.scope)
    .option("--only <TOOLS>", help.only)
    .option("--allow-missing", help.allowMissing)
    .option("--no-reload", help.noReload)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, options: ResetOptions) => {
      await (await import("./commands/reset.ts")).reset(await open(), name, options);
    });
}

function declareJournal(program: Command, { help, open }: Declaring): void {
  program
    .command("undo")
    .description(help.undo)
    .argument("[ID]", help.id)
    .action(async (id: string | undefined) => (await journal()).undoLast(await open(), id));
  program
    .command("history")
    .description(help.history)
    .action(async () => (await journal()).showHistory(await open()));
}
