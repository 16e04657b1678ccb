const MiB = 1024 * 1024;

/** What a race may cost: bytes, milliseconds. */
export interface Budget {
  /** Requests of one mirror until its last check. Its proof always has its own; downloads that measure get only what that leaves. */
  readonly requests: number;
  /** How many requests the winner is to answer in all before it is believed: in the last check something small is asked again until it has. */
  readonly evidence: number;
  /** Of one mirror, in all. */
  readonly bytes: number;
  /** What is asked of a mirror at the most while others share the line, and when it has the line alone. */
  readonly sharedBytes: number;
  readonly soloBytes: number;
  /** The whole race once somebody has proved good: what is best known then is taken. */
  readonly wallMs: number;
}

/**
 * What a race costs at the most unless its protocol says otherwise. `npm run bench -- --curve` shows the knee (Go, 500 worlds). Bytes: with 1 MiB of each
 * mirror twice as many picks are wrong (17.4 instead of 8.6 %) and one that breaks off late is taken, with 1.5 MiB a third more (11.6 %). Requests: four
 * prove a Go mirror, two measure it, three are the winner's last check. With one less nobody is measured alone but the first, and more than twice as
 * many are wrong (npm: 13 instead of 5 %). Evidence: a mirror that fails three requests in ten gets through ten in 3 % of cases. Of 10,000 worlds of Go
 * with such mirrors, 5 had one picked; where the winner was asked eight things, 7; ten to twelve, 2. Twelve found none more in 800 worlds.
 */
export const usualBudget: Budget = {
  requests: 9,
  evidence: 10,
  bytes: 2 * MiB,
  sharedBytes: 2 * MiB,
  soloBytes: 2 * MiB,
  wallMs: 2_500,
};
