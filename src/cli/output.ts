import { jsonDocument, type Report } from "../report/document.ts";
import type { Dictionary } from "../report/language.ts";
import { makeScreen, messageLine, type Screen, type ScreenFacts } from "../report/screen.ts";
import type { OutputFlags } from "./flags.ts";

/** Texts for the two streams, and what to end with. */
export interface Output {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A report as the flags want it: one JSON document, or text, with errors on the second stream. */
export function outputOf(
  report: Report,
  view: (screen: Screen) => string[],
  dictionary: Dictionary,
  flags: OutputFlags,
  facts: ScreenFacts,
): Output {
  if (flags.json) return { code: report.exitCode, out: `${jsonDocument(report, dictionary)}\n`, err: "" };
  const screen = makeScreen(facts, dictionary, flags.verbose);
  const lines = flags.quiet ? [] : view(screen);
  const [errors, others] = [true, false].map((wanted) =>
    report.messages.filter(({ level }) => (level === "error") === wanted),
  );
  const told = (others ?? []).filter(({ level }) => !flags.quiet || level !== "info");
  const out = [...lines, ...told.map((message) => messageLine(message, screen))];
  const err = (errors ?? []).map((message) => messageLine(message, screen));
  return { code: report.exitCode, out: joined(out), err: joined(err) };
}

/** A JSON text that says the same in ASCII alone. */
export function asciiJson(text: string): string {
  return text.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function joined(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** Colours where the stream shows them and nobody has declined. https://no-color.org, https://force-color.org */
export function wantsColour(
  flags: OutputFlags,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (flags.noColour || (env.NO_COLOR ?? "") !== "") return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && env.TERM !== "dumb";
}
