import { goenv } from "../../edits/goenv.ts";
import { decodeText } from "../../edits/text.ts";
import type { Entry } from "../../edits/types.ts";
import { pathsOf, variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { PathState, ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import { silentTool } from "../reading.ts";
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
  const entries = state.kind === "file" ? goenv.entries(decodeText(state.bytes).text) : [];
  const [says, defaults] = await askBoth(read, installation, file);
  const told = "complaint" in says ? {} : says;
  const distribution = await distributionFile(read, told);
  const settings = managedKeys.map((key) => settingOf(key, read.facts, file, entries, told, distribution));
  return {
    ...base,
    file: file.path,
    settings,
    chain: addressesOf(settings.find(({ key }) => key === "GOPROXY")?.value ?? ""),
    upstreamHosts: addressesOf(defaults.GOPROXY ?? "").flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : [])),
    messages: [...remarks(told, file, settings), ...brokenToolchain(entries, file)],
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

function settingOf(
  key: ManagedKey,
  facts: HostFacts,
  file: EnvFile,
  entries: readonly Entry[],
  told: GoSays,
  distribution: Distribution,
): Setting {
  const entry = entries.find((candidate) => candidate.key === key);
  const stored = entry?.value.trim() ?? null;
  const outside = variable(facts, key);
  const inside = file.ignored || stored === "" ? null : stored;
  const value = (told[key] ?? outside ?? inside)?.trim() ?? null;
  const shadowedBy = stored === null || stored === value ? null : winnerOver(key, outside, file);
  if (outside !== null) return { key, stored, value, source: `env:${key}`, line: null, shadowedBy };
  if (inside === null) return { key, stored, value, ...beneath(key, distribution), shadowedBy };
  return { key, stored, value, source: file.path, line: entry?.line ?? null, shadowedBy };
}

/** `$GOROOT/go.env`, where a distribution keeps defaults of its own since Go 1.21. */
interface Distribution {
  readonly path: string;
  readonly entries: readonly Entry[];
}

async function distributionFile(read: ReadPort, told: GoSays): Promise<Distribution> {
  const path = told.GOROOT === undefined ? "" : pathsOf(read.facts).join(told.GOROOT, "go.env");
  const state = path === "" ? null : await read.read(path);
  return { path, entries: state?.kind === "file" ? goenv.entries(decodeText(state.bytes).text) : [] };
}

/** Where a value comes from that nobody has set: go's own, or the distribution's. go's own file has the usual values, which are no news. */
function beneath(key: ManagedKey, { path, entries }: Distribution): Pick<Setting, "source" | "line"> {
  const entry = entries.find((candidate) => candidate.key === key);
  const isUsual = entry === undefined || entry.value.includes("golang.org");
  return isUsual ? { source: "default", line: null } : { source: path, line: entry.line };
}

function winnerOver(key: ManagedKey, outside: string | null, file: EnvFile): string | null {
  if (outside !== null) return `env:${key}`;
  return file.ignored ? "env:GOENV" : null;
}

function obstacleOf(file: EnvFile, state: PathState, says: GoSays | { readonly complaint: string }): Message | null {
  if (state.kind === "blocked") {
    return { code: "file-blocked", level: "error", args: { file: file.path, why: state.why } };
  }
  return "complaint" in says ? silentTool("go", says.complaint) : null;
}

/** What a person who wonders why modules do not come, or are not checked, should know. */
function remarks(told: GoSays, file: EnvFile, settings: readonly Setting[]): Message[] {
  const found: Message[] = [];
  if (file.ignored) found.push({ code: "go-env-off", level: "warn", args: { file: file.path } });
  const database = settings.find(({ key }) => key === "GOSUMDB");
  if (database?.value === "off") found.push(databaseOff(database, file));
  if ([told.GONOPROXY, told.GOPRIVATE].some(isEverything))
    found.push({ code: "go-noproxy-all", level: "warn", args: {} });
  if (isEverything(told.GONOSUMDB)) found.push({ code: "go-nosumdb-all", level: "warn", args: {} });
  if (told.GO111MODULE === "off") found.push({ code: "go-modules-off", level: "warn", args: {} });
  if (told.GOFLAGS?.split(/\s+/).includes("-mod=vendor")) found.push({ code: "go-vendor", level: "info", args: {} });
  return found;
}

/** `*` among the patterns: every module. */
function isEverything(patterns: string | undefined): boolean {
  return patterns?.split(",").some((pattern) => pattern.trim() === "*") ?? false;
}

/** The way back depends on who switched the check off. */
function databaseOff({ source }: Setting, file: EnvFile): Message {
  if (source === file.path) return { code: "go-sumdb-off-stored", level: "warn", args: {} };
  if (source.startsWith("env:")) return { code: "go-sumdb-off-env", level: "warn", args: {} };
  return { code: "go-sumdb-off-default", level: "warn", args: { source } };
}

/** A carriage return belongs to the value: with this one, no go command starts from 1.21 on. We ask go without it, and must say so. */
function brokenToolchain(entries: readonly Entry[], file: EnvFile): Message[] {
  const entry = entries.find(({ key }) => key === "GOTOOLCHAIN");
  if (entry === undefined || !entry.value.endsWith("\r") || file.ignored) return [];
  return [{ code: "go-toolchain-cr", level: "warn", args: { file: file.path, line: entry.line } }];
}
