import { formats } from "../../edits/index.ts";
import { decodeText } from "../../edits/text.ts";
import type { Entry } from "../../edits/types.ts";
import { pathsOf, variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { PathState, ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import type { Current, Installation, Setting } from "../types.ts";
import { askDefaults, askGo, type GoSays } from "./ask.ts";
import { addressesOf } from "./chain.ts";
import { type EnvFile, envFile } from "./env-file.ts";

/** The keys that a Go plan may change. */
export const managedKeys = ["GOPROXY", "GOSUMDB", "GOPRIVATE"] as const;
type ManagedKey = (typeof managedKeys)[number];

/** go's settings as they are: read off its file, and off go itself where it is installed. */
export async function currentGo(read: ReadPort, installation: Installation | null): Promise<Current> {
  const found = envFile(read.facts);
  const base = { tool: "go", scope: "user", installation } as const;
  if (typeof found === "string") {
    const obstacle: Message = { code: "go-no-config-folder", level: "error", args: { variable: found } };
    return { ...base, file: "", settings: [], chain: [], upstreamHosts: [], messages: [], obstacle };
  }
  const file = { ...found, path: pathsOf(read.facts).resolve(read.facts.cwd, found.path) };
  const state = await read.read(file.path);
  const entries = state.kind === "file" ? formats.goenv.entries(decodeText(state.bytes).text) : [];
  const [says, defaults] = await askBoth(read, installation, file);
  const told = "complaint" in says ? {} : says;
  const settings = managedKeys.map((key) => settingOf(key, read.facts, file, entries, told));
  return {
    ...base,
    file: file.path,
    settings,
    chain: addressesOf(settings.find(({ key }) => key === "GOPROXY")?.value ?? ""),
    upstreamHosts: addressesOf(defaults.GOPROXY ?? "").flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : [])),
    messages: remarks(told, file, settings),
    obstacle: obstacleOf(file, state, says),
  };
}

function askBoth(
  read: ReadPort,
  installation: Installation | null,
  file: EnvFile,
): Promise<[GoSays | { readonly complaint: string }, GoSays]> {
  if (installation === null) return Promise.resolve([{}, {}]);
  return Promise.all([askGo(read, installation, file.ignored ? "off" : file.path), askDefaults(read, installation)]);
}

function settingOf(key: ManagedKey, facts: HostFacts, file: EnvFile, entries: readonly Entry[], told: GoSays): Setting {
  const entry = entries.find((candidate) => candidate.key === key);
  const stored = entry?.value.trim() ?? null;
  const outside = variable(facts, key);
  const inside = file.ignored || stored === "" ? null : stored;
  const value = (told[key] ?? outside ?? inside)?.trim() ?? null;
  const shadowedBy = stored === null || stored === value ? null : winnerOver(key, outside, file);
  if (outside !== null) return { key, stored, value, source: `env:${key}`, line: null, shadowedBy };
  if (inside === null) return { key, stored, value, source: "default", line: null, shadowedBy };
  return { key, stored, value, source: file.path, line: entry?.line ?? null, shadowedBy };
}

function winnerOver(key: ManagedKey, outside: string | null, file: EnvFile): string | null {
  if (outside !== null) return `env:${key}`;
  return file.ignored ? "env:GOENV" : null;
}

function obstacleOf(file: EnvFile, state: PathState, says: GoSays | { readonly complaint: string }): Message | null {
  if (state.kind === "blocked") {
    return { code: "file-blocked", level: "error", args: { file: file.path, why: state.why } };
  }
  if ("complaint" in says)
    return { code: "tool-broken", level: "error", args: { tool: "go", complaint: says.complaint } };
  return null;
}

/** What a person who wonders why modules do not come, or are not checked, should know. */
function remarks(told: GoSays, file: EnvFile, settings: readonly Setting[]): Message[] {
  const found: Message[] = [];
  if (file.ignored) found.push({ code: "go-env-off", level: "warn", args: { file: file.path } });
  const database = settings.find(({ key }) => key === "GOSUMDB");
  if (database?.value === "off") {
    found.push({ code: "go-sumdb-off", level: "warn", args: { source: database.source } });
  }
  if (told.GONOSUMDB?.split(",").some((pattern) => pattern.trim() === "*"))
    found.push({ code: "go-nosumdb-all", level: "warn", args: {} });
  if (told.GO111MODULE === "off") found.push({ code: "go-modules-off", level: "warn", args: {} });
  if (told.GOFLAGS?.split(/\s+/).includes("-mod=vendor")) found.push({ code: "go-vendor", level: "info", args: {} });
  return found;
}
