import type { Refusal, Services } from "../core/types.ts";
import type { Report } from "../report/document.ts";
import type { Dictionary } from "../report/language.ts";
import type { Screen } from "../report/screen.ts";
import type { Terminal } from "../wizard/types.ts";
import type { help } from "./help/en.ts";

export type Help = {
  readonly [K in keyof typeof help]: (typeof help)[K] extends string
    ? string
    : Readonly<Record<keyof (typeof help)[K], string>>;
};

/** Command lines to copy, by command, and what each is for. Loaded where help is wanted. */
export type Examples = Readonly<Record<string, readonly (readonly [string, string])[]>>;

/** Opens the session, once, when a command begins or has failed. Showing help needs none of it. */
export type Open = () => Promise<Session>;

/** What every command is given: the world, the words, and where its report goes. */
export interface Session {
  readonly services: Services;
  readonly dictionary: Dictionary;
  /** The command line as typed, for the history. */
  readonly typed: string;
  /** Says, while it lasts, that the tools are asked for their settings. */
  looking(): void;
  /** A terminal to ask questions through; null where nothing may be asked. */
  terminal(): Terminal | null;
  /** Ends a command that could do nothing. */
  fail(command: string, refusal: Refusal): void;
  /** Ends the command: as text or as JSON, and with this exit code. */
  finish(report: Report, view: (screen: Screen) => string[]): void;
}
