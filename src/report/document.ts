import type { EcosystemId } from "../catalog/types.ts";
import type { RaceResult, Standing } from "../probe/types.ts";
import { clean } from "./clean.ts";
import type { Dictionary } from "./language.ts";
import { say } from "./say.ts";
import type { ExitCode, Message } from "./types.ts";

/** What a command ends with: an exit code, statements, and a body for `--json`. `view` makes the text of it. */
export interface Report {
  readonly command: string;
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
  readonly body: Readonly<{ [key: string]: unknown }>;
}

/** The one JSON document of a run (README, "JSON"). Fields may be added, never renamed. */
export function jsonDocument({ command, exitCode, messages, body }: Report, dictionary: Dictionary): string {
  const said = messages.map((message) => ({ ...message, text: say(message, dictionary) }));
  return JSON.stringify(clean({ version: 1, command, exitCode, messages: said, ...body }), null, 2);
}

/** A race as it stands in JSON. */
export function raceBody(ecosystem: EcosystemId, race: RaceResult): object {
  const { elapsedMs, requests, bytes, lagUnit } = race;
  const ranking = race.standings.filter(({ rank }) => rank !== null).map(({ candidate }) => candidate.id);
  return {
    ecosystem,
    ranking,
    elapsedMs,
    requests,
    bytes,
    mirrors: race.standings.map((standing) => mirrorBody(standing, lagUnit)),
  };
}

function mirrorBody({ candidate, behind, stages, findings, traits, ...standing }: Standing, unit: string): object {
  const {
    rank,
    verdict,
    reason,
    detail,
    latencyMs,
    bytesPerSecond,
    expectedInstallSeconds,
    tlsDaysLeft,
    bytes,
    requests,
  } = standing;
  return {
    ...{ id: candidate.id, url: candidate.url, rank, verdict, reason, detail, findings, traits },
    ...{ latencyMs, bytesPerSecond, expectedInstallSeconds, lag: { seconds: null, behind, unit } },
    ...{
      tlsDaysLeft,
      bytes,
      requests,
      stages: stages.map(({ stage, ok, ms }) => ({ stage, ok, ms, ...(ok === null ? { skipped: true } : {}) })),
    },
  };
}
