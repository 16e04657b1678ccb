import type { EcosystemId } from "../../catalog/types.ts";
import type { RaceResult, Standing, Verdict } from "../../probe/types.ts";
import { fill, sayDetail } from "../say.ts";
import type { Screen } from "../screen.ts";
import { milliseconds, rate, seconds, size } from "./units.ts";

/** A race as a table: who can be used first, then who cannot and why. */
export function raceView(ecosystem: EcosystemId, race: RaceResult, screen: Screen): string[] {
  const { words } = screen.dictionary;
  const usable = race.standings.filter(({ rank }) => rank !== null).length;
  const heading = fill(words.probed, {
    ecosystem,
    usable,
    total: race.standings.length,
    seconds: (race.elapsedMs / 1000).toFixed(2),
  });
  const { heading: h } = words;
  const head = [h.rank, h.mirror, h.latency, h.rate, h.install, h.verdict].map((text) => screen.dim(text));
  const rows = race.standings.map((standing) => rowOf(standing, screen));
  const bounds = fill(words.bounds, { atLeast: screen.atLeast, atMost: screen.atMost });
  const effort = fill(words.asked, { requests: race.requests, size: size(race.bytes) });
  return [
    screen.bold(heading),
    ...screen.table([head, ...rows], "rlrrr"),
    ...(race.standings.some(({ rateIsLowerBound }) => rateIsLowerBound) ? [`  ${screen.dim(bounds)}`] : []),
    ...(screen.verbose ? [`  ${screen.dim(effort)}`] : []),
  ];
}

function rowOf(standing: Standing, screen: Screen): string[] {
  const { candidate, rank, latencyMs, bytesPerSecond, rateIsLowerBound, expectedInstallSeconds } = standing;
  const [least, most] = rateIsLowerBound ? [screen.atLeast, screen.atMost] : ["", ""];
  return [
    rank === null ? screen.dash : String(rank),
    rank === 1 ? screen.bold(candidate.id) : candidate.id,
    milliseconds(latencyMs, screen.dash),
    bytesPerSecond === null ? screen.dash : least + rate(bytesPerSecond),
    expectedInstallSeconds === null ? screen.dash : most + seconds(expectedInstallSeconds),
    verdictText(standing, screen),
  ];
}

/** A verdict in words, with its reason and what exactly was seen. */
export function verdictText({ verdict, reason, detail }: Standing, screen: Screen): string {
  const { words } = screen.dictionary;
  const paint: { readonly [V in Verdict]: (text: string) => string } = {
    ok: screen.good,
    degraded: screen.caution,
    unfinished: screen.dim,
    rejected: screen.bad,
  };
  const seen = sayDetail(detail, screen.dictionary);
  const painted = paint[verdict]((detail?.code === "no-time-left" ? seen : null) ?? words.verdict[verdict]);
  if (reason === null) return painted;
  const judged = fill(words.judged, { verdict: painted, reason: words.reason[reason] });
  return seen === null ? judged : fill(words.seen, { judged, detail: screen.dim(seen) });
}
