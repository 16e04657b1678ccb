import type { Outcome } from "./run.ts";
import { quantile, signTest, wilson } from "./statistics.ts";

/** A share, and Wilson's 95 % interval around it. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

/** One row: how a policy did in all worlds of a set. Times in milliseconds. */
export interface Measured {
  readonly worlds: number;
  readonly faulty: Share;
  readonly faultySecond: Share;
  readonly wrong: Share;
  readonly nobody: Share;
  readonly regretMedian: number;
  readonly regretP95: number;
  readonly wallP50: number;
  readonly wallP95: number;
  /** Wall time ÷ the oracle's in the same world, median. */
  readonly wallRatio: number;
  /** Medians over the worlds: in all, and of the mirror that was asked for most. */
  readonly bytes: number;
  readonly requests: number;
  readonly bytesOfOne: number;
  readonly requestsOfOne: number;
  /** The most that any mirror of any world was asked for. */
  readonly mostBytes: number;
  readonly mostRequests: number;
  /** In how many worlds ours did better, and worse, and how likely that is by chance; null of ours. */
  readonly against: { readonly better: number; readonly worse: number; readonly p: number } | null;
  readonly leftOpen: number;
  /** How often which fault was picked. */
  readonly faults: Readonly<Record<string, number>>;
}

/** More than this much slower than the best is a wrong pick. */
const wrongFrom = 1.1;

export function measure(
  outcomes: readonly Outcome[],
  ours: readonly Outcome[] | null,
  oracle: readonly Outcome[] | null,
): Measured {
  const shareOf = (test: (outcome: Outcome) => boolean) => share(outcomes.filter(test).length, outcomes.length);
  const median = (of: (outcome: Outcome) => number) => quantile(outcomes.map(of), 0.5);
  const most = (of: (outcome: Outcome) => number) => outcomes.reduce((top, each) => Math.max(top, of(each)), 0);
  const sound = outcomes.flatMap(({ regret, pickFault }) => (regret === null || pickFault !== null ? [] : [regret]));
  const walls = outcomes.map(({ wallMs }) => wallMs);
  return {
    worlds: outcomes.length,
    faulty: shareOf(({ pickFault }) => pickFault !== null),
    faultySecond: shareOf(({ secondFault }) => secondFault !== null),
    wrong: shareOf(isWrong),
    nobody: shareOf(({ pick }) => pick === null),
    regretMedian: quantile(sound, 0.5),
    regretP95: quantile(sound, 0.95),
    wallP50: quantile(walls, 0.5),
    wallP95: quantile(walls, 0.95),
    wallRatio: oracle === null ? Number.NaN : quantile(ratios(outcomes, oracle), 0.5),
    bytes: median(({ bytes }) => bytes),
    requests: median(({ requests }) => requests),
    bytesOfOne: median(({ mostBytes }) => mostBytes),
    requestsOfOne: median(({ mostRequests }) => mostRequests),
    mostBytes: most(({ mostBytes }) => mostBytes),
    mostRequests: most(({ mostRequests }) => mostRequests),
    against: ours === null ? null : compare(ours, outcomes),
    leftOpen: outcomes.reduce((sum, { leftOpen }) => sum + leftOpen, 0),
    faults: counts(outcomes.flatMap(({ pickFault }) => (pickFault === null ? [] : [pickFault]))),
  };
}

/** Faulty, far slower than the best, or nobody though somebody was good. */
export function isWrong({ regret, someHealthy, pick }: Outcome): boolean {
  if (pick === null) return someHealthy;
  return regret === null || regret > wrongFrom;
}

function share(hits: number, of: number): Share {
  const [low, high] = wilson(hits, of);
  return { hits, of, low, high };
}

function ratios(outcomes: readonly Outcome[], oracle: readonly Outcome[]): number[] {
  return outcomes.flatMap(({ wallMs }, index) => {
    const base = oracle[index]?.wallMs ?? 0;
    return base > 0 ? [wallMs / base] : [];
  });
}

/** What a user would pay: the regret, nobody where somebody was good is nearly as bad as a faulty pick, which is worst. */
export function costOf({ regret, pick, someHealthy }: Outcome): number {
  if (pick === null) return someHealthy ? Number.MAX_VALUE : 0;
  return regret ?? Number.POSITIVE_INFINITY;
}

function compare(ours: readonly Outcome[], others: readonly Outcome[]): Measured["against"] {
  const pairs = others.map((other, index) => {
    const own = ours[index];
    return own === undefined ? [0, 0] : [costOf(own), costOf(other)];
  });
  const better = pairs.filter(([own = 0, other = 0]) => own < other).length;
  const worse = pairs.filter(([own = 0, other = 0]) => own > other).length;
  return { better, worse, p: signTest(better, worse) };
}

function counts(names: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of names) found[name] = (found[name] ?? 0) + 1;
  return found;
}
