/** One key to set, or with `null` to remove. */
export interface KeyEdit {
  readonly key: string;
  readonly value: string | null;
}

/** One key as the tool would read it. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * How one file format keeps keys. Both functions are pure. `edit` changes the spans of its keys and not one other byte.
 * Text is what `decodeText` makes of a file's bytes, so a byte order mark or a stray byte may be in it.
 */
export interface Format {
  /** The keys in force when the tool reads this text: of duplicates only the one that wins. */
  entries(text: string): readonly Entry[];
  edit(text: string, edits: readonly KeyEdit[]): string;
}
