import type { Command } from "commander";
import type { DoctorOptions } from "./commands/doctor.ts";
import type { ListOptions } from "./commands/list.ts";
import type { LookOptions } from "./commands/look.ts";
import type { Declaring } from "./declare.ts";

const looks = () => import("./commands/look.ts");

/** Commands that look, and change nothing unless they are told to. */
export function declareLooks(program: Command, declaring: Declaring): void {
  declareStates(program, declaring);
  declareDoctor(program, declaring);
}

function declareStates(program: Command, { help, open }: Declaring): void {
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
    .argument("[MIRROR...]", help.mirrorTest)
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
    .option("--check", help.check)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, options: LookOptions) =>
      (await looks()).showStatus(await open(), name, options),
    );
}

function declareDoctor(program: Command, { help, open }: Declaring): void {
  program
    .command("doctor")
    .summary(help.doctorShort)
    .description(help.doctor)
    .argument("[ECOSYSTEM]", help.ecosystem)
    .option("--fix", help.fix)
    .option("--catalog <FILE>", help.catalogFile)
    .action(async (name: string | undefined, options: DoctorOptions) => {
      await (await import("./commands/doctor.ts")).runDoctor(await open(), name, options);
    });
}
