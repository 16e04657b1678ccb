import { toml } from "../../../edits/toml/index.ts";
import type { Entry, TextProblem } from "../../../edits/types.ts";
import type { Scope } from "../../../plan/types.ts";
import { isOn, variable } from "../../../platform/paths.ts";
import type { PathState, ReadPort } from "../../../ports/types.ts";
import type { Message } from "../../../report/types.ts";
import { fileObstacle, textIn } from "../../reading.ts";
import type { Current, Installation, Setting } from "../../types.ts";
import { projectFiles, systemFile, type UvFile, userFile } from "./files.ts";
import { lockedTo } from "./lock.ts";
import { oldRemarks } from "./old.ts";

/** The index that replaces uv's own. A plain `[[index]]` would stand before it, and could take any package's name. */
export const defaultIndex = "index[default=true].url";
/** What uv had before 0.4.23, and still reads. */
export const oldIndex = "index-url";

/** The key for an installation: files with keys that uv does not know stop it. https://docs.astral.sh/uv/concepts/indexes/ */
export function indexKeyOf(installation: Installation | null): typeof defaultIndex | typeof oldIndex {
  const [, minor, patch] = /^0\.(\d+)\.(\d+)/.exec(installation?.version ?? "") ?? [];
  // Where the version is not known it is a newer one.
  const isOld = minor !== undefined && (Number(minor) < 4 || (minor === "4" && Number(patch) < 23));
  return isOld ? oldIndex : defaultIndex;
}

/** A file of uv's, read. */
export interface Read extends UvFile {
  readonly state: PathState;
  readonly entries: readonly Entry[];
  readonly problem: TextProblem | null;
}

/** uv's settings, and what a default index puts out of force without a word. */
export interface UvCurrent extends Current {
  readonly outdone: readonly Message[];
}

/** uv's settings as they are. uv does not say what it uses, so they are read off its files in its order; it reads neither pip's files nor its variables. */
export async function currentUv(read: ReadPort, scope: Scope, installation: Installation | null): Promise<UvCurrent> {
  const base = { tool: "uv", scope, installation, upstreamHosts: [], outdone: [] };
  const project = await projectFiles(read);
  const [user, system] = [userFile(read.facts), await systemFile(read)];
  const places = { project: project.inForce, user, system };
  const target = scope === "project" ? project.target : places[scope];
  if (target === null) {
    // The scope may be another tool's: with nothing to write, uv is only passed over.
    const messages: Message[] = [{ code: "uv-no-place", level: "info", args: { scope } }];
    return { ...base, file: "", settings: [], chain: [], messages, obstacle: null };
  }
  const files = await Promise.all(filesInForce(read, places).map((file) => readFile(file, read)));
  const own = files.find(({ path }) => path === target.path) ?? (await readFile(target, read));
  const settings = settingsOf(own, files, indexKeyOf(installation), read);
  const value = settings[0]?.value ?? null;
  const outdone = oldRemarks(files, read.facts);
  const hasDefault = files.some(({ prefix, entries }) => entries.some(({ key }) => key === prefix + defaultIndex));
  return {
    ...base,
    outdone: hasDefault ? [] : outdone,
    file: target.path,
    settings,
    bound: boundIn(own),
    locked: await lockedTo(read, project.target?.path ?? null),
    chain: value === null ? [] : [value],
    messages: hasDefault ? outdone : [],
    obstacle: fileObstacle(own.path, own.state, own.problem),
  };
}

/** An index with a name takes its credentials from variables of that name, wherever it points. https://docs.astral.sh/uv/concepts/indexes/#providing-credentials-directly */
function boundIn({ path, prefix, entries }: Read): NonNullable<Current["bound"]> | null {
  const beside = ["name", "authenticate"].map((key) => `${prefix}index[default=true].${key}`);
  const found = entries.find(({ key }) => beside.includes(key));
  return found === undefined ? null : { file: path, key: found.key, line: found.line };
}

/** Those that uv reads, the strongest first. A file named by a variable stands for all of them. */
function filesInForce({ facts }: ReadPort, places: Readonly<Record<Scope, UvFile | null>>): UvFile[] {
  const named = variable(facts, "UV_CONFIG_FILE") === null ? null : places.user;
  if (named !== null) return [named];
  if (isOn(variable(facts, "UV_NO_CONFIG"))) return [];
  const system = isOn(variable(facts, "UV_NO_SYSTEM_CONFIG")) ? null : places.system;
  return [places.project, places.user, system].filter((file) => file !== null);
}

async function readFile(file: UvFile, read: ReadPort): Promise<Read> {
  const state = await read.read(file.path);
  const text = textIn(state);
  const keys = [defaultIndex, oldIndex].map((key) => file.prefix + key);
  const problem = toml.problem(text, keys);
  return { ...file, state, problem, entries: problem === null ? toml.entries(text) : [] };
}

function settingsOf(own: Read, files: readonly Read[], mainKey: string, { facts }: ReadPort): Setting[] {
  const variables = ["UV_DEFAULT_INDEX", "UV_INDEX_URL"].flatMap((name) => {
    // uv takes `NAME=URL`, too.
    const value = variable(facts, name)?.replace(/^[\w.-]+=(?=\w+:)/, "") ?? null;
    return value === null ? [] : [{ value, source: `env:${name}`, line: null }];
  });
  // Every `[[index]]` of all files stands before the old key of any.
  const inFiles = [defaultIndex, oldIndex].flatMap((key) =>
    files.flatMap(({ path, prefix, entries }) =>
      entries.filter((entry) => entry.key === prefix + key).map(({ value, line }) => ({ value, source: path, line })),
    ),
  );
  const winner = [...variables, ...inFiles][0] ?? { value: null, source: "default", line: null };
  const by = files.includes(own) ? winner.source : ignoredBy(facts);
  return [mainKey, ...[defaultIndex, oldIndex].filter((key) => key !== mainKey)].flatMap((key): Setting[] => {
    const stored = own.entries.find((entry) => entry.key === own.prefix + key)?.value ?? null;
    if (stored === null && key !== mainKey) return [];
    const isShadowed = stored !== null && (stored !== winner.value || !files.includes(own));
    return [{ key: own.prefix + key, stored, ...winner, shadowedBy: isShadowed ? by : null }];
  });
}

function ignoredBy(facts: ReadPort["facts"]): string {
  return variable(facts, "UV_CONFIG_FILE") === null ? "env:UV_NO_CONFIG" : "env:UV_CONFIG_FILE";
}
