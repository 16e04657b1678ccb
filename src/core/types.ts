import type { EcosystemId } from "../catalog/types.ts";
import type { ScopeRegistry } from "../ecosystems/types.ts";
import type { Scope } from "../plan/types.ts";
import type { OwnDirectories } from "../platform/types.ts";
import type { Needs } from "../ports/rights/types.ts";
import type { Clock, HttpPort, ReadPort, WritePort } from "../ports/types.ts";
import type { RaceProgress, RaceResult } from "../probe/types.ts";
import type { ChangeReport, ExitCode, FileView, InForce, Message, Skipped } from "../report/types.ts";

/** All that a use case may use of the world. */
export interface Services {
  readonly read: ReadPort;
  readonly write: WritePort;
  /** Loaded when the first probe needs it. */
  readonly http: () => Promise<HttpPort>;
  readonly clock: Clock;
  /** Null where no home is known. */
  readonly own: OwnDirectories | null;
  /** What the system resolves a name to; none where it does not. */
  readonly addresses: (host: string) => Promise<readonly string[]>;
  /** A name for the network this machine is in. */
  readonly fingerprint: () => Promise<string>;
  /** This program's version. */
  readonly version: () => Promise<string>;
  /** The catalog that came with the program. */
  readonly shippedCatalog: string;
  /** Raised when the person wants out. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RaceProgress, of: EcosystemId) => void;
  /** Absent: there is no way to more. */
  readonly rights?: Rights;
}

/** How more rights are got than the person has who runs us. */
export interface Rights {
  /** `ask`: there is somebody to ask; `given`: who said yes to everything; `absent`: nobody, and so nothing is tried. */
  readonly consent: "ask" | "given" | "absent";
  confirm(question: Message): Promise<boolean>;
  /** From then on the ports have them, for what is needed and nothing else. False: we did not get them. */
  raise(needs: Needs, mayPrompt: boolean): Promise<boolean>;
  /** How this program is run. */
  readonly self: readonly string[];
}

/** An expected failure: what to say, and what to end with. */
export interface Refusal {
  readonly ok: false;
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | Refusal;

/** Which tools a command is about. */
export interface ToolSelection {
  /** More than one: tools that are not installed are passed over, and what one ecosystem cannot do does not hold back the others. */
  readonly ecosystems: readonly EcosystemId[];
  /** Tools by id; null: all of them. */
  readonly only: readonly string[] | null;
  /** Null: each tool's own default. */
  readonly scope: Scope | null;
  /** Whether tools that are not installed take part. */
  readonly allowMissing: boolean;
}

/** What the command line says about which mirrors to take. */
export interface Wish {
  readonly names: readonly string[];
  readonly fastest: boolean;
  /** How many mirrors the setting is to hold; null: two where there is room. */
  readonly chain: number | null;
  readonly noProbe: boolean;
  readonly ifBroken: boolean;
  /** Take mirrors that a bar of the tools speaks against: the person has been told what that means. */
  readonly allowCredentials: boolean;
  /** Ask everybody, whatever is remembered of the last race; and do not remember this one. */
  readonly noCache: boolean;
  /** Milliseconds; null for the default. */
  readonly timeoutMs: number | null;
  /** Held just before this: a named mirror that proved good in it is not asked again. */
  readonly race?: RaceResult;
}

/** A configuring or resetting command, understood. */
export interface ChangeRequest {
  readonly selection: ToolSelection;
  /** Null: reset. */
  readonly wish: Wish | null;
  readonly privatePatterns: readonly string[];
  readonly scopeRegistries: readonly ScopeRegistry[];
  readonly dryRun: boolean;
  readonly verify: boolean;
  /** Write, and leave it to the person to have a daemon reload. */
  readonly noReload: boolean;
  /** The command as typed, for the history. */
  readonly command: string;
  /** Null: the catalog that came with the program. */
  readonly catalogFile: string | null;
}

/** How it went for one ecosystem. */
export interface PartOutcome {
  readonly ecosystem: EcosystemId;
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
  readonly probe: RaceResult | null;
  readonly inForce: readonly InForce[];
  readonly skipped: readonly Skipped[];
  /** Its files were written, and put back. */
  readonly takenBack?: boolean;
}

/** How it went, whole: what a report is made of. */
export interface ChangeOutcome extends ChangeReport {
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
  readonly parts: readonly PartOutcome[];
  readonly files: readonly FileView[];
}
