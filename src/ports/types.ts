import type { HostFacts, ProxyHabit } from "../platform/types.ts";
import type { Detail } from "../report/types.ts";
import type { Follow } from "./follow/types.ts";

/** What stands at a path. Links are followed; `realPath` is where they lead. */
export type PathState =
  | { readonly kind: "missing" }
  | FileState
  | {
      readonly kind: "blocked";
      readonly why: "directory" | "dangling-link" | "not-a-file" | "unreadable" | "too-large";
    };

/** A regular file, whole. */
export interface FileState {
  readonly kind: "file";
  readonly realPath: string;
  readonly bytes: Uint8Array;
  /** Permission bits, `0o644`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A program to run: never a shell string. `{stage}` in an argument or a variable stands for the private folder it runs in. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Added to the user's environment; null removes. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** Milliseconds; 20,000 unless given. */
  readonly timeoutMs?: number;
  /** Where it runs, for what a tool reads off the folder it is in; the private folder unless given. */
  readonly cwd?: string;
  /** Under sudo a program that only looks runs as the person who called it, unless it is to have our rights. */
  readonly rights?: "ours";
  /** A long run, to be watched. */
  readonly follow?: Follow;
}

/** How a program ended. `code` is null when it was killed or could not be started. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Files of a private folder, by relative path. */
export type StagedFiles = Readonly<Record<string, Uint8Array>>;

/** All that looking and planning may do. It has no way to write. */
export interface ReadPort {
  readonly facts: HostFacts;
  read(path: string): Promise<PathState>;
  /** Names in a folder; empty where there is none. */
  names(path: string): Promise<readonly string[]>;
  /** The full path of a program on the user's PATH. */
  which(program: string): Promise<string | null>;
  /**
   * Runs a program whose home, configuration, cache and state folders are a private folder that is removed afterwards,
   * so that it can leave no trace; `files` are put there first and given back as the program left them.
   */
  run(command: Command, files?: StagedFiles): Promise<CommandResult & { readonly files: StagedFiles }>;
}

/** How a file is to be written. */
export interface Replacement {
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** Owner and group; null: whoever owns the folder, where we may give files away. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/** The only hands that touch a real file. Given to `apply`, `undo` and the journal, to nobody else. */
export interface WritePort {
  /** Why a write to this path would fail, or null. Tries nothing. */
  obstacle(path: string): Promise<string | null>;
  /** Replaces a file whole: temporary file, fsync, rename. Where the name cannot be renamed over (a bind mount, a closed folder) it is written in place. */
  replace(path: string, content: Replacement): Promise<void>;
  /** Makes a folder and its missing parents; gives back those it made, outermost first. */
  makeDirectory(path: string, mode: number): Promise<readonly string[]>;
  removeFile(path: string): Promise<void>;
  /** Removes the temporary file that a crash of `replace` may have left beside a path. */
  sweep(path: string): Promise<void>;
  /** Removes a folder if it is empty; says whether it did. */
  removeDirectory(path: string): Promise<boolean>;
  /** Runs a program that changes the machine (an activation). */
  run(command: Command): Promise<CommandResult>;
  /** Sends SIGHUP to the process whose number stands in a file, if it still is this program. False: there is no such process. */
  hangUp(pidFile: string, program: string): Promise<boolean>;
  /** Takes the one lock of all our runs. Null: another live run holds it. */
  lock(path: string): Promise<(() => Promise<void>) | null>;
}

/** Time as the race sees it; virtual in simulations. */
export interface Clock {
  /** Milliseconds from some fixed moment; never jumps. */
  now(): number;
  /** The wall clock. */
  date(): Date;
  /** Resolves after that many milliseconds, or at once when the signal is raised. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Why an HTTP exchange brought no usable answer. */
export type HttpFailureCode =
  | "dns"
  | "connect"
  | "tls"
  | "timeout"
  | "truncated"
  | "redirects-away"
  | "not-http"
  | "proxy"
  | "stopped";

/** Milliseconds of each phase; null where a phase did not happen (a reused connection) or did not end. */
export interface Phases {
  dns: number | null;
  connect: number | null;
  tls: number | null;
  /** From the request's last byte out to the answer's head in. */
  firstByte: number | null;
}

/** The certificate that the last host of an exchange showed. */
export interface PeerCertificate {
  readonly daysLeft: number;
  readonly issuer: string;
}

export interface HttpFailure {
  readonly ok: false;
  readonly code: HttpFailureCode;
  readonly detail: Detail;
  readonly phases: Phases;
  readonly bytes: number;
}

export interface HttpAnswer {
  readonly ok: true;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** False: the body was longer than the cap, and only the cap was read. */
  readonly whole: boolean;
  /** Every address asked, redirects included, in order. */
  readonly hops: readonly string[];
  readonly phases: Phases;
  readonly certificate: PeerCertificate | null;
  readonly bytes: number;
}

export type HttpResult = HttpAnswer | HttpFailure;

export interface HttpRequest {
  readonly url: string;
  /** GET unless given. */
  readonly method?: "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of body to read at the most, before and after decompression. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Told of every piece of body as it comes in. */
  readonly onData?: (bytes: number) => void;
  /** Hosts that a redirect must not lead to. */
  readonly forbiddenHosts?: ReadonlySet<string>;
}

/** The connections to one mirror and to where it redirects. */
export interface HttpSession {
  get(request: HttpRequest): Promise<HttpResult>;
  /** Ends every connection now. */
  close(): void;
}

export interface HttpPort {
  /** `onReach` is told when a name has been resolved, and when a host (or the proxy before it) has taken a connection. `habit`: whose way to the proxy, go's unless said. */
  session(userAgent: string, onReach?: (what: "name" | "host") => void, habit?: ProxyHabit): HttpSession;
}
