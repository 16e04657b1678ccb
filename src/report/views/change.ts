import { createTwoFilesPatch } from "diff";
import type { KeyChange } from "../../plan/types.ts";
import { cleanText } from "../clean.ts";
import { fill } from "../say.ts";
import type { Screen } from "../screen.ts";
import type { ChangeReport, FileView, InForce, Skipped } from "../types.ts";

/** What was changed, how, where, and that it is in force. */
export function changeView(report: ChangeReport, files: readonly FileView[], screen: Screen): string[] {
  const { words } = screen.dictionary;
  const isDone = report.transaction !== null;
  const shown = isDone || report.dryRun ? files.flatMap((file) => fileLines(file, report.dryRun, screen)) : [];
  const touched = new Set(report.changes.map(({ key }) => key));
  const rows = report.inForce.filter((row) => touched.has(row.key) || row.mirror !== null || row.shadowedBy !== null);
  const inForce = report.dryRun ? [] : inForceLines(rows, screen);
  return [...shown, ...inForce, ...skippedLine(report, screen), ...(isDone ? [screen.dim(words.undoWith)] : [])];
}

/** What is not there: an ecosystem's main tool where others were set, and on wish the others of its family too. */
function skippedLine({ skipped, inForce }: ChangeReport, screen: Screen): string[] {
  const named = skipped.filter(({ ecosystem, tool }) => screen.verbose || ecosystem === tool);
  return inForce.length === 0 ? [] : passedOver(named, screen);
}

/** Tools that were passed over, and why. */
export function passedOver(skipped: readonly Skipped[], screen: Screen): string[] {
  const { notInstalled, elsewhere } = screen.dictionary.words;
  const lines = Object.entries({ "tool-missing": notInstalled, elsewhere }).map(([why, words]) => {
    const tools = skipped.filter(({ reason }) => reason === why).map(({ tool }) => tool);
    return tools.length === 0 ? "" : screen.dim(fill(words, { tools: tools.join(", ") }));
  });
  return lines.filter((line) => line !== "");
}

function fileLines(file: FileView, dryRun: boolean, screen: Screen): string[] {
  const { words } = screen.dictionary;
  const how = file.argv === null ? words.bySpan : fill(words.byNative, { command: shownCommand(file.argv, dryRun) });
  const heading = `${screen.bold(dryRun ? words.wouldWrite : words.written)} ${screen.path(file.path)}`;
  const via = screen.dim(`  ${how}`);
  const lines = dryRun ? diffLines(file, screen) : file.keys.map((change) => keyLine(change, screen));
  return [heading, via, ...lines];
}

/** A command as a person would type it. Without its values where the lines below have them. */
function shownCommand([program = "", ...args]: readonly string[], whole: boolean): string {
  const name = program.split(/[\\/]/).at(-1) ?? program;
  const shown = whole ? args : args.filter((arg) => !arg.includes("="));
  return cleanText([name, ...shown.map((arg) => (/[\s|"'$&;<>()]/.test(arg) ? `'${arg}'` : arg))].join(" "));
}

function keyLine({ key, before, after }: KeyChange, screen: Screen): string {
  const { notSet } = screen.dictionary.words;
  const shown = (value: string | null) => (value === null ? screen.dim(notSet) : cleanText(value));
  return `  ${key}: ${shown(before)} ${screen.arrow} ${after === null ? shown(after) : screen.good(shown(after))}`;
}

function diffLines({ path, before, after }: FileView, screen: Screen): string[] {
  // Only what changes is shown: what stands around it is not ours to print, and may be anybody's secret.
  const names = [before === null ? "/dev/null" : path, path] as const;
  const patch = createTwoFilesPatch(...names, before ?? "", after, "", "", { context: 0 });
  const lines = patch.split("\n").filter((line) => line !== "" && !/^(Index: |====)/.test(line));
  return lines.map((line) => {
    const shown = cleanText(line.replace(/\t$/, ""));
    if (/^(\+\+\+|---|@@)/.test(line)) return screen.dim(shown);
    return line.startsWith("+") ? screen.good(shown) : line.startsWith("-") ? screen.bad(shown) : shown;
  });
}

/** Tools of one family that read the same file say the same: one line, with their names. */
function inForceLines(rows: readonly InForce[], screen: Screen): string[] {
  const byLine = new Map<string, string[]>();
  for (const row of rows) {
    const line = inForceLine(row, screen);
    byLine.set(line, [...(byLine.get(line) ?? []), row.tool]);
  }
  return [...byLine].map(([line, tools]) =>
    tools.length > 1 ? `${line}  ${screen.dim(`(${tools.join(", ")})`)}` : line,
  );
}

function inForceLine({ tool, key, value, source, shadowedBy }: InForce, screen: Screen): string {
  const { words } = screen.dictionary;
  const shown = value === null || value === "" ? words.notSet : cleanText(value);
  if (shadowedBy !== null) {
    const winner = screen.caution(fill(words.shadowed, { winner: sourceText(shadowedBy, null, tool, screen) }));
    return `${key}=${shown}  ${winner}`;
  }
  return `${screen.good(words.inForce)} ${key}=${shown}  ${screen.dim(sourceText(source, null, tool, screen))}`;
}

/** Where a value comes from, in words: a file and line, a variable, the tool itself. */
export function sourceText(source: string, line: number | null, tool: string, screen: Screen): string {
  const { words } = screen.dictionary;
  if (source.startsWith("env:")) return fill(words.fromEnv, { name: source.slice("env:".length) });
  if (source === "default") return fill(words.fromDefault, { tool });
  const file = screen.path(source);
  return line === null ? file : fill(words.line, { file, line });
}
