import type { Detail } from "../report/types.ts";
import type { Runner } from "./course.ts";
import { behindBy, freshestOf } from "./freshness.ts";
import { limits } from "./limits.ts";
import type { Proof, Reason, Standing, Verdict } from "./types.ts";

/** What judging needs to know about the ecosystem. */
export interface Yardstick {
  readonly weights: { readonly rounds: number; readonly bytes: number };
  readonly allowedLag: number;
  readonly lagUnit: string;
  /** How far the reference is; null where there is none. */
  readonly reference: number | null;
  readonly isHearsay?: boolean;
}

/** Judges and orders all mirrors of a race. Pure: the same runners give the same places. */
export function rank(runners: readonly Runner[], yardstick: Yardstick): Standing[] {
  const freshest = freshestOf(runners, yardstick.reference, yardstick.isHearsay);
  const judged = runners.map((runner) => judge(runner, freshest, yardstick));
  return placed(judged);
}

function placed(standings: readonly Standing[]): Standing[] {
  const ordered = standings.toSorted(byPlace);
  return ordered.map((standing, index) => (isUsable(standing) ? { ...standing, rank: index + 1 } : standing));
}

/** The same mirrors in the order that they have with rates known from before, where none was measured now. */
export function withKnownRates(
  standings: readonly Standing[],
  rates: ReadonlyMap<string, Pick<Standing, "bytesPerSecond" | "rateIsLowerBound">>,
  weights: Yardstick["weights"],
): Standing[] {
  const filled = standings.map((standing) => {
    const known = standing.bytesPerSecond === null ? rates.get(standing.candidate.url) : undefined;
    const { bytesPerSecond, rateIsLowerBound } = known ?? standing;
    return {
      ...standing,
      bytesPerSecond,
      rateIsLowerBound,
      expectedInstallSeconds: installSeconds(standing.latencyMs, bytesPerSecond, weights),
    };
  });
  return placed(filled);
}

/** Whether a mirror may be written. */
export function isUsable({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === "ok" || verdict === "degraded";
}

function judge(runner: Runner, freshest: number, yardstick: Yardstick): Standing {
  const { visit, proof, rateFault, checked } = runner;
  const traits = proof?.traits ?? [];
  const own = ownRate(runner);
  const bytesPerSecond = rounded(own ?? (runner.solo || runner.peak));
  const behind = behindBy(runner, freshest);
  const stale = behind !== null && behind > yardstick.allowedLag;
  const reason = proof?.reason ?? rateFault ?? (stale ? "stale" : null);
  const findings = findingsOf(runner, reason);
  return {
    candidate: visit.candidate,
    rank: null,
    verdict: verdictOf(proof, reason, findings),
    reason: reason ?? findings[0] ?? null,
    detail: detailOf(runner, stale ? { count: behind, unit: yardstick.lagUnit } : null),
    findings,
    traits: checked?.traits?.(traits) ?? traits,
    latencyMs: visit.latencyMs,
    bytesPerSecond,
    rateIsLowerBound: bytesPerSecond !== null && own === null,
    expectedInstallSeconds: installSeconds(visit.latencyMs, bytesPerSecond, yardstick.weights),
    behind,
    tlsDaysLeft: visit.tlsDaysLeft,
    bytes: visit.bytes,
    requests: visit.requests,
    stages: visit.stages,
  };
}

function detailOf({ proof, visit, isLate }: Runner, lag: { count: number; unit: string } | null): Detail | null {
  if (lag !== null && (proof?.reason ?? "stale") === "stale") return { code: "behind-by", args: lag };
  const known = proof?.detail ?? visit.failures[0]?.detail ?? null;
  return known ?? (proof === null && (isLate || visit.requests === 0) ? { code: "no-time-left", args: {} } : null);
}

/** Whether something would be said against a mirror that is good otherwise; it then stands behind those of whom nothing is. */
export function isBlemished(runner: Runner): boolean {
  return findingsOf(runner, null).length > 0;
}

function findingsOf(runner: Runner, reason: Reason | null): Reason[] {
  const { proof, visit } = runner;
  const { tlsDaysLeft: daysLeft } = visit;
  const rate = ownRate(runner);
  const expiring = daysLeft !== null && daysLeft < limits.expiringDays;
  const slow = rate !== null && rate < limits.slowRate;
  const failed = visit.failures.map((failure) => failure.reason);
  const noted = [expiring ? "tls-expiring" : null, slow ? "slow" : null] as const;
  const seen = [reason, ...(proof?.findings ?? []), ...noted, ...failed];
  return [...new Set(seen.filter((finding) => finding !== null))];
}

function verdictOf(proof: Proof | null, reason: Reason | null, findings: readonly Reason[]): Verdict {
  if (proof === null) return "unfinished";
  if (reason !== null) return "rejected";
  return findings.length === 0 ? "ok" : "degraded";
}

/** What a user waits for: request rounds at this latency, and bytes at this rate. Seconds; null where either is unknown. */
export function installSeconds(
  latencyMs: number | null,
  rate: number | null,
  weights: Yardstick["weights"],
): number | null {
  if (latencyMs === null || rate === null || rate === 0) return null;
  return round((weights.rounds * latencyMs) / 1000 + weights.bytes / rate);
}

/** What was measured of a mirror alone. Beside others, or stopped early, it had at least what came; where nothing came, nothing was measured. */
function ownRate({ solo, isMeasuredAlone }: Runner): number | null {
  return isMeasuredAlone ? solo || null : null;
}

function rounded(rate: number | null): number | null {
  return Math.round(rate ?? 0) || null;
}

const order: { readonly [V in Verdict]: number } = { ok: 0, degraded: 1, unfinished: 2, rejected: 3 };

/** Proved before degraded before the rest; then by the time an install would take; then, where that is unknown, by latency. */
function byPlace(a: Standing, b: Standing): number {
  const byVerdict = order[a.verdict] - order[b.verdict];
  if (byVerdict !== 0) return byVerdict;
  const unknown = Number.POSITIVE_INFINITY;
  const byTime = compare(a.expectedInstallSeconds ?? unknown, b.expectedInstallSeconds ?? unknown);
  return byTime !== 0 ? byTime : compare(a.latencyMs ?? unknown, b.latencyMs ?? unknown);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** Milliseconds as they are reported: tenths are enough. */
export function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
