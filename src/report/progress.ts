import type { RaceProgress } from "../probe/types.ts";
import type { Dictionary } from "./language.ts";
import { fill } from "./say.ts";
import { cut } from "./table.ts";

/** A terminal's stream, as far as a live line needs it. */
export interface LiveStream {
  write(text: string): void;
  readonly columns: number | null;
}

export interface LiveLine {
  show(progress: RaceProgress): void;
  clear(): void;
}

/** One line that is written over while probes run, and gone when they end. Silent where there is no terminal. */
export function liveLine(stream: LiveStream | null, dictionary: Dictionary): LiveLine {
  let shown = false;
  const write = (text: string) => stream?.write(`\r\u001b[2K${text}`);
  return {
    show: ({ phase, total, proved, rejected }) => {
      shown = true;
      const template = phase === "rate" ? dictionary.words.rating : dictionary.words.probing;
      write(cut(fill(template, { total, proved, rejected }), stream?.columns ?? 80));
    },
    clear: () => {
      if (shown) write("");
      shown = false;
    },
  };
}
