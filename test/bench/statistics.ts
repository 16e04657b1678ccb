/** The value below which that share of the values lies (nearest rank); NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => (a === b ? 0 : a - b));
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Wilson's 95 % interval of a share. */
export function wilson(hits: number, trials: number): readonly [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const z = 1.96;
  const share = hits / trials;
  const middle = share + (z * z) / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

/** How likely so uneven a split of wins and losses is by chance (two-sided, exact); ties are left out. */
export function signTest(wins: number, losses: number): number {
  const trials = wins + losses;
  const fewer = Math.min(wins, losses);
  let logTerm = -trials * Math.LN2;
  let sum = 0;
  for (let hits = 0; hits <= fewer; hits += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((trials - hits) / (hits + 1));
  }
  return Math.min(1, 2 * sum);
}
