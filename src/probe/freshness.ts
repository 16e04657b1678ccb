import type { Runner } from "./course.ts";

/**
 * How far the furthest is, mirrors and reference alike.
 *
 * @param isHearsay nothing but the mirror's own word says how far it is: then what one alone claims, where three or more speak, counts for nothing.
 */
export function freshestOf(runners: readonly Runner[], reference: number | null, isHearsay = false): number {
  const told = runners.flatMap(({ proof }) => proof?.position ?? []).toSorted((a, b) => b - a);
  const furthest = isHearsay && told.length >= 3 ? told[1] : told[0];
  return Math.max(reference ?? 0, furthest ?? 0);
}

/** How far a mirror is behind the furthest; null where that cannot be told. */
export function behindBy({ proof }: Runner, freshest: number): number | null {
  const position = proof?.position ?? null;
  return position === null ? null : Math.max(0, freshest - position);
}
