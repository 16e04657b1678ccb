/** How a long run is ended, and watched. */
export interface Follow {
  readonly signal: AbortSignal;
  /** The stream that it tells its progress on. */
  readonly progress: "stdout" | "stderr";
  /** Whether that goes straight to our stderr, the terminal mostly; else it is kept (`stderr`), or dropped. */
  readonly isShown?: boolean;
}
