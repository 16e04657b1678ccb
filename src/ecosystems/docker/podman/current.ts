import type { Probes } from "../../../catalog/types.ts";
import { registries } from "../../../edits/registries.ts";
import type { Scope } from "../../../plan/types.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Message } from "../../../report/types.ts";
import { fileObstacle, silentTool, textIn } from "../../reading.ts";
import type { Current, Installation, Setting } from "../../types.ts";
import { hubOf } from "../hub.ts";
import { askPodman } from "./ask.ts";
import { dropIn, type PodmanFiles, podmanFiles } from "./files.ts";
import { type ReadFile, readFile, type Table } from "./tables.ts";

/** podman's mirrors as they are: read off its files in its order, and asked of podman where that leaves no trace. */
export async function currentPodman(
  read: ReadPort,
  scope: Scope,
  installation: Installation | null,
  probes: Probes = {},
): Promise<Current> {
  const base = { tool: "podman", scope, installation };
  const file = read.facts.os === "linux" ? dropIn(read.facts, scope === "system" ? "system" : "user") : null;
  if (file === null) {
    const code = read.facts.os === "linux" ? "podman-no-place" : "podman-machine";
    const messages: Message[] = [{ code, level: "info", args: {} }];
    return { ...base, file: "", settings: [], chain: [], upstreamHosts: [], messages, obstacle: null };
  }
  const known = await podmanFiles(read);
  const files = await Promise.all(known.inForce.map((path) => readFile(path, read)));
  const own = files.find(({ path }) => path === file) ?? (await readFile(file, read));
  const [entry] = registries.entries(textIn(own.state));
  const hub = hubOf(probes) ?? entry?.key ?? null;
  const answer = hub === null || installation === null ? null : await askPodman(read, installation, hub);
  const setting = settingOf(hub, own, files, known, answer !== null && "complaint" in answer ? null : answer);
  return {
    ...base,
    file,
    settings: hub === null ? [] : [setting],
    chain: chainOf(setting.value),
    upstreamHosts: hub === null ? [] : [hub],
    messages: [],
    obstacle: shapeObstacle(own, hub) ?? obstacleOf(files, answer),
  };
}

function settingOf(
  hub: string | null,
  own: ReadFile,
  files: readonly ReadFile[],
  { hidesSystem }: PodmanFiles,
  asked: readonly string[] | null,
): Setting {
  const stored = registries.entries(textIn(own.state)).find(({ key }) => key === hub)?.value ?? null;
  // In one file the first table for a registry counts, and of several files the last.
  const tables = files.flatMap((file) => file.tables.find(({ prefix }) => prefix === hub) ?? []);
  const winner: Table | null = tables.at(-1) ?? null;
  const mirrors = asked ?? winner?.mirrors ?? [];
  const value = mirrors.length === 0 ? null : JSON.stringify(mirrors);
  const wins = winner === null ? null : winner.file;
  const isRead = files.includes(own);
  const loser = isRead ? (wins === own.path ? null : wins) : (wins ?? hidesSystem);
  const shadowedBy = stored === null && isRead ? null : loser;
  return { key: hub ?? "", stored, value, source: wins ?? "default", line: winner?.line ?? null, shadowedBy };
}

/** The addresses of a value. */
export function chainOf(value: string | null): string[] {
  return value === null ? [] : (JSON.parse(value) as string[]);
}

/** Where somebody has written into our file, it is no longer ours to write anew. */
function shapeObstacle({ path, state }: ReadFile, hub: string | null): Message | null {
  return fileObstacle(path, state, registries.problem(textIn(state), hub === null ? [] : [hub]));
}

/** One file that it cannot read stops every command of podman. */
function obstacleOf(files: readonly ReadFile[], answer: Awaited<ReturnType<typeof askPodman>>): Message | null {
  const broken = files.find(({ state, problem }) => problem !== null || state.kind === "blocked");
  if (broken !== undefined) return fileObstacle(broken.path, broken.state, broken.problem);
  if (answer === null || !("complaint" in answer)) return null;
  return silentTool("podman", answer.complaint);
}
