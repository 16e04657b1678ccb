import type { VirtualClock } from "./clock.ts";
import type { SimHost, SimLine } from "./types.ts";

/** How long a resolver asks for a name that nobody answers for: two servers, two tries, 2.5 s each. */
const lostNameMs = 10_000;
/** For a name that is not in the network at all; for one that was looked up before. */
const unknownNameMs = 20;
const knownNameMs = 1;

/** The machine's resolver: look-ups wait for a thread and keep it; none can be broken off. */
export class Resolver {
  readonly #clock: VirtualClock;
  readonly #settings: SimLine["resolver"];
  readonly #known = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #looking = 0;

  constructor(clock: VirtualClock, settings: SimLine["resolver"]) {
    this.#clock = clock;
    this.#settings = settings;
  }

  lookUp(name: string, host: SimHost | null, tell: (found: boolean) => void): void {
    const { threads } = this.#settings;
    const look = () => {
      this.#looking += 1;
      this.#clock.after(this.#milliseconds(name, host), () => {
        this.#looking -= 1;
        this.#known.add(name);
        this.#waiting.shift()?.();
        tell(host !== null && host.state !== "no-name" && host.state !== "lost-name");
      });
    };
    if (this.#looking < threads) look();
    else this.#waiting.push(look);
  }

  #milliseconds(name: string, host: SimHost | null): number {
    if (host?.state === "lost-name") return lostNameMs;
    if (this.#known.has(name)) return knownNameMs;
    return (host?.dnsMs ?? unknownNameMs) + this.#settings.extraMs;
  }
}
