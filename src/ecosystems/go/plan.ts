import type { GoProbes } from "../../catalog/types.ts";
import type { KeyEdit } from "../../edits/types.ts";
import type { Change } from "../../plan/types.ts";
import type { Message } from "../../report/types.ts";
import type { Choice, ChosenMirror, Current, Knowledge, Planned, Setting } from "../types.ts";
import { localToolchain } from "./ask.ts";
import { formatChain, isKeyword, type ProxyEntry, parseChain, withScheme } from "./chain.ts";
import { managedKeys } from "./current.ts";
import { directDatabase, withoutReference } from "./database-setting.ts";

/** Go's plan: pure. */
export function planGo(current: Current, choice: Choice, knowledge: Knowledge): Planned {
  return choice.kind === "reset" ? planReset(current, knowledge) : planMirrors(current, choice, knowledge);
}

type Mirrors = Extract<Choice, { kind: "mirrors" }>;

function planMirrors(current: Current, { chain, privatePatterns }: Mirrors, knowledge: Knowledge): Planned {
  const entries = parseChain(basis(setting(current, "GOPROXY")));
  if (entries.some(isOff)) return closedChain(current);
  const named = new Set(chain.map(({ url }) => bare(url)));
  const own = entries.filter((entry) => isOwn(entry, current, knowledge) && !named.has(bare(withScheme(entry.url))));
  const proxy = formatChain(
    own,
    chain.map(({ url }) => url),
    knowsPipe(current),
  );
  const database = databaseFor(chain, setting(current, "GOSUMDB"), knowledge.probes.go);
  const patterns = mergedPatterns(setting(current, "GOPRIVATE")?.stored ?? "", privatePatterns);
  const edits = [
    { key: "GOPROXY", value: proxy },
    ...(database.value === null ? [] : [{ key: "GOSUMDB", value: database.value }]),
    ...(privatePatterns.length === 0 ? [] : [{ key: "GOPRIVATE", value: patterns }]),
  ];
  const kept: Message[] = own.map(({ url }) => ({
    code: "own-entry-first",
    level: "info",
    args: { key: "GOPROXY", value: url },
  }));
  return { ok: true, changes: changesFor(current, edits), wanted: edits, messages: [...kept, ...database.messages] };
}

function planReset(current: Current, knowledge: Knowledge): Planned {
  const stored = setting(current, "GOPROXY")?.stored ?? "";
  const entries = parseChain(stored);
  const isMirror = ({ url }: ProxyEntry) => !isKeyword(url) && knowledge.isMirror(withScheme(url));
  if (entries.some(isMirror) && entries.some(isOff)) return closedChain(current);
  const own = entries.filter((entry) => !isMirror(entry) && !isKeyword(entry.url));
  const edits: KeyEdit[] = [];
  const messages: Message[] = [];
  if (entries.some(isMirror))
    edits.push({ key: "GOPROXY", value: own.length === 0 ? null : withoutMirrors(entries, isMirror) });
  else if (stored !== "") messages.push({ code: "kept-own", level: "info", args: { key: "GOPROXY", value: stored } });
  for (const { url } of entries.some(isMirror) ? own : []) {
    messages.push({ code: "kept-own", level: "info", args: { key: "GOPROXY", value: url } });
  }
  const database = setting(current, "GOSUMDB")?.stored ?? null;
  const bare = withoutReference(database, knowledge.probes.go);
  if (bare !== database) edits.push({ key: "GOSUMDB", value: bare });
  const stillMirrored = edits.length === 0 && current.chain.some((url) => knowledge.isMirror(url));
  const wanted = stillMirrored ? [{ key: "GOPROXY", value: null }] : edits;
  return { ok: true, changes: changesFor(current, edits), wanted, messages };
}

function isOff({ url }: ProxyEntry): boolean {
  return url === "off";
}

/** A list that ends in `off` is somebody's policy: nothing that is not listed may be asked. It is not ours to open. */
function closedChain({ file }: Current): Planned {
  return { ok: false, message: { code: "go-chain-off", level: "error", args: { file } } };
}

