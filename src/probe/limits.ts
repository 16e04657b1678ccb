/**
 * Every number of a race, in one place. Times in milliseconds, sizes in bytes. Where a number comes from a measurement, README ("How a mirror
 * is proved") says which.
 */
export const limits = {
  /** The whole race, unless `--timeout` says otherwise. */
  capMs: 5_000,
  /** When choosing: how long the others have after the first has proved itself, as a multiple of its time and a fixed part, within bounds. */
  graceFactor: 4,
  graceMs: 200,
  graceLeastMs: 600,
  graceMostMs: 2_500,
  /** How many of the proved ones are measured for their rate, side by side, for how long, and how much is read of each at the most. */
  rated: 6,
  rateMs: 900,
  rateBytes: 1024 * 1024,
  /** What is left out of a rate: the beginning of a connection, when it has not found its speed yet. */
  warmUpMs: 90,
  warmUpRounds: 3,
  /** Bytes a second under which a mirror that serves correctly is of no use beside others. */
  slowRate: 50_000,
  /** A certificate with fewer days left is said. */
  expiringDays: 7,
  /** A mirror stays the chosen one unless another takes less than this share of its time. */
  stay: 0.85,
} as const;
