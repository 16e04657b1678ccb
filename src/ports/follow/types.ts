/** How a program is run that takes as long as it takes, until the signal ends it. */
export interface Follow {
  readonly signal: AbortSignal;
  /** The stream that it tells its progress on. */
  readonly progress: "stdout" | "stderr";
  /** Whether that goes straight to our stderr, and not nowhere. */
  readonly isShown?: boolean;
}
