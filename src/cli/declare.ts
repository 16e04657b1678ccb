import type { Command } from "commander";
import { type EcosystemId, ecosystemIds } from "../catalog/types.ts";
import { ecosystems } from "../ecosystems/index.ts";
import { fill } from "../report/say.ts";
import type { AddOptions } from "./commands/catalog.ts";
import type { ConfigureOptions } from "./commands/configure.ts";
import type { ListOptions } from "./commands/list.ts";
import type { LookOptions } from "./commands/look.ts";
import type { ResetOptions } from "./commands/reset.ts";
import type { Help, Open } from "./session.ts";

const changes = () => import("./commands/configure.ts");
const looks = () => import("./commands/look.ts");
const journal = () => import("./commands/journal.ts");
const catalogs = () => import("./commands/catalog.ts");

/** What commands are declared with. */
export interface Declaring {
  readonly help: Help;
  readonly open: Open;
  /** Whether the command line has this word: options of all other commands would be made for nobody to see. */
  readonly isAskedFor: (command: string) => boolean;
}

/** All commands and their options. What a command does is loaded when it is called: help and mistakes need none of it. */
export function declareCommands(program: Command, declaring: Declaring): void {
  for (const id of [...ecosystemIds, "all" as const]) declareConfigure(program, id, declaring);
  declareLooks(program, declaring);
  declareReset(program, declaring);
  declareJournal(program, declaring);
  declareCatalog(program, declaring);
}

function declareConfigure(
  program: Command,
  ecosystem: EcosystemId | "all",
  { help, open, isAskedFor }: Declaring,
): void {
  const command = program
    .command(ecosystem, { hidden: ecosystem !== "all" && ecosystems[ecosystem] === null })
    .description(ecosystem === "all" ? help.configureAll : fill(help.configure, { ecosystem }))
    .argument("[MIRROR...]", help.mirror);
  if (!isAskedFor(ecosystem)) return;
  command
    .option("--fastest", help.fastest)
    .option("--chain <N>", help.chain)
    .option("--no-probe", help.noProbe)
    .option("--if-broken", help.ifBroken)
    .option("--dry-run", help.dryRun)
    .option("--scope <SCOPE>", help.scope)
    .option("--only <TOOLS>", help.only)
    .option("--allow-missing", help.allowMissing)
    .option("--verify", help.verify)
    .option("--no-cache", help.noCache)
    .option("--timeout <DURATION>", help.timeout)
    .option("--catalog <FILE>", help.catalogFile);
  if (ecosystem === "go") command.option("--private <PATTERN...>", help.private);
  if (ecosystem === "npm") command.option("--scope-registry <SCOPE=URL...>", help.scopeRegistry);
  if (ecosystem === "docker" || ecosystem === "all") command.option("--no-reload", help.noReload);
  command.action(async (names: string[], options: ConfigureOptions) => {
    await (await changes()).configure(await open(), ecosystem, names, options);
  });
}

function declareLooks(program: Command, { help, open }: Declaring): void {
  program
    .command("list")
    .description(help.list)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .option("--env", help.env)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, options: ListOptions) => {
      await (await import("./commands/list.ts")).list(await open(), name, options);
    });
  program
    .command("test")
    .description(help.test)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .argument("[MIRROR...]", help.mirror)
    .option("--no-cache", help.noCache)
    .option("--timeout <DURATION>", help.timeout)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, names: string[], options: LookOptions) => {
      await (await looks()).showTest(await open(), name, names, options);
    });
  program
    .command("status")
    .description(help.status)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, options: LookOptions) =>
      (await looks()).showStatus(await open(), name, options),
    );
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

function declareCatalog(program: Command, { help, open }: Declaring): void {
  const catalog = program.command("catalog").description(help.catalog).helpCommand(false);
  catalog
    .command("validate")
    .description(help.validate)
    .argument("[FILE]", help.file)
    .action(async (file: string | undefined) => (await catalogs()).validate(await open(), file));
  catalog
    .command("add")
    .description(help.add)
    .argument("<ECOSYSTEM>", help.ecosystem)
    .argument("<ID>", help.ownId)
    .argument("<URL>", help.url)
    .option("--name <NAME>", help.name)
    .option("--insecure", help.insecure)
    .action(async (name: string, id: string, url: string, options: AddOptions) => {
      await (await catalogs()).add(await open(), name, id, url, options);
    });
  catalog
    .command("remove")
    .description(help.remove)
    .argument("<ECOSYSTEM>", help.ecosystem)
    .argument("<ID>", help.ownId)
    .action(async (name: string, id: string) => (await catalogs()).remove(await open(), name, id));
  catalog
    .command("path")
    .description(help.path)
    .action(async () => (await catalogs()).showPath(await open()));
}
