import { type FormatId, formatOf } from "../../edits/index.ts";
import { decodeText, isUtf16 } from "../../edits/text.ts";
import type { Entry, TextProblem } from "../../edits/types.ts";
import { rawVariable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { PathState, ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import { fileObstacle } from "../reading.ts";
import type { ConfigVariable } from "./environment.ts";

/** A configuration file of one of the family, read. */
export interface ConfigFile {
  readonly path: string;
  readonly state: PathState;
  readonly entries: readonly Entry[];
  /** Why these keys cannot be changed in it, or null. */
  problem(keys: readonly string[]): TextProblem | null;
}

/** One place that names a registry: a variable, or a line in a file. */
export interface Level {
  /** `env:NAME`, or the file. */
  readonly source: string;
  readonly line: number | null;
  /** With variables filled in. */
  readonly value: string;
}

/** Reads a file. */
export async function openFile(read: ReadPort, path: string, id: FormatId): Promise<ConfigFile> {
  const state = await read.read(path);
  if (state.kind !== "file" || isUtf16(state.bytes)) return { path, state, entries: [], problem: () => null };
  const format = await formatOf(id);
  const { text } = decodeText(state.bytes);
  return { path, state, entries: format.entries(text), problem: (keys) => format.problem(text, keys) };
}

/** What a file says of a key, as it stands there. */
export function rawIn({ entries }: ConfigFile, key: string): string | null {
  return entries.find((entry) => entry.key === key)?.value ?? null;
}

/** A key in a file as a level; none where it is not there, or empty. */
export function fileLevel(file: ConfigFile, key: string, facts: HostFacts): Level[] {
  const entry = file.entries.find((candidate) => candidate.key === key);
  if (entry === undefined || entry.value.trim() === "") return [];
  return [{ source: file.path, line: entry.line, value: expand(entry.value, facts) }];
}

/** A variable as a level. */
export function envLevel(variable: ConfigVariable | null): Level[] {
  return variable === null ? [] : [{ source: `env:${variable.name}`, line: null, value: variable.value }];
}

/** Fills `${NAME}` in, as npm does: unknown names stay as they are, or vanish with a `?`. Source: @npmcli/config, lib/env-replace.js. */
export function expand(text: string, facts: HostFacts): string {
  return text.replace(
    /(?<!\\)(\\*)\$\{([^${}?]+)(\?)?\}/g,
    (whole, escapes: string, name: string, optional?: string) => {
      if (escapes.length % 2 === 1) return whole.slice((escapes.length + 1) / 2);
      return (
        escapes.slice(escapes.length / 2) + (rawVariable(facts, name) ?? (optional === undefined ? `\${${name}}` : ""))
      );
    },
  );
}

/** Why a key cannot be changed in a file, or null. */
export function keyObstacle(file: ConfigFile, key: string): Message | null {
  return fileObstacle(file.path, file.state, file.problem([key]));
}
