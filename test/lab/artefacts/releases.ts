/** What the catalogs of pip and npm call canaries: packages that are published so often that their newest version tells a mirror's age. */

/** How far behind a stale mirror is, in milliseconds. */
export const staleMs = 72 * 3_600_000;

/** When what never changes was published, in milliseconds since 1970. */
export const longAgo = Date.parse("2024-01-02T03:04:05Z");

/**
 * How long before now the canaries were published, in hours, the oldest first. A stale mirror lacks the last two; both,
 * and so the newest of a fresh mirror, are more than a day old: it is not merely minutes late.
 */
const ages = [98, 74, 50, 26] as const;

/** What the lab's catalog says of pauses: a fresh mirror has something of yesterday, a stale one has nothing of the last three days. */
export const pause = { days: 2, until: "2099-12-31" } as const;

/** When a daily package was published, the oldest first, in milliseconds since 1970. */
export function daily(now: number): readonly number[] {
  return ages.map((hours) => now - hours * 3_600_000);
}

/** When the last of them was. */
export function latest(now: number): number {
  return now - ages[3] * 3_600_000;
}

/** `YYYYMMDD`, in UTC. */
export function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "");
}

/** What a synchronisation that stopped three days ago has. */
export function untilStale<T extends { readonly at: number }>(releases: readonly T[], now: number): readonly T[] {
  return releases.filter(({ at }) => at <= now - staleMs);
}
