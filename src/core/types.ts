import type { OwnDirectories } from "../platform/types.ts";
import type { Clock, HttpPort, ReadPort, WritePort } from "../ports/types.ts";
import type { RaceProgress } from "../probe/types.ts";
import type { ExitCode, Message } from "../report/types.ts";

/** All that a use case may use of the world. */
export interface Services {
  readonly read: ReadPort;
  readonly write: WritePort;
  /** Loaded when the first probe needs it. */
  readonly http: () => Promise<HttpPort>;
  readonly clock: Clock;
  /** Null where no home is known. */
  readonly own: OwnDirectories | null;
  /** The catalog that came with the program. */
  readonly shippedCatalog: string;
  /** Raised when the person wants out. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RaceProgress) => void;
}

/** An expected failure: what to say, and what to end with. */
export interface Refusal {
  readonly ok: false;
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | Refusal;