/** The list without its mirrors; what stood between the remaining entries stays, and the last one has nothing behind it. */
function withoutMirrors(entries: readonly ProxyEntry[], isMirror: (entry: ProxyEntry) => boolean): string {
  const rest = entries.filter((entry) => !isMirror(entry));
  return rest
    .map(({ url, separator }, index) => (index === rest.length - 1 ? url : `${url}${separator ?? ","}`))
    .join("");
}

function setting(current: Current, key: string): Setting | undefined {
  return current.settings.find((candidate) => candidate.key === key);
}

/** The list that a new one is built from: the stored one, else what a distribution put into `$GOROOT/go.env`. */
function basis(proxy: Setting | undefined): string {
  if (proxy === undefined) return "";
  return proxy.stored ?? (proxy.source === "default" ? (proxy.value ?? "") : "");
}

/** An entry that is neither a mirror nor the upstream nor a keyword is the user's own: a company's proxy, say. */
function isOwn({ url }: ProxyEntry, { upstreamHosts }: Current, knowledge: Knowledge): boolean {
  if (isKeyword(url)) return false;
  const address = withScheme(url);
  const host = URL.canParse(address) ? new URL(address).host : null;
  return host !== null && !upstreamHosts.includes(host) && !knowledge.isMirror(address);
}

/** An address without the slash at its end: with and without it is one. */
function bare(url: string): string {
  return url.replace(/\/+$/, "");
}

/** `|` came with Go 1.15; where the version is not known it is a newer one. */
function knowsPipe({ installation }: Current): boolean {
  const match = /^1\.(\d+)/.exec(installation?.version ?? "");
  return match === null || Number(match[1]) >= 15;
}

function databaseFor(
  chain: readonly ChosenMirror[],
  database: Setting | undefined,
  probes: GoProbes | undefined,
): { value: string | null; messages: Message[] } {
  const without = chain.find(({ traits, mirror }) => {
    return traits === null ? typeof mirror?.settings.GOSUMDB === "string" : traits.includes("no-sumdb");
  });
  if (without === undefined) return { value: null, messages: [] };
  const value = directDatabase(database?.value ?? null, without.mirror?.settings.GOSUMDB ?? null, probes);
  if (value === null) return { value, messages: [] };
  return {
    value,
    messages: [{ code: "go-sumdb-direct", level: "info", args: { mirror: without.mirror?.id ?? without.url, value } }],
  };
}

function mergedPatterns(stored: string, added: readonly string[]): string {
  const all = [...stored.split(","), ...added].map((pattern) => pattern.trim());
  return [...new Set(all.filter((pattern) => pattern !== ""))].join(",");
}

function changesFor(current: Current, wanted: readonly KeyEdit[]): Change[] {
  const edits = wanted.filter(({ key, value }) => (setting(current, key)?.stored ?? null) !== value);
  if (edits.length === 0) return [];
  const { file, scope } = current;
  const secret = edits.some(({ value }) => value?.includes("@"));
  const base = { ecosystem: "go", tool: "go", scope, file, format: "goenv", edits, activation: null } as const;
  return [{ ...base, native: nativeEdit(current, edits), newFileMode: secret ? 0o600 : 0o644 }];
}

/** `go env -w` or `go env -u`, on a copy. Our keys are taken out of its environment, where they would only make it warn. */
function nativeEdit({ installation }: Current, edits: readonly KeyEdit[]): Change["native"] {
  if (installation === null) return null;
  const sets = edits.flatMap(({ key, value }) => (value === null ? [] : [`${key}=${value}`]));
  if (sets.length > 0 && sets.length < edits.length) return null;
  const words = sets.length > 0 ? ["-w", ...sets] : ["-u", ...edits.map(({ key }) => key)];
  const unset = Object.fromEntries([...managedKeys, "GOFLAGS"].map((key) => [key, null]));
  const env = { ...localToolchain, ...unset, GOENV: "{stage}/env" };
  return { command: { argv: [installation.path, "env", ...words], env }, file: "env" };
}
