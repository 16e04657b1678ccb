import { usualBudget } from "../../src/probe/budget.ts";
import { limits } from "../../src/probe/limits.ts";
import { protocolOf } from "./kinds.ts";
import type { Measured } from "./measure.ts";
import { type SetName, sets, type WorldSet } from "./sets.ts";

/** One sentence of the third part, and whether it holds. */
export interface Target {
  readonly what: string;
  readonly met: boolean;
  readonly is: string;
}

interface Bounds {
  readonly wrong: number;
  readonly wallMs: number;
  readonly bytes: number;
}

const mebibyte = 1024 * 1024;
const small = { wrong: 0.08, wallMs: 1300, bytes: 4 * mebibyte };
const large = { wrong: 0.12, wallMs: 1700, bytes: 8 * mebibyte };
const bounds: Partial<Record<SetName, Bounds>> = { go: small, npm: small, pip: large, docker: large };

/** What issue 3 asks of a set of worlds. */
export function targetsOf(set: SetName, row: Measured): readonly Target[] {
  const of = bounds[set];
  const { kind, noneHealthy = false }: WorldSet = sets[set];
  // Where nobody has proved itself, all are heard out.
  const capMs = noneHealthy ? limits.capMs : { ...usualBudget, ...protocolOf(kind).budget }.wallMs;
  const everywhere = [
    target("faulty picks 0", row.faulty.hits === 0, `${row.faulty.hits}`),
    target(`wall p95 ≤ cap + 0.2 s = ${(capMs + 200) / 1000} s`, row.wallP95 <= capMs + 200, time(row.wallP95)),
    target("nothing left open", row.leftOpen === 0, `${row.leftOpen}`),
  ];
  if (noneHealthy) return [...everywhere, target("picks nobody", row.nobody.hits === row.worlds, `${row.nobody.hits}`)];
  if (set === "single") return [...everywhere, target("wall p50 ≤ 0.5 s", row.wallP50 <= 500, time(row.wallP50))];
  return of === undefined ? everywhere : [...everywhere, ...targetsWithin(of, row)];
}

function targetsWithin({ wrong, wallMs, bytes }: Bounds, row: Measured): Target[] {
  const share = row.wrong.hits / row.worlds;
  return [
    target(`wrong picks ≤ ${100 * wrong} %`, share <= wrong, `${(100 * share).toFixed(1)} %`),
    target("regret median ≤ 1.02", row.regretMedian <= 1.02, row.regretMedian.toFixed(3)),
    target("regret p95 ≤ 1.25", row.regretP95 <= 1.25, row.regretP95.toFixed(3)),
    target(`wall p50 ≤ ${wallMs / 1000} s`, row.wallP50 <= wallMs, time(row.wallP50)),
    target(
      `bytes in all ≤ ${bytes / mebibyte} MiB (median)`,
      row.bytes <= bytes,
      `${(row.bytes / mebibyte).toFixed(2)} MiB`,
    ),
  ];
}

function target(what: string, met: boolean, is: string): Target {
  return { what, met, is };
}

function time(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
