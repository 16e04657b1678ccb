import type { Scope } from "../../plan/types.ts";
import { pathsOf, variable } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import { once } from "../once.ts";
import { silentTool } from "../reading.ts";
import type { Current, Installation, Setting } from "../types.ts";
import { askDefaultRegistry, askNpm, type NpmSays } from "./ask.ts";
import { npmCredentials } from "./credentials.ts";
import { configVariable, injectedVariable } from "./environment.ts";
import { type ConfigFile, envLevel, expand, fileLevel, keyObstacle, type Level, openFile, rawIn } from "./levels.ts";
import { lockedTo } from "./locks.ts";
import { npmPlaces, type Places } from "./places.ts";

/** npm's lock files. The one that is published with a package comes first. */
const lockFiles = ["npm-shrinkwrap.json", "package-lock.json"];

/** npm's settings as they are: what npm itself says is in force, and the files that it comes from. */
export async function currentNpm(read: ReadPort, scope: Scope, installation: Installation | null): Promise<Current> {
  const asked = installation === null ? Promise.resolve({}) : askNpm(read, installation);
  const told = asked.then((says): NpmSays => ("complaint" in says ? {} : says));
  const standard =
    installation === null ? Promise.resolve(null) : once(read, "npm", () => askDefaultRegistry(read, installation));
  const places = await npmPlaces(read, installation, told);
  const path = places[scope];
  const levels = await openLevels(read, places);
  const says = await told;
  const upstream = await standard;
  const own = levels.find((file) => file.path === path);
  const settings = keysIn(levels).map((key) => settingOf(key, own, levels, says, read));
  const value = settings[0]?.value ?? null;
  return {
    ...{ tool: "npm", scope, installation, file: path ?? "", settings },
    chain: value === null ? [] : [value],
    upstreamHosts: upstream === null ? [] : [new URL(upstream).host],
    locked: await lockedTo(read, places.folder, lockFiles),
    credentials: npmCredentials(levels, read.facts),
    messages: remarks(settings[0], read),
    obstacle:
      complaintOf(await asked) ??
      placeObstacle(path, scope, read) ??
      (own === undefined ? null : keyObstacle(own, "registry")),
  };
}

/** npm's files that there are places for, strongest first. */
async function openLevels(read: ReadPort, { project, user, system }: Places): Promise<ConfigFile[]> {
  const paths = [project, user, system].filter((path) => path !== null);
  return Promise.all(paths.map((path) => openFile(read, path, "npmrc")));
}

/** The registry, and every registry of a scope that some file names. */
function keysIn(levels: readonly ConfigFile[]): string[] {
  const keys = levels.flatMap(({ entries }) => entries.map(({ key }) => key));
  return ["registry", ...new Set(keys.filter((key) => /^@[^:]+:registry$/.test(key)))];
}

function settingOf(
  key: string,
  own: ConfigFile | undefined,
  files: readonly ConfigFile[],
  says: NpmSays,
  { facts }: ReadPort,
): Setting {
  const levels: Level[] = [
    ...envLevel(configVariable(facts, key)),
    ...files.flatMap((file) => fileLevel(file, key, facts)),
  ];
  const told = says[key];
  const value = typeof told === "string" ? told : (levels[0]?.value ?? null);
  const winner = levels.find((level) => level.value === value);
  const stored = own === undefined ? null : rawIn(own, key);
  const isBeaten = stored !== null && stored !== "" && expand(stored, facts) !== value;
  const { source, line } = winner ?? { source: "default", line: null };
  return { key, stored, value, source, line, shadowedBy: isBeaten ? (winner?.source ?? null) : null };
}

function complaintOf(says: NpmSays | { readonly complaint: string }): Message | null {
  return "complaint" in says ? silentTool("npm", String(says.complaint)) : null;
}

function placeObstacle(path: string | null, scope: Scope, { facts }: ReadPort): Message | null {
  if (path === null && scope === "project")
    return { code: "npm-no-project", level: "error", args: { folder: facts.cwd } };
  if (path === null) return { code: "npm-no-file", level: "error", args: { scope } };
  // From WSL, a Windows npm answers with a Windows path.
  return pathsOf(facts).isAbsolute(path) ? null : { code: "npm-elsewhere", level: "error", args: { file: path } };
}

/** Below npx a variable may be the person's own or npm's; one that no file explains is likely to win outside of npx, too. yarn 1 hands down its own default. */
function remarks(registry: Setting | undefined, { facts }: ReadPort): Message[] {
  const handed = injectedVariable(facts, "registry");
  const isYarns = variable(facts, "npm_config_user_agent")?.startsWith("yarn/1.") ?? false;
  if (handed === null || registry === undefined || handed.value === registry.value || isYarns) return [];
  return [{ code: "npm-variable-perhaps", level: "warn", args: { name: handed.name, value: handed.value } }];
}
