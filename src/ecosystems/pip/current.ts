import type { Scope } from "../../plan/types.ts";
import { pathsOf, variable } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import { fileObstacle, isFolder, silentTool } from "../reading.ts";
import type { Current, Installation, Setting } from "../types.ts";
import { askPip, type PipSays } from "./ask.ts";
import { type Claim, commandSections, indexKey, installClaims, type ReadFile, readPipFile } from "./claims.ts";
import { decidingFolder, name, nullDevice, type PipFile, pipFiles } from "./files.ts";
import { pipRemarks } from "./remarks.ts";

/** pip's settings as they are: read off its files in their order, and off pip itself where it is installed. */
export async function currentPip(read: ReadPort, scope: Scope, installation: Installation | null): Promise<Current> {
  const says = await askPip(read, installation);
  const files = await readFiles(read, says, installation?.version ?? null);
  const target = targetOf(scope, files, read);
  const base = { tool: "pip", scope, installation, upstreamHosts: hostsOf(says.defaultIndex) };
  if ("code" in target) {
    return { ...base, file: "", settings: [], chain: [], messages: [], obstacle: target };
  }
  const loaded = files.filter((file) => isLoaded(file, files, read));
  const claims = installClaims(loaded, read.facts);
  const settings = settingsOf(target, loaded, claims, readsAll(files, says) ? says.indexUrl : null);
  const value = settings[0]?.value ?? null;
  return {
    ...base,
    file: target.path,
    settings,
    beneath: scope === "user" ? valuesBeneath(target, files) : [],
    chain: value === null ? [] : [value],
    messages: pipRemarks(loaded, target.path, read.facts),
    obstacle: obstacleOf(target, loaded, says),
  };
}

/** Every file that pip reads, or would. */
export async function readFiles(
  read: ReadPort,
  { site }: Pick<PipSays, "site">,
  version: string | null,
): Promise<ReadFile[]> {
  const folder = decidingFolder(read.facts, version);
  const known = pipFiles(read.facts, folder !== null && (await isFolder(read, folder)), version);
  const environment = variable(read.facts, "VIRTUAL_ENV");
  // With an environment active, its own pip is the one that people mean, whichever stands first on the PATH.
  const own = environment === null ? site : pathsOf(read.facts).join(environment, name(read.facts));
  const last = known.filter(({ level }) => level === "named");
  const inOrder: PipFile[] = [
    ...known.filter(({ level }) => level !== "named"),
    ...(own === null ? [] : [{ level: "site", path: own } as const]),
    ...last,
  ];
  return Promise.all(inOrder.map(async (file) => readPipFile(file, await read.read(file.path))));
}

/** With a file named by `PIP_CONFIG_FILE` the user's are not read; with the null device there, none is. */
function isLoaded({ level, path }: PipFile, files: readonly ReadFile[], { facts }: ReadPort): boolean {
  if (isOff(facts)) return false;
  const named = files.find((file) => file.level === "named");
  const stands = named !== undefined && named.state.kind !== "missing";
  return !(stands && (level === "user" || level === "legacy")) && path !== "";
}

function isOff(facts: ReadPort["facts"]): boolean {
  return variable(facts, "PIP_CONFIG_FILE")?.toLowerCase() === nullDevice(facts);
}

/** The file that a change of this scope goes to: the one that `pip config` would take, or the older one where only that is there. */
function targetOf(scope: Scope, files: readonly ReadFile[], { facts }: ReadPort): ReadFile | Message {
  const of = (level: PipFile["level"]) => files.findLast((file) => file.level === level);
  if (scope === "system") return of("global") ?? noPlace("system");
  if (scope === "project") {
    const environment = variable(facts, "VIRTUAL_ENV");
    if (environment === null) return { code: "pip-no-environment", level: "error", args: {} };
    return of("site") ?? noPlace("project");
  }
  const named = of("named");
  if (named !== undefined && named.state.kind !== "missing" && !isOff(facts)) return named;
  const [legacy, user] = [of("legacy"), of("user")];
  return (user?.state.kind === "missing" && legacy?.state.kind === "file" ? legacy : user) ?? noPlace("user");
}

function noPlace(scope: Scope): Message {
  return { code: "pip-no-place", level: "error", args: { scope } };
}

/** Whether the pip that was asked reads these very files: of an environment that is active and not its own it knows nothing. */
function readsAll(files: readonly ReadFile[], { site }: PipSays): boolean {
  return files.every(({ level, path }) => level !== "site" || path === site);
}

function settingsOf(
  target: ReadFile,
  loaded: readonly ReadFile[],
  claims: readonly Claim[],
  told: string | null,
): Setting[] {
  const winner = claims.at(-1);
  const { source, line } = winner ?? { source: "default", line: null };
  // pip's own word counts for what its files come to; of what beats them it does not speak here.
  const isGeneral = winner?.key === indexKey && winner.level !== "environment";
  const value = (isGeneral ? told : null) ?? winner?.value ?? null;
  const by = loaded.includes(target) ? placeOf(winner, target) : "env:PIP_CONFIG_FILE";
  return keysIn(target).map(({ key, stored }): Setting => {
    const inForce = key === indexKey || key === "install.index-url" ? value : stored;
    const isShadowed = stored !== null && (stored !== inForce || !loaded.includes(target));
    return { key, stored, value: inForce, source, line, shadowedBy: isShadowed ? by : null };
  });
}

/** The general key, set or not, and those for single commands that the file has. */
function keysIn({ entries }: ReadFile): { key: string; stored: string | null }[] {
  const stored = (key: string) => entries.find((entry) => entry.key === key)?.value.trim() ?? null;
  const perCommand = commandSections.map((section) => `${section}.index-url`);
  const all = [indexKey, ...perCommand].map((key) => ({ key, stored: stored(key) }));
  return all.filter(({ key, stored }) => key === indexKey || stored !== null);
}

/** The winner's place; its section too, where it stands in the very file that we change. */
function placeOf(winner: Claim | undefined, target: ReadFile): string | null {
  if (winner === undefined) return null;
  const section = winner.key.split(".")[0] ?? "";
  return winner.source === target.path ? `${winner.source} [${section}]` : winner.source;
}

function valuesBeneath(target: ReadFile, files: readonly ReadFile[]): NonNullable<Current["beneath"]> {
  const others = files.filter(({ level, path }) => (level === "legacy" || level === "user") && path !== target.path);
  return others.flatMap(({ path, entries }) =>
    entries.filter(({ key }) => key === indexKey).map(({ key, value }) => ({ file: path, key, value: value.trim() })),
  );
}

function hostsOf(url: string | null): string[] {
  return url !== null && URL.canParse(url) ? [new URL(url).host] : [];
}

/** pip reads its files in the locale's encoding, and says so where it cannot. https://github.com/pypa/pip/pull/4976 */
function unreadableText(complaint: string): Message | null {
  const [, encoding = "", file = ""] = /contains invalid (\S+) characters in (.+?)\.(?:\s|$)/.exec(complaint) ?? [];
  return file === "" ? null : { code: "odd-pip-encoding", level: "error", args: { encoding, file } };
}

/** One broken file anywhere stops every pip command. */
function obstacleOf(target: ReadFile, loaded: readonly ReadFile[], { complaint }: PipSays): Message | null {
  const found = [target, ...loaded].map(({ path, state, problem }) => fileObstacle(path, state, problem));
  const first = found.find((obstacle) => obstacle !== null);
  if (first !== undefined) return first;
  if (complaint === null) return null;
  return unreadableText(complaint) ?? silentTool("pip", complaint);
}
