import { writeSync } from "node:fs";
import { readOutputFlags } from "./cli/flags.ts";
import { runProgram } from "./cli/program.ts";
import type { Examples, Help } from "./cli/session.ts";
import type { Opened } from "./open.ts";
import { type Language, pickLanguage } from "./report/language.ts";

/** The way in: arguments in, exit code out. What a command needs is put together when one begins; help and version need none of it. */
export async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "__write") return (await import("./open.ts")).serveWrites();
  const flags = readOutputFlags(args);
  const language = pickLanguage(flags.language, process.env, systemLocale);
  let opening: Promise<Opened> | null = null;
  const open = () => {
    opening ??= import("./open.ts").then(({ openSession }) => openSession(args, flags, language));
    return opening;
  };
  let helpText = "";
  try {
    const help = await loadHelp(language);
    await runProgram(
      args,
      help,
      async () => (await open()).session,
      (text) => {
        helpText += text;
      },
      await loadExamples(args, language),
    );
  } catch (error) {
    (await open()).fail(error);
  }
  if (opening === null) return end(0, helpText, "");
  const { code, out, err } = (await open()).close();
  end(code, out + helpText, err);
}

/** Asked on Windows alone: elsewhere the variables that were looked at first are all there is, and to wake Node's Intl takes half as long as Node itself. */
function systemLocale(): string {
  return process.platform === "win32" ? Intl.DateTimeFormat().resolvedOptions().locale : "en";
}

async function loadHelp(language: Language): Promise<Help> {
  return language === "zh" ? (await import("./cli/help/zh.ts")).help : (await import("./cli/help/en.ts")).help;
}

/** Only help has them to show. */
async function loadExamples(args: readonly string[], language: Language): Promise<Examples> {
  if (!args.some((arg) => ["--help", "-h", "help"].includes(arg))) return {};
  return (await (language === "zh" ? import("./cli/help/examples/zh.ts") : import("./cli/help/examples/en.ts")))
    .examples;
}

/** Ends the process once its output is out: a name look-up that hangs would keep it alive. A reader that has gone away is no error; a full disk is. */
function end(code: number, out: string, err: string): void {
  const rests = [
    ["stdout", writeNow(1, out)],
    ["stderr", writeNow(2, err)],
  ] as const;
  let open = rests.filter(([, rest]) => rest.length > 0).length;
  if (open === 0) process.exit(code);
  const ended = (name: string, error?: (Error & { code?: string }) | null) => {
    if (error != null && error.code !== "EPIPE") {
      writeNow(2, `mirror-setup: ${name}: ${error.message}\n`);
      process.exit(1);
    }
    open -= 1;
    if (open === 0) process.exit(code);
  };
  for (const [name, rest] of rests) {
    if (rest.length === 0) continue;
    // The call back of `write` is told, too; without a listener an error would be thrown besides.
    process[name].on("error", () => undefined);
    process[name].write(rest, (error) => ended(name, error));
  }
}

/**
 * Writes what goes out at once, and gives back what is left for a stream, which takes Node some milliseconds to make. On Windows all of it is: a console
 * there shows only what comes through one in Unicode.
 */
function writeNow(descriptor: number, text: string): Uint8Array {
  let rest = Buffer.from(text);
  if (process.platform === "win32") return rest;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch {
    // A full pipe that does not wait, or one without a reader: the stream knows what to do.
  }
  return rest;
}
