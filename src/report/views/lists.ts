import type { Mirror } from "../../catalog/types.ts";
import type { Transaction } from "../../plan/types.ts";
import { cleanText } from "../clean.ts";
import { fill } from "../say.ts";
import type { Screen } from "../screen.ts";
import type { InForce } from "../types.ts";
import { sourceText } from "./change.ts";

/** What is in force, an ecosystem at a time: who uses it, the setting, and what that is and where it comes from. */
export function statusView(rows: readonly InForce[], catalog: readonly Mirror[], screen: Screen): string[] {
  return [...new Set(rows.map(({ ecosystem }) => ecosystem))].flatMap((ecosystem, index) => {
    const own = rows.filter((row) => row.ecosystem === ecosystem);
    const isSet = (row: InForce) => !isUnset(row) || row.source !== "default" || row.shadowedBy !== null;
    const cells = own.filter(isSet).map((row) => [row.tool, settingText(row, catalog, screen)] as const);
    return [
      ...(index === 0 ? [] : [""]),
      screen.bold(ecosystem),
      ...screen.table(sharedRows(cells).map(([tools, setting]) => [screen.bold(tools), setting])),
      ...unsetLines(
        own.filter((row) => !isSet(row)),
        screen,
      ),
    ];
  });
}

function isUnset({ value }: InForce): boolean {
  return value === null || value === "";
}

function settingText(row: InForce, catalog: readonly Mirror[], screen: Screen): string {
  const { words } = screen.dictionary;
  const value = isUnset(row) ? screen.dim(words.notSet) : cleanText(row.value ?? "");
  const unknown = row.known === "unknown" ? screen.caution(words.unlisted) : "";
  const mirror = row.mirror === null ? unknown : mirrorNote(row, catalog, screen);
  const from = screen.dim(sourceText(row.source, row.line, row.tool, screen));
  const shadow = row.shadowedBy === null ? "" : screen.caution(shadowText(row, screen));
  return [`${row.key}=${value}`, mirror, from, shadow].filter((text) => text !== "").join("  ");
}

/** Tools of one family that read the same file say the same: one row, with their names. */
function sharedRows(rows: readonly (readonly [tool: string, setting: string])[]): [string, string][] {
  const tools = new Map<string, string[]>();
  for (const [tool, setting] of rows) tools.set(setting, [...(tools.get(setting) ?? []), tool]);
  return [...tools].map(([setting, names]) => [names.join(", "), setting]);
}

/** Keys that nobody has set, a line a tool. */
function unsetLines(rows: readonly InForce[], screen: Screen): string[] {
  const { words } = screen.dictionary;
  return [...new Set(rows.map(({ tool }) => tool))].map((tool) => {
    const keys = rows.flatMap((row) => (row.tool === tool ? [row.key] : [])).join(", ");
    return `  ${screen.bold(tool)}  ${screen.dim(fill(words.unset, { keys, tool }))}`;
  });
}

function mirrorNote({ mirror, ecosystem }: InForce, catalog: readonly Mirror[], screen: Screen): string {
  const { language, words } = screen.dictionary;
  const entry = catalog.find((candidate) => candidate.id === mirror && candidate.ecosystem === ecosystem);
  if (entry === undefined) return "";
  const name = fill(words.mirror, { id: cleanText(entry.id), name: cleanText(entry.name[language]) });
  if (entry.status !== "closed") return screen.good(name);
  return screen.bad(fill(words.about, { about: name, text: `${words.closed} ${entry.closedOn ?? ""}`.trimEnd() }));
}

function shadowText({ shadowedBy, tool }: InForce, screen: Screen): string {
  return fill(screen.dictionary.words.shadowed, { winner: sourceText(shadowedBy ?? "", null, tool, screen) });
}

/** The journal, newest first. */
export function historyView(transactions: readonly Transaction[], screen: Screen): string[] {
  const { words } = screen.dictionary;
  if (transactions.length === 0) return [words.noHistory];
  const rows = transactions.toReversed().map(({ id, at, command, status, files }) => {
    const state = status === "undone" ? words.undone : files.map(({ path }) => screen.path(path)).join(", ");
    return [screen.bold(id), localTime(at), `${cleanText(command)}  ${screen.dim(state)}`];
  });
  return screen.table(rows);
}

/** A moment as the person's own clock shows it. */
function localTime(at: string): string {
  const moment = new Date(at);
  const two = (figure: number) => String(figure).padStart(2, "0");
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
