import type { EcosystemId, Mirror, Probes } from "../catalog/types.ts";
import type { KeyEdit } from "../edits/types.ts";
import type { Change, Scope } from "../plan/types.ts";
import type { HostFacts } from "../platform/types.ts";
import type { Command, ReadPort } from "../ports/types.ts";
import type { Protocol } from "../probe/types.ts";
import type { Message } from "../report/types.ts";
import type { Clinic } from "./clinic.ts";
import type { Onlooker } from "./onlooker.ts";

export type { Onlooker, OnlookerView } from "./onlooker.ts";

/**
 * THE CONTRACT. An ecosystem is one folder beside this file, exporting one value of this type, and one line in `index.ts`.
 */
export interface Ecosystem {
  readonly id: EcosystemId;
  /** How a mirror of this kind is proved, by the artefacts that the catalog pins. The race calls it; nothing else does. */
  protocol(probes: Probes): Protocol;
  /** How many mirrors a setting can hold: one for a single index, more where a tool falls back by itself. */
  readonly longestChain: number;
  /** The tools that carry this ecosystem's settings, the main one first. Several may share a file: equal changes to it are written once. */
  readonly tools: readonly Tool[];
  /** Programs of this ecosystem that we do not set: `status` shows what they use, and the command that sets them. */
  readonly onlookers: readonly Onlooker[];
  /** What `doctor` has to know of its configuration; without it, only what holds for all ecosystems is looked at. */
  readonly clinic?: () => Promise<Clinic>;
}

/** A program with a configuration of its own. Four members do all the work; applying, checking and undoing are written once, for all tools. */
export interface Tool {
  readonly id: string;
  readonly ecosystem: EcosystemId;
  /** The scopes that it has, its own default first. */
  readonly scopes: readonly [Scope, ...Scope[]];
  /** Is it here, and which version? Called first, by every command. Reads only. Null: not installed. */
  detect(read: ReadPort): Promise<Installation | null>;
  /** What is stored in the scope's file, what is in force, and what shadows it. Called before a plan, and after the write to prove it. `probes` have names that only the catalog knows. Reads only. */
  current(read: ReadPort, scope: Scope, installation: Installation | null, probes?: Probes): Promise<Current>;
  /** What would have to change. Pure; no changes when nothing is to do. */
  plan(current: Current, choice: Choice, knowledge: Knowledge): Planned;
  /** The command that fetches something real through the settings in force, for `--verify`; it runs in a private folder. Null: cannot be tried. */
  trial(current: Current, probes: Probes, facts: HostFacts): Command | null;
}

/** A tool that was found. */
export interface Installation {
  readonly path: string;
  /** What goes before the tool's own arguments: `-m pip`, where only Python is on the PATH. */
  readonly before?: readonly string[];
  /** What its environment has to have for it to start and to read the person's own files. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** What makes its own command write into the private folder instead; absent where nothing does, and our own edit is used. */
  readonly staging?: Readonly<Record<string, string>>;
  readonly version: string;
  /** The scope whose file it reads, where that is not the tool's own default. */
  readonly scope?: Scope;
  /** It only talks to a program on another machine, or outside this container, whose files are not here. */
  readonly isElsewhere?: boolean;
}

/** One key of a tool. */
export interface Setting {
  readonly key: string;
  /** In the scope's file; null where it is not set there. */
  readonly stored: string | null;
  /** In force, as the tool itself says where it is installed. */
  readonly value: string | null;
  /** Where the value in force comes from: a file, `env:NAME`, or `default`. */
  readonly source: string;
  readonly line: number | null;
  /** What keeps `stored` from being in force, or would keep a new value: `env:NAME`, a file. */
  readonly shadowedBy: string | null;
}

/** Packages that a lock file ties to one registry, whichever is configured. */
export interface LockedTo {
  readonly file: string;
  /** Its address, ending in `/`. */
  readonly registry: string;
  readonly packages: number;
}

/** A credential that no registry is named for: the tool sends it to whichever is set. */
export interface LooseCredential {
  readonly key: string;
  /** A file and its line, or a variable. */
  readonly where: string;
  /** How it would be written for one registry, with `//HOST/` in the place of its name. */
  readonly bound: string;
}

/** A tool's settings as they are. */
export interface Current {
  readonly tool: string;
  readonly scope: Scope;
  readonly installation: Installation | null;
  /** The file that a change of this scope goes to. */
  readonly file: string;
  readonly settings: readonly Setting[];
  /** Values of the same keys in further files of this scope, which would come to light if `file` had none. */
  readonly beneath?: readonly { readonly file: string; readonly key: string; readonly value: string }[];
  /** Mirror addresses in force, first choice first. */
  readonly chain: readonly string[];
  /** Hosts that the tool uses when nothing is configured, as it says itself. */
  readonly upstreamHosts: readonly string[];
  /** A key beside ours by which credentials go wherever ours points. */
  readonly bound?: { readonly file: string; readonly key: string; readonly line: number } | null;
  /** Where the lock files of the current project take packages from. */
  readonly locked?: readonly LockedTo[];
  /** Credentials that another registry would get as well. */
  readonly credentials?: readonly LooseCredential[];
  /** A trait that a mirror must not have here, and why: none with it is chosen. */
  readonly bar?: { readonly trait: string; readonly message: Message } | null;
  /** Why what is stored is not in force, and what a person has to do about it; null where it is. */
  readonly pending?: Message | null;
  /** What a person should know about this state. */
  readonly messages: readonly Message[];
  /** Why nothing may be written in this state. */
  readonly obstacle: Message | null;
}

/** One member of a chain that is to be written. */
export interface ChosenMirror {
  readonly url: string;
  /** Null for an address that no catalog knows. */
  readonly mirror: Mirror | null;
  /** What the probe found; null when it was not asked (`--no-probe`). */
  readonly traits: readonly string[] | null;
}

/** A private registry for the packages of one npm scope. */
export interface ScopeRegistry {
  /** With its `@`. */
  readonly scope: string;
  readonly url: string;
}

/** What the person, or the race, decided. */
export type Choice =
  | {
      readonly kind: "mirrors";
      readonly chain: readonly ChosenMirror[];
      /** Go: what no mirror is to be asked for. */
      readonly privatePatterns: readonly string[];
      /** npm: where the packages of a scope come from instead. */
      readonly scopeRegistries: readonly ScopeRegistry[];
    }
  | { readonly kind: "reset" };

/** What a plan may know beside the tool's state. */
export interface Knowledge {
  /** Whether an address is a mirror that the catalog lists or that we wrote once; anything else is the user's own. */
  isMirror(url: string): boolean;
  readonly probes: Probes;
}

/** Changes, and what should be said about them; or why there must be none. */
export type Planned =
  | {
      readonly ok: true;
      readonly changes: readonly Change[];
      /** What the keys are to be in the end, changed or not; the check after the write goes by this. */
      readonly wanted: readonly KeyEdit[];
      readonly messages: readonly Message[];
    }
  | { readonly ok: false; readonly message: Message };
