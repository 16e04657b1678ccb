const MiB = 1024 * 1024;

/**
 * Every number of a race, in one place. Times in milliseconds, sizes in bytes, rates in bytes a second. They were tuned on `npm run bench`;
 * change one, and the bench says what it costs.
 */
export const limits = {
  /** The whole race when nobody proves good, unless `--timeout` says otherwise. */
  capMs: 5_000,
  /** The network is taken to be down when by then nobody has taken a connection, and no name has been resolved in so long: a round trip of 600 ms, or a lost packet, is no reason. */
  offlineMs: 1_800,
  offlineAfterNameMs: 1_300,
  /**
   * How many proofs begin side by side; one that has not ended after `abreastMs` makes room for another beside it. Of a field larger than that only the
   * nearest that proved good keep their connections. Each mirror costs two TLS connections, some 4 ms of computing and 100 kB: a thousand at once would
   * all be timed by this machine, and none by its network.
   */
  abreast: 32,
  abreastMs: 1_000,
  keptOpen: 16,
  /** Round trips, and thinking times, that it takes a mirror to serve its artefact, from the look-up on. */
  roundsToServe: 5,
  /** The gate to the downloads opens with so many mirrors, or when nobody is left to wait for, or when the first has waited long enough. */
  field: 6,
  gateFactor: 2.2,
  gateMs: 150,
  gateMostMs: 700,
  /** How long the downloads of one race wait for another's latencies; beside mirrors that all hang, no longer than this. */
  quietMs: 1_500,
  /** What is kept of every mirror's budget for its last check; a download with less than `leastBytes` is not worth its request. */
  closingRequests: 3,
  closingBytes: 256 * 1024,
  leastBytes: 128 * 1024,
  /** The shared download: how old every flow must be, how steady their sum, and the end at the latest. */
  sharedRounds: 3,
  sharedLeastMs: 100,
  sharedMostMs: 800,
  steadyWindowMs: 70,
  steadyGrowth: 1.2,
  /** How long the reference may take after all mirrors are settled. */
  refereeMs: 1_000,
  /** The first flight of a TCP connection, ten segments; and which share of what doubling would have brought still counts as the start. */
  firstWindow: 14_600,
  startingShare: 1,
  /** Peaks are looked for in windows of this length. */
  peakMs: 70,
  /** A confirmation alone: what is left out at the beginning, how long it is measured, and how many there are. */
  warmUpRounds: 4,
  warmUpMs: 90,
  /** The same for a download that goes on when the others have been stopped. */
  takeOverMs: 40,
  measureRounds: 3,
  measureMs: 200,
  solos: 5,
  /** The next one's download is started so many of its round trips before the one alone is done: until then it connects, and hardly weighs. */
  aheadRounds: 4,
  /** Another mirror is tried alone only if at its very best it would take less than this share of the leader's time. */
  promising: 0.85,
  /** What is kept of the whole time for the last check. */
  closingMs: 240,
  /** The last check of the winner: one complete stretch of the large artefact. */
  finalBytes: 512 * 1024,
  finalLeastBytes: 64 * 1024,
  finalStretchMs: 800,
  /** What it is asked beside that: something small, as in the proof, until it has been asked so often in all; more often where a request has failed before. */
  smallBytes: 4096,
  repeatsAfterFailure: 6,
  finalMs: 400,
  finalRounds: 10,
  finalMostMs: 3_000,
  /** The same where no other is left: better late than nobody. */
  finalAloneMs: 4_000,
  finalAloneBytes: 1 * MiB,
  finalAloneStretchMs: 1_600,
  /** Bytes a second that a mirror is taken to have while nothing was measured. */
  usualRate: 1_000_000,
  /** Bytes a second under which a mirror that serves correctly is of no use beside others. */
  slowRate: 50_000,
  /** A certificate with fewer days left is said. */
  expiringDays: 7,
  /** A mirror stays the chosen one unless another takes less than this share of its time. */
  stay: 0.85,
} as const;
