import type { Current } from "../ecosystems/types.ts";
import { isUsable } from "../probe/rank.ts";
import type { Candidate, Standing } from "../probe/types.ts";
import type { Message } from "../report/types.ts";
import { type RestedRace, restedRace } from "./rested-race.ts";
import type { RaceSetting } from "./run-race.ts";

type Bar = NonNullable<Current["bar"]>;

/** The traits that no mirror may have here; none, once the person has allowed it. */
export function barsOf({ tools, wish }: Pick<RaceSetting, "tools" | "wish">): Bar[] {
  return wish.allowCredentials ? [] : tools.flatMap(({ current }) => current.bar ?? []);
}

export function isBarred({ traits }: Standing, bars: readonly Bar[]): boolean {
  return bars.some(({ trait }) => traits.includes(trait));
}

/** That some are not taken, and why. An error where they were named, or where nobody else is left. */
export function barMessages(
  barred: readonly Candidate[],
  bars: readonly Bar[],
  code: "named-barred" | "passed-over",
): Message[] {
  if (barred.length === 0) return [];
  const level = code === "named-barred" ? "error" : "warn";
  const ids = barred.map(({ id }) => id).join(", ");
  return [{ code, level, args: { ids } }, ...bars.map(({ message }): Message => ({ ...message, level }))];
}

/** A race whose barred winners keep nobody else out: where they leave too few, the others race again without them. */
export async function permittedRace(
  setting: RaceSetting,
  candidates: readonly Candidate[],
  inUse: readonly string[],
  wanted: number,
): Promise<RestedRace & { readonly barred: readonly Candidate[] }> {
  const bars = barsOf(setting);
  const out: Standing[] = [];
  for (let racing = candidates; ; ) {
    const { probe, messages } = await restedRace(setting, racing, inUse, wanted);
    const usable = probe.standings.filter(isUsable);
    const barred = usable.filter((standing) => isBarred(standing, bars));
    const isHeardOut = probe.standings.every(({ verdict }) => verdict !== "unfinished");
    const earlier = out.map((standing) => ({ ...standing, rank: null }));
    out.push(...barred);
    racing = racing.filter((candidate) => barred.every((standing) => standing.candidate !== candidate));
    const isEnough = barred.length === 0 || usable.length - barred.length >= wanted || isHeardOut;
    if (isEnough || racing.length === 0 || setting.services.signal.aborted) {
      const standings = [...probe.standings, ...earlier];
      return { probe: { ...probe, standings }, messages, barred: out.map(({ candidate }) => candidate) };
    }
  }
}
