import { fileURLToPath } from "node:url";
import { failureReport } from "./cli/failure.ts";
import { type Output, outputOf, readOutputFlags, wantsColour } from "./cli/output.ts";
import type { Help, Session } from "./cli/session.ts";
import type { Services } from "./core/types.ts";
import { ownDirectories } from "./platform/paths.ts";
import { realClock } from "./ports/clock.ts";
import { readFacts } from "./ports/facts.ts";
import { realReadPort, realWritePort } from "./ports/real.ts";
import type { Report } from "./report/document.ts";
import { type Language, loadDictionary, pickLanguage } from "./report/language.ts";
import { liveLine } from "./report/progress.ts";
import type { Screen, ScreenFacts } from "./report/screen.ts";

/** The composition root: real ports in, exit code out. The only place that knows process, network and disk together. */
export async function main(args: readonly string[]): Promise<void> {
  const flags = readOutputFlags(args);
  const language = pickLanguage(flags.language, process.env, () => Intl.DateTimeFormat().resolvedOptions().locale);
  const dictionary = await loadDictionary(language);
  const live = process.stderr.isTTY && !flags.json && !flags.quiet && process.env.TERM !== "dumb";
  const progress = liveLine(
    live ? { write: (text) => process.stderr.write(text), columns: process.stderr.columns } : null,
    dictionary,
  );
  let output: Output = { code: 0, out: "", err: "" };
  const show = (report: Report, view: (screen: Screen) => string[]) => {
    output = outputOf(
      report,
      view,
      dictionary,
      flags,
      screenFacts(wantsColour(flags, process.env, process.stdout.isTTY)),
    );
  };
  try {
    const [{ runProgram }, help] = await Promise.all([import("./cli/program.ts"), loadHelp(language)]);
    const services = realServices(progress.show);
    const fail: Session["fail"] = (command, refusal) => show(failureReport(command, refusal), () => []);
    const session: Session = { services, dictionary, help, typed: typed(args), fail, finish: show };
    await runProgram(args, session, (text) => {
      output = { ...output, out: output.out + text };
    });
  } catch (error) {
    show(unexpected(args[0] ?? "", error), () => []);
  }
  progress.clear();
  end(output);
}

function typed(args: readonly string[]): string {
  return ["mirror-setup", ...args].join(" ");
}

async function loadHelp(language: Language): Promise<Help> {
  return language === "zh" ? (await import("./cli/help/zh.ts")).help : (await import("./cli/help/en.ts")).help;
}

function realServices(onProgress: Services["onProgress"]): Services {
  const facts = readFacts();
  return {
    read: realReadPort(facts),
    write: realWritePort(facts),
    http: async () => (await import("./ports/http/index.ts")).realHttp(facts),
    clock: realClock,
    fingerprint: async () => (await import("./ports/network.ts")).networkFingerprint(facts),
    own: ownDirectories(facts),
    shippedCatalog: fileURLToPath(new URL("../mirrors.json", import.meta.url)),
    signal: interruption(),
    onProgress,
  };
}

/** The first Ctrl-C asks everything to stop at the next safe point; the second ends the process there and then, and the journal covers that. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => (controller.signal.aborted ? process.exit(130) : controller.abort()));
  }
  return controller.signal;
}

function screenFacts(colour: boolean): ScreenFacts {
  const { env, platform, stdout } = process;
  const charset = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  const unicode = platform !== "linux" || /utf-?8/i.test(charset);
  return { colour, unicode, columns: stdout.isTTY ? stdout.columns : null, home: readFacts().home };
}

function unexpected(command: string, error: unknown): Report {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { command, exitCode: 1, messages: [{ code: "failed", level: "error", args: { detail } }], body: {} };
}

/** Ends the process once its output is out: a name look-up that hangs would keep it alive. A reader that has gone away is no error. */
function end({ code, out, err }: Output): void {
  const streams = [
    [process.stdout, out],
    [process.stderr, err],
  ] as const;
  let open = streams.length;
  const closed = () => {
    open -= 1;
    if (open === 0) process.exit(code);
  };
  for (const [stream, text] of streams) {
    stream.on("error", (error: Error & { code?: string }) => process.exit(error.code === "EPIPE" ? code : 1));
    stream.write(text, closed);
  }
}
