import type { Runner } from "./course.ts";

/** How far the furthest is, mirrors and reference alike. */
export function freshestOf(runners: readonly Runner[], reference: number | null): number {
  return Math.max(reference ?? 0, ...runners.map(({ proof }) => proof?.position ?? 0));
}

/** How far a mirror is behind the furthest; null where that cannot be told. */
export function behindBy({ proof }: Runner, freshest: number): number | null {
  const position = proof?.position ?? null;
  return position === null ? null : Math.max(0, freshest - position);
}
