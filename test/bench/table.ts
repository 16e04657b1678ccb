import type { Measured, Share } from "./measure.ts";

const columns = [
  ["policy", 16],
  ["faulty % [95 %]", 20],
  ["2nd %", 6],
  ["wrong % [95 %]", 20],
  ["nobody", 8],
  ["regret 50/95", 13],
  ["wall s 50/95", 14],
  ["÷oracle", 8],
  ["MB all/one", 13],
  ["requests", 9],
  ["ours better:worse", 0],
] as const;

export function headLine(): string {
  return columns.map(([name, width]) => name.padEnd(width)).join("");
}

/** One policy's row. */
export function rowLine(policy: string, row: Measured): string {
  const { against } = row;
  const cells = [
    policy,
    shareText(row.faulty),
    percent(row.faultySecond),
    shareText(row.wrong),
    percent(row.nobody),
    `${ratio(row.regretMedian)}/${ratio(row.regretP95)}`,
    `${seconds(row.wallP50)}/${seconds(row.wallP95)}`,
    Number.isNaN(row.wallRatio) ? "-" : row.wallRatio.toFixed(1),
    `${megabytes(row.bytes)}/${megabytes(row.bytesOfOne)}`,
    `${row.requests}/${row.requestsOfOne}`,
    against === null ? "" : `${against.better}:${against.worse} p=${against.p.toExponential(0)}`,
  ];
  return cells
    .map((cell, index) => cell.padEnd(columns[index]?.[1] ?? 0))
    .join("")
    .trimEnd();
}

function percent({ hits, of }: Share): string {
  return of === 0 ? "-" : ((100 * hits) / of).toFixed(1);
}

function shareText(share: Share): string {
  return `${percent(share)} [${(100 * share.low).toFixed(1)}-${(100 * share.high).toFixed(1)}]`;
}

function ratio(value: number): string {
  return Number.isNaN(value) ? "-" : value.toFixed(value < 10 ? 2 : 0);
}

function seconds(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? "-" : (milliseconds / 1000).toFixed(2);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 10e6 ? 2 : 0);
}
