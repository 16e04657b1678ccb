import { isUsable } from "../../probe/rank.ts";
import type { Candidate, RaceResult } from "../../probe/types.ts";
import { type RaceSetting, runRace } from "../run-race.ts";

/**
 * Mirrors that proved good, best first. Behind them come those that the race stopped because they could not win, or that were not in it: they prove
 * themselves when somebody asks for one more than there are, for an image may be with the slow ones alone.
 */
export class Ranked {
  readonly #good: Candidate[];
  readonly #setting: RaceSetting;
  readonly #others: readonly Candidate[];
  #proving: Promise<void> | null = null;

  constructor(setting: RaceSetting, { standings }: RaceResult, all: readonly Candidate[]) {
    this.#good = standings.filter(isUsable).map(({ candidate }) => candidate);
    const settled = standings.filter(({ verdict }) => verdict !== "unfinished").map(({ candidate }) => candidate.url);
    this.#others = all.filter(({ url }) => !settled.includes(url));
    this.#setting = setting;
  }

  /** The mirror at a place, from 0; null behind the last. */
  async at(place: number): Promise<Candidate | null> {
    if (place >= this.#good.length && this.#others.length > 0) {
      this.#proving ??= this.#proveOthers();
      await this.#proving;
    }
    return this.#good[place] ?? null;
  }

  async #proveOthers(): Promise<void> {
    if (this.#setting.services.signal.aborted) return;
    const { standings } = await runRace(this.#setting, this.#others, "prove");
    this.#good.push(...standings.filter(isUsable).map(({ candidate }) => candidate));
  }
}
