import type { Command } from "commander";
import { type EcosystemId, ecosystemIds } from "../catalog/types.ts";
import { ecosystems } from "../ecosystems/index.ts";
import { fill } from "../report/say.ts";
import type { AddOptions } from "./commands/catalog.ts";
import type { ConfigureOptions } from "./commands/configure.ts";
import type { LookOptions } from "./commands/look.ts";
import type { ResetOptions } from "./commands/reset.ts";
import type { Session } from "./session.ts";

const changes = () => import("./commands/configure.ts");
const looks = () => import("./commands/look.ts");
const journal = () => import("./commands/journal.ts");
const catalogs = () => import("./commands/catalog.ts");

/** All commands and their options. What a command does is loaded when it is called: help and mistakes need none of it. */
export function declareCommands(program: Command, session: Session): void {
  for (const id of [...ecosystemIds, "all" as const]) declareConfigure(program, id, session);
  declareLooks(program, session);
  declareReset(program, session);
  declareJournal(program, session);
  declareCatalog(program, session);
}

function declareConfigure(program: Command, ecosystem: EcosystemId | "all", session: Session): void {
  const { help } = session;
  const command = program
    .command(ecosystem, { hidden: ecosystem !== "all" && ecosystems[ecosystem] === null })
    .description(ecosystem === "all" ? help.configureAll : fill(help.configure, { ecosystem }))
    .argument("[MIRROR...]", help.mirror)
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
  command.action(async (names: string[], options: ConfigureOptions) => {
    await (await changes()).configure(session, ecosystem, names, options);
  });
}

function declareLooks(program: Command, session: Session): void {
  const { help } = session;
  program
    .command("list")
    .description(help.list)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .option("--env", help.env)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, options: LookOptions) => (await looks()).list(session, name, options));
  program
    .command("test")
    .description(help.test)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .argument("[MIRROR...]", help.mirror)
    .option("--no-cache", help.noCache)
    .option("--timeout <DURATION>", help.timeout)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, names: string[], options: LookOptions) => {
      await (await looks()).showTest(session, name, names, options);
    });
  program
    .command("status")
    .description(help.status)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, options: LookOptions) =>
      (await looks()).showStatus(session, name, options),
    );
}

function declareReset(program: Command, session: Session): void {
  const { help } = session;
  program
    .command("reset")
    .description(help.reset)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .option("--dry-run", help.dryRun)
    .option("--scope <SCOPE>", help.scope)
    .option("--only <TOOLS>", help.only)
    .option("--allow-missing", help.allowMissing)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, options: ResetOptions) => {
      await (await import("./commands/reset.ts")).reset(session, name, options);
    });
}

function declareJournal(program: Command, session: Session): void {
  const { help } = session;
  program
    .command("undo")
    .description(help.undo)
    .argument("[ID]", help.id)
    .action(async (id: string | undefined) => (await journal()).undoLast(session, id));
  program
    .command("history")
    .description(help.history)
    .action(async () => (await journal()).showHistory(session));
}

function declareCatalog(program: Command, session: Session): void {
  const { help } = session;
  const catalog = program.command("catalog").description(help.catalog).helpCommand(false);
  catalog
    .command("validate")
    .description(help.validate)
    .argument("[FILE]", help.file)
    .action(async (file: string | undefined) => (await catalogs()).validate(session, file));
  catalog
    .command("add")
    .description(help.add)
    .argument("<ECOSYSTEM>", help.ecosystem)
    .argument("<ID>", help.ownId)
    .argument("<URL>", help.url)
    .option("--name <NAME>", help.name)
    .option("--insecure", help.insecure)
    .action(async (name: string, id: string, url: string, options: AddOptions) => {
      await (await catalogs()).add(session, name, id, url, options);
    });
  catalog
    .command("remove")
    .description(help.remove)
    .argument("<ECOSYSTEM>", help.ecosystem)
    .argument("<ID>", help.ownId)
    .action(async (name: string, id: string) => (await catalogs()).remove(session, name, id));
  catalog
    .command("path")
    .description(help.path)
    .action(async () => (await catalogs()).showPath(session));
}
