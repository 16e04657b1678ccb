import { fstatSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { failureReport } from "./cli/failure.ts";
import type { OutputFlags } from "./cli/flags.ts";
import { asciiJson, type Output, outputOf, wantsColour } from "./cli/output.ts";
import type { Session } from "./cli/session.ts";
import type { Rights, Services } from "./core/types.ts";
import { ownDirectories } from "./platform/paths.ts";
import { realClock } from "./ports/clock.ts";
import { readFacts } from "./ports/facts.ts";
import { realReadPort, realWritePort } from "./ports/real.ts";
import { raisable } from "./ports/rights/index.ts";
import type { WritePort } from "./ports/types.ts";
import { cleanText } from "./report/clean.ts";
import type { Report } from "./report/document.ts";
import { type Dictionary, type Language, loadDictionary } from "./report/language.ts";
import { type LiveLine, liveLine } from "./report/progress.ts";
import { say } from "./report/say.ts";
import { makeScreen, type Screen, type ScreenFacts } from "./report/screen.ts";
import type { Terminal } from "./wizard/types.ts";

/** A session, and what is to be done with it in the end. */
export interface Opened {
  readonly session: Session;
  /** Ends the command with something that must not happen. */
  fail(error: unknown): void;
  /** Takes the progress line away and gives what is to be printed. */
  close(): Output;
}

/** The composition root: real ports in. The only place that knows network and disk together. */
export async function openSession(args: readonly string[], flags: OutputFlags, language: Language): Promise<Opened> {
  const dictionary = await loadDictionary(language);
  const live = !flags.json && !flags.quiet && process.env.TERM !== "dumb" && isTerminal(2, "stderr");
  const progress = liveLine(
    live ? { write: (text) => process.stderr.write(text), columns: () => process.stderr.columns } : null,
    dictionary,
  );
  let output: Output = { code: 0, out: "", err: "" };
  const finish = (report: Report, view: (screen: Screen) => string[]) => {
    const facts = screenFacts(wantsColour(flags, process.env, isTerminal(1, "stdout")));
    output = outputOf(report, view, dictionary, flags, facts);
  };
  const fail: Session["fail"] = (command, refusal) => finish(failureReport(command, refusal), () => []);
  return {
    session: {
      services: realServices(progress, flags, dictionary),
      dictionary,
      typed: typed(args),
      looking: progress.look,
      terminal: () => (mayAsk(flags) ? terminalFor(flags, dictionary, progress) : null),
      fail,
      finish,
    },
    fail: (error) => finish(unexpected(args[0] ?? "", error, flags.verbose), () => []),
    close: () => {
      progress.clear();
      // PowerShell reads what comes through a pipe by the console's code page (936 in China), which only plain ASCII survives.
      if (flags.json && process.platform === "win32") return { ...output, out: asciiJson(output.out) };
      return output;
    },
  };
}

function typed(args: readonly string[]): string {
  return ["mirror-setup", ...args].join(" ");
}

function realServices(progress: LiveLine, flags: OutputFlags, dictionary: Dictionary): Services {
  const facts = readFacts();
  const self = [process.execPath, process.argv[1] ?? ""];
  const { read, write, raise } = raisable(realReadPort(facts), realWritePort(facts), self);
  const run = watched(write, progress, !flags.json && !flags.quiet);
  const canAsk = isTerminal(0, "stdin") && isTerminal(2, "stderr");
  const confirm: Rights["confirm"] = async (question) => {
    progress.clear();
    const { yesOrNo } = await import("./wizard/yes-or-no.ts");
    return yesOrNo(
      cleanText(say(question, dictionary)),
      process.stdin,
      process.stderr,
      () => void process.emit("SIGINT"),
    );
  };
  return {
    read,
    write: { ...write, run },
    rights: { consent: flags.yes ? "given" : canAsk ? "ask" : "absent", confirm, raise, self },
    http: async () => (await import("./ports/http/index.ts")).realHttp(facts),
    clock: realClock,
    addresses: async (host) => (await import("./ports/names.ts")).addressesOf(host),
    fingerprint: async () => (await import("./ports/network.ts")).networkFingerprint(facts),
    version: async () => (await import("./ports/version.ts")).versionIn(ownFile("../package.json")),
    own: ownDirectories(facts),
    shippedCatalog: ownFile("mirrors.json"),
    signal: interruption(),
    onProgress: progress.show,
  };
}

/** What a long run tells goes where the progress line was, which is taken away before. */
function watched({ run }: WritePort, progress: LiveLine, isShown: boolean): WritePort["run"] {
  return (command) => {
    if (command.follow === undefined) return run(command);
    progress.clear();
    return run({ ...command, follow: { ...command.follow, isShown } });
  };
}

/** A file of the package, by its path from the bundle, which lies one folder deep in it. */
function ownFile(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The first Ctrl-C asks everything to stop at the next safe point; the second ends the process there and then, and the journal covers that. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => (controller.signal.aborted ? process.exit(130) : controller.abort()));
  }
  return controller.signal;
}

/** Whether a stream is a terminal. Only what can be one is made a stream of, which takes Node a while. */
function isTerminal(descriptor: number, stream: "stdin" | "stdout" | "stderr"): boolean {
  try {
    return (process.platform === "win32" || fstatSync(descriptor).isCharacterDevice()) && process[stream].isTTY;
  } catch {
    return false;
  }
}

/** Questions need somebody who reads and types, and who has not asked for silence. */
function mayAsk({ json, quiet, yes }: OutputFlags): boolean {
  return !json && !quiet && !yes && isTerminal(0, "stdin") && isTerminal(1, "stdout") && isTerminal(2, "stderr");
}

/** The last column stays free: some terminals go on to the next line once it is taken. Plain questions have numbers in front of their answers. */
function terminalFor(flags: OutputFlags, dictionary: Dictionary, progress: Terminal["progress"]): Terminal {
  const { stdin: input, stderr: output, env } = process;
  const isDumb = env.TERM === "dumb";
  const facts = {
    ...screenFacts(wantsColour(flags, env, true)),
    get columns() {
      return (output.columns || 80) - (isDumb ? 7 : 1);
    },
  };
  const screen = makeScreen(facts, dictionary, flags.verbose);
  return { input, output, screen, isDumb, progress };
}

function screenFacts(colour: boolean): ScreenFacts {
  const { env, platform } = process;
  const charset = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  // The old console of Windows has no ticks in its Chinese fonts; newer ones name themselves.
  const modern = Boolean(env.WT_SESSION || env.TERM_PROGRAM || env.ConEmuTask || env.TERM);
  const unicode = platform === "win32" ? modern : platform !== "linux" || /utf-?8/i.test(charset);
  return { colour, unicode, columns: isTerminal(1, "stdout") ? process.stdout.columns : null, home: readFacts().home };
}

/** What must not happen; where it happened, only for who asks. A machine without a place for temporary files is told as that. */
function unexpected(command: string, error: unknown, verbose: boolean): Report {
  const { message, stack, syscall }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  const code = syscall === "mkdtemp" ? "no-temporary-folder" : "failed";
  const detail = verbose ? (stack ?? message) : message;
  return { command, exitCode: 1, messages: [{ code, level: "error", args: { detail } }], body: {} };
}

/** The other end of more rights: what `sudo` is asked to run. */
export async function serveWrites(): Promise<void> {
  await (await import("./ports/rights/serve.ts")).serveWrites();
}
