import type { EcosystemId } from "../catalog/types.ts";
import type { RaceResult, Standing } from "../probe/types.ts";
import { clean } from "./clean.ts";
import type { Dictionary } from "./language.ts";
import { say, sayDetail } from "./say.ts";
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
export function raceBody(ecosystem: EcosystemId, race: RaceResult, dictionary: Dictionary): object {
  const { elapsedMs, requests, bytes, lagUnit, standings } = race;
  const ranking = standings.filter(({ rank }) => rank !== null).map(({ candidate }) => candidate.id);
  const mirrors = standings.map((standing) => mirrorBody(standing, lagUnit, dictionary));
  return { ecosystem, ranking, elapsedMs, requests, bytes, mirrors };
}

function mirrorBody(
  { candidate, behind, stages, detail, ...found }: Standing,
  unit: string,
  dictionary: Dictionary,
): object {
  return {
    id: candidate.id,
    url: candidate.url,
    ...found,
    detail: sayDetail(detail, dictionary),
    detailCode: detail?.code ?? null,
    lag: { seconds: null, behind, unit },
    stages: stages.map(({ stage, ok, ms }) => ({ stage, ok, ms, ...(ok === null ? { skipped: true } : {}) })),
  };
}
