import type { Probes } from "../../../catalog/types.ts";
import { goenv, unreadKey } from "../../../edits/goenv.ts";
import type { Change } from "../../../plan/types.ts";
import { pathsOf, variable } from "../../../platform/paths.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Clinic, Mendable, Oddity, Place } from "../../clinic.ts";
import { textAt } from "../../reading.ts";
import type { Current } from "../../types.ts";
import { valueIn } from "../../value-in.ts";
import { addressesOf, parseChain } from "../chain.ts";
import { directDatabase } from "../database-setting.ts";
import { wrongInGo } from "./wrong.ts";

export const goClinic: Clinic = {
  wrong: wrongInGo,
  address: /^GOPROXY$/,
  file: /^$/,
  proxy: /^$/,
  covered: [
    "go-sumdb-off-stored",
    "go-sumdb-off-env",
    "go-nosumdb-all",
    "go-noproxy-all",
    "go-modules-off",
    "go-toolchain-cr",
  ],
  addresses: addressesOf,
  goesOn: (value) => parseChain(value)[0]?.separator === "|",
  settled,
  places,
  oddities,
  folders,
  takeOut: ({ key }) => `go env -u ${key.trim()}`,
};

/** The checksum database comes back into use only where it can be asked: through every mirror, or, where one does not carry it, at its own address. */
function settled(
  change: Change,
  traits: readonly (readonly string[])[],
  places: readonly Place[],
  { go }: Probes,
): Change | null {
  const { edits, file } = change;
  if (!edits.some(({ key, value }) => value === null && /^GO(?:SUMDB|NOSUMDB|NOSUMCHECK)$/.test(key))) return change;
  if (traits.length > 0 && traits.every((each) => each.includes("sumdb"))) return change;
  const place = places.find(({ key, source }) => key === "GOSUMDB" && source === file);
  const isRemoved = edits.some(({ key }) => key === "GOSUMDB");
  const inForce = isRemoved ? null : (place?.value ?? null);
  // A database of the person's own is asked at its address already.
  if (inForce !== null && /\s/.test(inForce)) return change;
  const value = directDatabase(inForce, null, go);
  if (value === null) return null;
  return { ...change, edits: [...edits.filter(({ key }) => key !== "GOSUMDB"), { key: "GOSUMDB", value }] };
}

async function places(read: ReadPort, [current]: readonly Current[]): Promise<readonly Place[]> {
  const file = current?.file ?? "";
  const entries = file === "" ? [] : goenv.entries(await textAt(read, file));
  const base = { tool: "go", source: file, editable: { format: "goenv", scope: "user" } } as const;
  const inFile = entries.map(({ key, value, line }): Place => ({ ...base, key, value, line }));
  const outside = Object.keys(read.facts.env).filter((name) => /^GO[A-Z0-9_]+$/i.test(name));
  // Windows does not tell capitals from small letters.
  const asRead = (name: string) => (read.facts.os === "win32" ? name.toUpperCase() : name);
  return [
    ...inFile,
    ...outside.flatMap((name): Place[] => {
      const value = variable(read.facts, name);
      const base = { tool: "go", key: asRead(name), source: `env:${name}`, line: null, editable: null };
      return value === null ? [] : [{ ...base, value }];
    }),
  ];
}

/** What modules are unpacked to, and what builds leave. https://pkg.go.dev/cmd/go#hdr-Environment_variables */
function folders({ facts }: ReadPort, places: readonly Place[]): [string, ...string[]][] {
  const { join } = pathsOf(facts);
  const { home, os } = facts;
  if (home === null) return [];
  const path = valueIn(places, "GOPATH")?.split(":")[0] ?? join(home, "go");
  const modules = valueIn(places, "GOMODCACHE") ?? join(path, "pkg", "mod");
  const caches =
    os === "darwin" ? join(home, "Library", "Caches") : (variable(facts, "XDG_CACHE_HOME") ?? join(home, ".cache"));
  const downloads = join(modules, "cache");
  return [
    [modules, downloads, join(downloads, "download"), join(downloads, "download", "sumdb")],
    [valueIn(places, "GOCACHE") ?? join(caches, "go-build")],
  ];
}

/** What go does not read yet comes into use with the rest of the file: null where some of it would be wrong, or take a protection away. */
function mendableTo(mended: string, text: string, file: string): Mendable | null {
  const known = goenv.entries(text);
  const fresh = goenv
    .entries(mended)
    .filter(({ key, value }) => known.every((entry) => entry.key !== key || entry.value !== value));
  const isWrong = fresh.some((entry) =>
    wrongInGo.some(({ key, value }) => key.test(entry.key) && entry.value.search(value) !== -1),
  );
  if (isWrong) return null;
  const addresses = fresh.flatMap(({ key, value }) => (key === "GOPROXY" ? addressesOf(value) : []));
  return { tool: "go", file, editable: { format: "goenv", scope: "user" }, addresses };
}

async function oddities(read: ReadPort, [current]: readonly Current[]): Promise<readonly Oddity[]> {
  const file = current?.file ?? "";
  if (file === "") return [];
  const text = await textAt(read, file);
  const mended = goenv.mended?.(text) ?? text;
  const lines = mended.split("\n");
  const mendable = mendableTo(mended, text, file);
  const unread = text.split("\n").flatMap((line, index): Oddity[] => {
    const key = unreadKey(line);
    if (key === null) return [];
    const message = { code: "odd-go-line", level: "error", args: { key } } as const;
    const mends = lines[index] === line ? null : mendable;
    return [{ severity: "error", message, where: `${file}:${index + 1}`, repair: `go env -w ${key}=…`, mends }];
  });
  const inProject = pathsOf(read.facts).join(read.facts.cwd, "go.env");
  const stray = (await textAt(read, inProject)).split("\n").findIndex((line) => /^GOPROXY=/.test(line));
  const message = { code: "odd-go-project", level: "warn", args: {} } as const;
  return stray === -1
    ? unread
    : [...unread, { severity: "warn", message, where: `${inProject}:${stray + 1}`, repair: null }];
}
