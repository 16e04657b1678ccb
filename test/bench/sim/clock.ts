import type { Clock } from "../../../src/ports/types.ts";

/** Something that will happen, unless it is called off. */
export interface Timer {
  cancel(): void;
}

/** A clock whose time passes only when everybody waits for it. */
export interface VirtualClock extends Clock {
  /** Does something so many milliseconds from now. `quiet`: it wakes nobody by itself (see `woke`). */
  after(milliseconds: number, act: () => void, quiet?: boolean): Timer;
  /** To be called by a quiet act that did wake somebody after all: time then stands still until they have had their say. */
  woke(): void;
  /** Lets time pass until a step has ended, then gives its result. Throws when everybody waits for nothing. */
  run<T>(step: Promise<T>): Promise<T>;
}

interface Entry {
  readonly at: number;
  /** Of two at the same time, the one that was set first goes first. */
  readonly order: number;
  readonly quiet: boolean;
  act: (() => void) | null;
}

/** No simulation of ours is longer; one that is waits for something that cannot come. Milliseconds. */
const longest = 3_600_000;
/** What the wall clock says when a simulation begins, in milliseconds since 1970. */
export const epoch = Date.UTC(2026, 10, 20);

export function virtualClock(): VirtualClock {
  const queue = new Queue();
  let now = 0;
  let order = 0;
  let awake = true;
  const after = (milliseconds: number, act: () => void, quiet = false): Timer => {
    const entry: Entry = { at: now + Math.max(0, milliseconds), order: order++, quiet, act };
    queue.push(entry);
    const cancel = () => {
      entry.act = null;
    };
    return { cancel };
  };
  const step = () => {
    const entry = queue.pop();
    if (entry === null || entry.at > longest) throw new Error("everybody waits, and for nothing");
    const { act } = entry;
    if (act === null) return;
    now = entry.at;
    awake ||= !entry.quiet;
    act();
  };
  return {
    now: () => now,
    date: () => new Date(epoch + now),
    sleep: (milliseconds, signal) => sleep(after, milliseconds, signal),
    after,
    woke: () => {
      awake = true;
    },
    run: async <T>(whole: Promise<T>): Promise<T> => {
      let ended = false;
      awake = true;
      const end = () => {
        ended = true;
      };
      whole.then(end, end);
      for (;;) {
        if (awake) await settled();
        awake = false;
        if (ended) return await whole;
        step();
      }
    },
  };
}

/** Everything under simulation runs in microtasks: when the next turn of the event loop begins, all of them wait for time. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function sleep(after: VirtualClock["after"], milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      timer.cancel();
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = after(milliseconds, done);
    signal?.addEventListener("abort", done, { once: true });
  });
}

/** A binary heap: the earliest on top. */
class Queue {
  readonly #heap: Entry[] = [];

  push(entry: Entry): void {
    const heap = this.#heap;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = entry;
  }

  pop(): Entry | null {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (top === undefined || last === undefined) return null;
    if (heap.length > 0) this.#sink(last);
    return top;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      const left = heap[2 * place + 1];
      const right = heap[2 * place + 2];
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? 2 : 1;
      const smaller = child === 2 ? right : left;
      if (smaller === undefined || !isBefore(smaller, entry)) break;
      heap[place] = smaller;
      place = 2 * place + child;
    }
    heap[place] = entry;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
