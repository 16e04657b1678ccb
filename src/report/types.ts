import type { EcosystemId, Localised } from "../catalog/types.ts";
import type { KeyChange, Scope } from "../plan/types.ts";
import type { details } from "./details/en.ts";
import type { messages as en } from "./messages/en.ts";

/** What the process ends with (README, "Exit codes"). */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 130;

export type Level = "info" | "warn" | "error";

type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

export type MessageCode = keyof typeof en;

/** One statement to a person, as a code and what fills its text. The words are made in one place, `report/say.ts`. */
export type Message = {
  [Code in MessageCode]: {
    readonly code: Code;
    readonly level: Level;
    /** The ecosystem that it is about, where a command is about several. */
    readonly about?: EcosystemId;
    readonly args: Readonly<Record<Placeholders<(typeof en)[Code]>, string | number | Localised>>;
  };
}[MessageCode];

/** What exactly was seen of a mirror, as a code and what fills its text. */
export type Detail = {
  [Code in keyof typeof details]: {
    readonly code: Code;
    readonly args: Readonly<Record<Placeholders<(typeof details)[Code]>, string | number>>;
  };
}[keyof typeof details];

/** One key of one tool, as it is in force. */
export interface InForce {
  readonly ecosystem: EcosystemId;
  readonly tool: string;
  readonly scope: Scope;
  readonly key: string;
  readonly value: string | null;
  /** The catalog's id of the mirror that the value begins with. */
  readonly mirror: string | null;
  /** A file, `env:NAME`, or `default`. */
  readonly source: string;
  readonly line: number | null;
  /** What keeps the stored value from being in force. */
  readonly shadowedBy: string | null;
  /** `status` only: what the address is. Null: the value is none. */
  readonly known?: "default" | "upstream" | "mirror" | "closed" | "unknown" | null;
}

export interface Skipped {
  readonly ecosystem: EcosystemId;
  readonly tool: string;
  /** `elsewhere`: only its client is here. */
  readonly reason: "tool-missing" | "elsewhere";
}

/** One file that was, or would be, written. */
export interface FileView {
  readonly path: string;
  /** The tool's own command that made the new text; null: our own edit. */
  readonly argv: readonly string[] | null;
  readonly keys: readonly KeyChange[];
  /** Null: there was none. */
  readonly before: string | null;
  readonly after: string;
}

/** What configuring, resetting and undoing report. */
export interface ChangeReport {
  readonly dryRun: boolean;
  readonly transaction: string | null;
  readonly changes: readonly KeyChange[];
  readonly inForce: readonly InForce[];
  readonly skipped: readonly Skipped[];
}
