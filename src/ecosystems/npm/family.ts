import type { Scope } from "../../plan/types.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import type { Current, Installation, LooseCredential, Setting } from "../types.ts";
import type { Form } from "./forms.ts";
import { type ConfigFile, expand, fileLevel, keyObstacle, type Level, openFile, rawIn } from "./levels.ts";
import { lockedTo } from "./locks.ts";
import { projectFolder } from "./project.ts";

/** A file that may name the registry, and how it does. */
export interface Source {
  readonly file: ConfigFile;
  readonly form: Form;
}

/** What a member of the family reads, as far as it goes for one scope. */
export interface Layers {
  /** All that names the registry, strongest first. */
  readonly levels: readonly Level[];
  /** Every file that the tool reads. */
  readonly files: readonly (Source | null)[];
  /** The file that a change of the scope goes to. Null: the tool has none there. */
  readonly target: Source | null;
  /** Further files of the scope that the tool reads; what they name would come to light if the target named nothing. */
  readonly beneath?: readonly (Source | null)[];
  /** Credentials that name no registry. */
  readonly credentials: readonly LooseCredential[];
  /** What the tool itself says it would use here; null where it cannot be asked, or not be trusted. */
  readonly told: string | null;
  /** What it uses when nothing is configured, as it says itself. */
  readonly standard: string | null;
}

/** A tool that shares npm's files, or has its own beside them. */
export interface Member {
  readonly id: string;
  readonly lockFiles: readonly string[];
  layers(read: ReadPort, scope: Scope, installation: Installation | null, project: string | null): Promise<Layers>;
}

/** Opens a file; null where there is no such place. */
export async function openSource(read: ReadPort, path: string | null, form: Form): Promise<Source | null> {
  return path === null ? null : { file: await openFile(read, path, form.format), form };
}

/** The key that names the registry in a file; where none does, the one to write. */
export function registryKey({ file, form }: Source): string {
  return form.registry.find((key) => rawIn(file, key) !== null) ?? form.registry[0];
}

/** A file as a level; none where it does not name a registry. */
export function levelOf(source: Source | null, { facts }: ReadPort): Level[] {
  return source === null ? [] : fileLevel(source.file, registryKey(source), facts);
}

/** The files among these places. */
export function filesOf(sources: readonly (Source | null)[]): ConfigFile[] {
  return sources.flatMap((source) => (source === null ? [] : [source.file]));
}

/** The state of a member of the family. */
export async function currentOf(
  member: Member,
  read: ReadPort,
  scope: Scope,
  installation: Installation | null,
): Promise<Current> {
  const project = await projectFolder(read, null);
  const layers = await member.layers(read, scope, installation, project);
  const { target, standard } = layers;
  const registry = registrySetting(layers, read);
  return {
    ...{ tool: member.id, scope, installation, file: target?.file.path ?? "" },
    settings: [registry, ...(target === null ? [] : scopedSettings(target, read))],
    chain: registry.value === null ? [] : [registry.value],
    upstreamHosts: standard === null ? [] : [new URL(standard).host],
    locked: await lockedTo(read, project, member.lockFiles),
    beneath: registriesBeneath(layers, registry.key, read),
    credentials: layers.credentials,
    messages: [],
    obstacle: obstacleOf(layers, scope, registry, read),
  };
}

/** All that the scope's files name beside the target's first key. */
function registriesBeneath({ target, beneath = [] }: Layers, first: string, { facts }: ReadPort) {
  const sources = [target, ...beneath.filter((source) => source?.file.path !== target?.file.path)];
  return sources.flatMap((source) => {
    if (source === null) return [];
    const keys = source.form.registry.filter((key) => source !== target || key !== first);
    return keys.flatMap((key) =>
      fileLevel(source.file, key, facts).map(({ value }) => ({ file: source.file.path, key, value })),
    );
  });
}

function registrySetting({ levels, target, told, standard }: Layers, { facts }: ReadPort): Setting {
  const key = target === null ? "registry" : registryKey(target);
  const stored = target === null ? null : rawIn(target.file, key);
  const winner = told === null ? levels[0] : levels.find(({ value }) => isSame(value, told));
  const value = winner?.value ?? told ?? standard;
  const isBeaten = stored !== null && stored !== "" && value !== expand(stored, facts);
  const { source, line } = winner ?? { source: "default", line: null };
  return { key, stored, value, source, line, shadowedBy: isBeaten ? (winner?.source ?? null) : null };
}

/** Some tools put a slash at the end of what they print. */
function isSame(a: string, b: string): boolean {
  return a.replace(/\/+$/, "") === b.replace(/\/+$/, "");
}

function scopedSettings({ file, form }: Source, { facts }: ReadPort): Setting[] {
  const scoped = file.entries.filter(({ key }) => form.isScoped.test(key));
  return scoped.map(({ key, value, line }) => {
    return { key, stored: value, value: expand(value, facts), source: file.path, line, shadowedBy: null };
  });
}

function obstacleOf({ target, files }: Layers, scope: Scope, registry: Setting, { facts }: ReadPort): Message | null {
  if (target === null && scope === "project")
    return { code: "npm-no-project", level: "error", args: { folder: facts.cwd } };
  if (target === null) return null;
  const broken = files.flatMap((source) => (source === null ? [] : (brokenFile(source) ?? [])));
  return keyObstacle(target.file, registry.key) ?? broken[0] ?? null;
}

/** A file that the tool cannot read stops it, whatever the others say. One that only we cannot change does not. */
function brokenFile(source: Source): Message | null {
  const problem = keyObstacle(source.file, registryKey(source));
  const isOurs = problem?.code === "file-problem-at" && problem.args.why === "unsupported-form";
  return isOurs ? null : problem;
}
