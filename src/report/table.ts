import fastStringWidth from "fast-string-width";
import { piecesOf, wrap } from "./wrap.ts";

/** With fewer columns than this for its last cell, a row has it below. */
const roomBeside = 20;
const below = "    ";

/** Columns that a text takes. What is plain is counted here: to get ready for all of Unicode takes longer than all the rest of a table. */
export function widthOf(text: string): number {
  return /^[ -~–→≤≥]*$/.test(text) ? text.length : fastStringWidth(text);
}

type Rows = readonly (readonly string[])[];

/** Columns as wide as their widest cell, two blanks between, one where a terminal is narrow; `r` in `aligns` sets a column to the right. */
interface Columns {
  readonly widths: readonly number[];
  readonly gap: string;
  readonly aligns: string;
}

/** A table whose last column is broken over lines to fit a terminal, or stands below its row: nothing is lost. */
export function layOut(rows: Rows, aligns: string, columns: number | null): string[] {
  const table = columnsOf(rows, aligns, columns);
  if (columns === null) return rows.map((row) => rowText(row, table));
  const last = Math.max(0, ...rows.map((row) => row.length - 1));
  return rows.flatMap((row) => {
    const tail = row.length > last ? (row[last] ?? "") : "";
    const head = row.slice(0, last);
    const start = widthOf(rowText([...head.map(() => ""), "."], table)) - 1;
    const room = columns - start;
    const beside = () => rowText([...head, ""], table).trimEnd();
    if (tail === "") return [cut(beside(), columns)];
    const longest = Math.max(...piecesOf(tail).map((piece) => widthOf(piece.trimStart())));
    if (widthOf(tail) > room && (room < roomBeside || longest > room)) {
      return [cut(beside(), columns), ...wrapParts(tail, columns - below.length).map((line) => below + line)];
    }
    const [first = "", ...more] = wrapParts(tail, room);
    return [rowText([...head, first], table), ...more.map((line) => " ".repeat(start) + line)];
  });
}

/** Breaks a cell between its parts, which have two blanks between them, and inside of one only where that alone is too long. */
function wrapParts(cell: string, columns: number): string[] {
  const lines: string[] = [];
  for (const part of cell.split("  ")) {
    const longer = `${lines.at(-1)}  ${part}`;
    if (lines.length > 0 && widthOf(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(...wrap(part, columns, widthOf));
  }
  return lines;
}

/** The same a line a row, cut to fit: for a list to move in. */
export function layOutCut(rows: Rows, aligns: string, columns: number | null): string[] {
  const table = columnsOf(rows, aligns, null);
  return rows.map((row) => (columns === null ? rowText(row, table) : cut(rowText(row, table), columns)));
}

function columnsOf(rows: Rows, aligns: string, columns: number | null): Columns {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  const whole = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 2);
  return { widths, aligns, gap: columns !== null && whole > columns ? " " : "  " };
}

function rowText(row: readonly string[], { widths, gap, aligns }: Columns): string {
  const cells = row.map((cell, index) => {
    const blanks = " ".repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell)));
    return aligns[index] === "r" ? blanks + cell : cell + (index === row.length - 1 ? "" : blanks);
  });
  return `  ${cells.join(gap)}`.trimEnd();
}

/** Cuts a line to so many columns; escape codes have no width and are kept, so that colours end. */
export function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  let width = 0;
  let kept = "";
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    if (part.startsWith("\u001b[")) kept += part;
    else {
      for (const character of part) {
        width += widthOf(character);
        if (width < columns) kept += character;
      }
    }
  }
  return `${kept}…`;
}
