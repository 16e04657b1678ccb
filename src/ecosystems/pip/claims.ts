import { ini } from "../../edits/ini.ts";
import type { Entry, TextProblem } from "../../edits/types.ts";
import { variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { PathState } from "../../ports/types.ts";
import { textIn } from "../reading.ts";
import type { Level, PipFile } from "./files.ts";

/** A file that pip reads, as it stands. */
export interface ReadFile extends PipFile {
  readonly state: PathState;
  readonly entries: readonly Entry[];
  readonly problem: TextProblem | null;
}

/** Reads a file's keys. */
export function readPipFile(file: PipFile, state: PathState): ReadFile {
  const text = textIn(state);
  const problem = ini.problem(text, [indexKey]);
  return { ...file, state, problem, entries: problem === null ? ini.entries(text) : [] };
}

/** The key that we set, as `pip config` names it. */
export const indexKey = "global.index-url";

/** Sections whose `index-url` beats that of `[global]`, whatever file each stands in, for the command of that name. */
export const commandSections = ["install", "download", "wheel", "index", "lock"] as const;

/** Somebody's say on which index `pip install` uses. */
export interface Claim {
  readonly value: string;
  /** A file, or `env:NAME`. */
  readonly source: string;
  readonly line: number | null;
  readonly key: string;
  readonly level: Level | "environment";
}

/**
 * All claims on the index of `pip install`, the one in force last: what `[global]` says in every file, then what `[install]` says in every file, then the
 * environment. Source: pip/_internal/cli/parser.py, _update_defaults.
 */
export function installClaims(files: readonly ReadFile[], facts: HostFacts): Claim[] {
  const of = (key: string) =>
    files.flatMap(({ level, path, entries }) =>
      entries
        .filter((entry) => entry.key === key)
        .map(({ value, line }) => ({ value, source: path, line, key, level })),
    );
  const outside = variable(facts, "PIP_INDEX_URL");
  const environment: Claim[] =
    outside === null
      ? []
      : [{ value: outside, source: "env:PIP_INDEX_URL", line: null, key: indexKey, level: "environment" }];
  return [...of(indexKey), ...of("install.index-url"), ...environment].filter(({ value }) => value.trim() !== "");
}
