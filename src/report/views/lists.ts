import type { Mirror } from "../../catalog/types.ts";
import type { Transaction } from "../../plan/types.ts";
import { cleanText } from "../clean.ts";
import type { Screen } from "../screen.ts";
import type { InForce } from "../types.ts";
import { sourceText } from "./change.ts";

/** What is in force, a line a key, and under it where that comes from. */
export function statusView(rows: readonly InForce[], catalog: readonly Mirror[], screen: Screen): string[] {
  if (rows.length === 0) return [];
  const { words } = screen.dictionary;
  return rows.flatMap((row) => {
    const value = row.value === null || row.value === "" ? screen.dim(words.notSet) : cleanText(row.value);
    const unknown = row.known === "unknown" ? `  ${screen.caution(words.unlisted)}` : "";
    const mirror = row.mirror === null ? unknown : `  ${mirrorNote(row, catalog, screen)}`;
    const from = sourceText(row.source, row.line, row.tool, screen);
    const shadow = row.shadowedBy === null ? [] : [`  ${screen.caution(shadowText(row, screen))}`];
    return [`${screen.bold(row.tool)} ${row.key}=${value}${mirror}`, `  ${screen.dim(from)}`, ...shadow];
  });
}

function mirrorNote({ mirror, ecosystem }: InForce, catalog: readonly Mirror[], screen: Screen): string {
  const { language, words } = screen.dictionary;
  const entry = catalog.find((candidate) => candidate.id === mirror && candidate.ecosystem === ecosystem);
  if (entry === undefined) return "";
  const name = `${cleanText(entry.id)}, ${cleanText(entry.name[language])}`;
  return entry.status === "closed"
    ? screen.bad(`${name}: ${words.closed} ${entry.closedOn ?? ""}`.trimEnd())
    : screen.good(name);
}

function shadowText({ shadowedBy, tool }: InForce, screen: Screen): string {
  return screen.dictionary.words.shadowed.replace("{winner}", sourceText(shadowedBy ?? "", null, tool, screen));
}

/** The journal, newest first. */
export function historyView(transactions: readonly Transaction[], screen: Screen): string[] {
  const { words } = screen.dictionary;
  if (transactions.length === 0) return [words.empty];
  const rows = transactions
    .toReversed()
    .map(({ id, at, command, status, files }) => [
      screen.bold(id),
      localTime(at),
      status === "undone" ? screen.dim(words.undone) : files.map(({ path }) => screen.path(path)).join(", "),
      cleanText(command),
    ]);
  return screen.table(rows);
}

/** A moment as the person's own clock shows it. */
function localTime(at: string): string {
  const moment = new Date(at);
  const two = (figure: number) => String(figure).padStart(2, "0");
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
