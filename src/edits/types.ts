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

/** Why a text is not to be edited: the tool itself could not read it, or only a guess could change it. */
export interface TextProblem {
  readonly code:
    | "byte-order-mark"
    | "key-before-section"
    | "duplicate-section"
    | "duplicate-key"
    | "syntax"
    | "unsupported-form";
  /** Counted from 1. */
  readonly line: number;
  /** The character in the line, counted from 1, where it can be told. */
  readonly column?: number;
}

/**
 * How one file format keeps keys. Both functions are pure. `edit` changes the spans of its keys and not one other byte.
 * Text is what `decodeText` makes of a file's bytes, so a byte order mark or a stray byte may be in it.
 */
export interface Format {
  /** The keys in force when the tool reads this text: of duplicates only the one that wins. */
  entries(text: string): readonly Entry[];
  edit(text: string, edits: readonly KeyEdit[]): string;
  /** Null: sound as far as these keys go. Where it is not, `entries` gives what can be told and `edit` must not be called. */
  problem(text: string, keys: readonly string[]): TextProblem | null;
  /** The text as it was surely meant, for one that the tool refuses or passes over; as it is, where that would be a guess. */
  mended?(text: string): string;
}
