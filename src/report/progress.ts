import type { EcosystemId } from "../catalog/types.ts";
import type { RaceProgress } from "../probe/types.ts";
import type { Dictionary } from "./language.ts";
import { fill } from "./say.ts";
import { cut } from "./table.ts";

/** A terminal's stream, as far as a live line needs it. The columns are those of now: a window may change. */
export interface LiveStream {
  write(text: string): void;
  readonly columns: () => number | undefined;
}

export interface LiveLine {
  /** Before anything else can be told: the tools are asked for their settings. */
  look(): void;
  /** How far a race is; several that run side by side are told of as one. */
  show(progress: RaceProgress, of: EcosystemId): void;
  /** Takes the line away, until there is more to tell. */
  clear(): void;
  /** The same where the races are over. */
  end(): void;
}

/** Of so many that have not been heard yet, the names are told. */
const mostNamed = 3;

/** One line that is written over while probes run, and gone when they end. Silent where there is no terminal. */
export function liveLine(stream: LiveStream | null, { words }: Dictionary): LiveLine {
  const running = new Map<EcosystemId, RaceProgress>();
  let shown = "";
  const write = (text: string) => {
    // The last column stays free: some terminals go on to the next line once it is taken.
    const line = cut(text, (stream?.columns() || 80) - 1);
    if (line !== shown) stream?.write(`\r\u001b[2K${line}`);
    shown = line;
  };
  const clear = () => write("");
  return {
    look: () => write(words.looking),
    show: (progress, of) => {
      running.set(of, progress);
      write(progressText([...running.values()], words));
    },
    clear,
    end: () => {
      running.clear();
      clear();
    },
  };
}

function progressText(races: readonly RaceProgress[], words: Dictionary["words"]): string {
  const sum = (of: (each: RaceProgress) => number) => races.reduce((total, each) => total + of(each), 0);
  const figures = {
    total: sum(({ total }) => total),
    proved: sum(({ proved }) => proved),
    rejected: sum(({ rejected }) => rejected),
  };
  if (races.every(({ phase }) => phase === "rate")) return fill(words.rating, figures);
  const awaited = [...new Set(races.flatMap(({ awaited }) => awaited))];
  const isNamed = awaited.length > 0 && awaited.length <= mostNamed;
  return fill(words.probing, figures) + (isNamed ? fill(words.awaiting, { names: awaited.join(", ") }) : "");
}
