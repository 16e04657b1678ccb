import type { Command } from "commander";
import type { AddOptions } from "./commands/catalog.ts";
import type { Declaring } from "./declare.ts";

const catalogs = () => import("./commands/catalog.ts");

/** What is a person's own: mirrors, and the shell. */
export function declareOwn(program: Command, declaring: Declaring): void {
  declareCatalog(program, declaring);
  declareCompletion(program, declaring);
}

function declareCompletion(program: Command, { help, open }: Declaring): void {
  const load = () => import("./commands/completion.ts");
  program
    .command("completion")
    .description(help.completion)
    .argument("<SHELL>", help.shell)
    .action(async (shell: string) => (await load()).completion(await open(), shell));
  program
    .command("__complete", { hidden: true })
    .argument("[WORD...]")
    .action(async (words: string[]) => (await load()).complete(await open(), program, words));
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
