import type { EcosystemId } from "../catalog/types.ts";
import type { FormatId } from "../edits/index.ts";
import type { KeyEdit } from "../edits/types.ts";
import type { Command } from "../ports/types.ts";

export type Scope = "user" | "project" | "system";

/** The tool's own command for an edit, run on a copy: `{stage}` is a private folder, `file` the copy's name in it. */
export interface NativeEdit {
  readonly command: Command;
  readonly file: string;
}

/** How a running program is told to read its file anew. It goes on running. */
export type Reload =
  | { readonly kind: "command"; readonly command: Command }
  /** SIGHUP to the process whose number stands in a file, if that process still is this program. */
  | { readonly kind: "hang-up"; readonly pidFile: string; readonly program: string };

/** What makes a running program take up a changed file, and how to see that it has. The way back is the same: the file decides. */
export interface Activation {
  readonly reload: Reload;
  /** Prints the addresses that it has in force, as a JSON list. */
  readonly inForce: Command;
  /** What else the tool asks it, to see what it does: who wants more rights for a reload wants them for that, too. */
  readonly sights?: readonly Command[];
  /** The key of the file that holds them. */
  readonly key: string;
  /** What the key says for "none", for a program that keeps what it had when the key is gone: it is shown this first. Null: it forgets by itself. */
  readonly none: string | null;
  /** What a person types where we could not: to have it read its file again, and to have it forget what the file no longer has. */
  readonly manual: { readonly reload: string; readonly forget: string };
  /** `--no-reload`: the person will do it. Taking the change back reloads all the same: by then it may be in force. */
  readonly deferred?: true;
}

/** What a program is to have in force with one text of its file. */
export interface Expectation {
  readonly mirrors: readonly string[];
  /** Where the text has no such key: the same with the key saying "none", which the program is shown first. Null: it need not be. */
  readonly interim: StoredFile | null;
}

/** An activation worked out for one file, either way. It says all that is needed later, by whoever settles a run that was killed. */
export interface FileActivation extends Pick<Activation, "reload" | "inForce" | "sights" | "manual" | "deferred"> {
  readonly before: Expectation;
  readonly after: Expectation;
}

/** A running program that has not taken its file up, and the command that would have it do so. */
export interface Pending {
  readonly ecosystem: EcosystemId;
  readonly file: string;
  readonly manual: string;
  /** It was told, answers, and has something else in force all the same: what the file says elsewhere may stop it. */
  readonly isRefused: boolean;
}

/**
 * What a tool wants changed in one file. A pure value: nothing has been read or run to make it but the tool's current state. Where the file says so
 * already, and there is an activation, its program has not read it.
 */
export interface Change {
  readonly ecosystem: EcosystemId;
  readonly tool: string;
  readonly scope: Scope;
  readonly file: string;
  readonly format: FormatId;
  readonly edits: readonly KeyEdit[];
  /** What keeps the tool from reading the file is put right first. */
  readonly mends?: true;
  readonly native: NativeEdit | null;
  /** A command that refuses a text the tool could not start with, run on a copy of the new text before anything is written. */
  readonly check?: NativeEdit | null;
  /** Permission bits, should the file have to be made. */
  readonly newFileMode: number;
  readonly activation: Activation | null;
}

/** One key before and after, for people and for `--json`. */
export interface KeyChange {
  readonly ecosystem: EcosystemId;
  readonly tool: string;
  readonly scope: Scope;
  readonly file: string;
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A file as it can be stored: bytes in base64. */
export interface StoredFile {
  readonly base64: string;
  readonly mode: number;
  /** Null: made by us, so owned by whoever owns the folder. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/** One file of a plan, whole, before and after. */
export interface FilePlan {
  readonly ecosystem: EcosystemId;
  readonly path: string;
  /** Where the path led when it was read. */
  readonly realPath: string;
  /** Null: there was none. */
  readonly before: StoredFile | null;
  readonly after: StoredFile;
  /** Who made the new text: the tool's own command on a copy, or our span edit. */
  readonly via: "native" | "span";
  /** The command, where `via` is `native`. */
  readonly argv: readonly string[] | null;
  readonly keys: readonly KeyChange[];
  readonly activation: FileActivation | null;
}

/** All that would be changed: a value to print, store, hand to a privileged child, and apply. Empty when nothing is to do. */
export interface Plan {
  readonly version: 1;
  readonly files: readonly FilePlan[];
}

/** Why a file could not be planned or written. `code` is a word of ours or the system's (`EACCES`). */
export interface FileProblem {
  readonly ecosystem: EcosystemId;
  readonly file: string;
  readonly code: string;
  /** Where in the file; null where it is about the whole. */
  readonly line?: number | null;
  readonly column?: number | null;
  /** Where `code` is `managed`: what to change instead. */
  readonly option?: string;
  /** What was written there could not be taken back. */
  readonly isLeft?: true;
}

/** A file of a transaction: what stood there and what was put there. */
export interface Receipt {
  readonly ecosystem: EcosystemId;
  readonly path: string;
  readonly realPath: string;
  readonly before: StoredFile | null;
  readonly after: StoredFile;
  /** Folders that had to be made for it, outermost first. */
  readonly folders: readonly string[];
  readonly keys: readonly KeyChange[];
  readonly activation: FileActivation | null;
}

/**
 * One applied plan in the journal. `started` and `undoing` are states that only a killed run leaves behind; the next run that writes settles them.
 */
export interface Transaction {
  readonly version: 1;
  readonly id: string;
  /** Order of the journal; ids of one second do not tell it. */
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly command: string;
  readonly status: "started" | "applied" | "undoing" | "undone";
  readonly files: readonly Receipt[];
  /** While `undoing`: the ecosystem whose files are taken back, where the others are to stay. */
  readonly only?: EcosystemId;
  /** Addresses that this transaction put into a setting as mirrors. */
  readonly mirrors: readonly string[];
}
