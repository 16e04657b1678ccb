import type { Entry } from "../../../edits/types.ts";
import { isSameAddress } from "../../addresses.ts";
import type { Mend, Oddity, Place } from "../../clinic.ts";
import type { DockerCurrent } from "../current.ts";
import { addressesIn, mirrorsKey } from "../mirrors.ts";
import { isAtLeast } from "../rules.ts";
import { type WrongEntry, wrongEntries, wrongKeys } from "./wrong.ts";

/** What the daemon would have to be given in the place of what a person has written: its list, whatever the key was called, each entry as it should be. */
export function oddList(text: string, places: readonly Place[], current: DockerCurrent): Oddity[] {
  const named = places.find(({ key }) => key === mirrorsKey);
  const misnamed = places.flatMap((place) =>
    wrongKeys.flatMap((row) => (row.key.test(place.key) ? [{ place, row }] : [])),
  );
  const main = named ?? misnamed[0]?.place;
  if (main === undefined) return [];
  const written = writtenIn(main.value);
  const wrong = wrongIn(written, current);
  const mend = canMend(main, named, current)
    ? mendOf(
        main,
        misnamed.map(({ place }) => place.key),
        written,
        current,
      )
    : null;
  const base = { repair: null, mend };
  const lineOf = ({ line }: Place, entry: string) => lineBelow(text, line ?? 1, JSON.stringify(entry));
  return [
    ...misnamed.map(({ place, row }): Oddity => {
      const message = {
        code: row.says,
        level: "error",
        args: { key: place.key, value: place.value },
      } as Oddity["message"];
      return { ...base, severity: "error", message, where: `${place.source}:${place.line}`, source: row.source };
    }),
    ...wrong.map(({ entry, row: { says, severity, source } }): Oddity => {
      const message = { code: says, level: severity, args: { key: mirrorsKey, value: entry } } as Oddity["message"];
      return { ...base, severity, message, where: `${main.source}:${lineOf(main, entry)}`, source };
    }),
    ...notList(named, base),
  ];
}

/** What the daemon has in force it has taken, whatever its version says. */
function wrongIn(written: readonly string[], current: DockerCurrent): { entry: string; row: WrongEntry }[] {
  const isTaken = (entry: string) => current.daemon.info?.mirrors.some((url) => isSameAddress(url, entry)) ?? false;
  return written.flatMap((entry) => {
    const rows = rowsFor(entry, current).filter(({ severity }) => severity === "warn" || !isTaken(entry));
    return rows.map((row) => ({ entry, row }));
  });
}

/** One text is meant as a list of one, or of several that are parted by commas. */
function writtenIn(value: string): readonly string[] {
  const list = addressesIn(value);
  if (list !== null) return list;
  return /^"[^"\\]*"$/.test(value)
    ? value
        .slice(1, -1)
        .split(/[,;\s]+/)
        .filter((word) => word !== "")
    : [];
}

function notList(named: Place | undefined, base: Pick<Oddity, "repair" | "mend">): Oddity[] {
  if (named === undefined || addressesIn(named.value) !== null) return [];
  const message = { code: "odd-docker-list", level: "error", args: { value: named.value } } as const;
  return [{ ...base, severity: "error", message, where: `${named.source}:${named.line}` }];
}

/** Rows that speak against an entry; of its own registry the daemon knows the name. */
function rowsFor(entry: string, { daemon, upstreamHosts }: DockerCurrent): WrongEntry[] {
  const isUpstream = URL.canParse(entry) && upstreamHosts.includes(new URL(entry).host);
  const upstream = {
    says: "wrong-docker-upstream",
    entry: /^/,
    mend: null,
    severity: "warn",
    source: "https://github.com/moby/moby/blob/v28.5.2/registry/service_v2.go",
  } as const;
  let mended = entry;
  const found: WrongEntry[] = [];
  for (const row of wrongEntries) {
    const isOlder = row.before === undefined || !isAtLeast(daemon.version, row.before);
    if (!isOlder || mended.search(row.entry) === -1) continue;
    found.push(row);
    if (row.mend !== null) mended = mended.replace(row.entry, row.mend);
  }
  return isUpstream ? [...found, upstream] : found;
}

/** A flag stands in the way of any list; a file that is not ours to write, in that of ours. */
function canMend(main: Place, named: Place | undefined, { obstacle }: DockerCurrent): boolean {
  const isBlocked = obstacle !== null && obstacle.code !== "docker-no-list";
  return (
    main.editable !== null &&
    !isBlocked &&
    (named === undefined || writtenIn(named.value).length > 0 || named.value === "[]")
  );
}

function mendOf(main: Place, others: readonly string[], written: readonly string[], current: DockerCurrent): Mend {
  const mended = [...new Set(written.flatMap((entry) => mendedEntry(entry, current)))];
  const kept = mended.filter((url) => written.includes(url) && others.length === 0);
  const edits = [
    ...others.map((key) => ({ key, value: null })),
    ...(mended.length === 0 ? [] : [{ key: mirrorsKey, value: JSON.stringify(mended) }]),
  ];
  const addresses = mended.filter((url) => !kept.includes(url));
  return { place: main, edits, addresses, rest: JSON.stringify(kept) };
}

/** An entry as it should be; none where nothing can be made of it. */
function mendedEntry(entry: string, current: DockerCurrent): string[] {
  const rows = rowsFor(entry, current);
  if (rows.some(({ mend }) => mend === null)) return [];
  const mended = rows.reduce((rest, row) => rest.replace(row.entry, row.mend ?? ""), entry);
  return URL.canParse(mended) ? [mended] : [];
}

/** An entry as it is meant, whatever the daemon's version: what can be known of an address is known by that. */
export function meantBy(entry: string): string {
  const always = wrongEntries.filter(({ mend, before }) => mend !== null && before === undefined);
  return always.reduce((rest, row) => rest.replace(row.entry, row.mend ?? ""), entry);
}

/** The line of an entry in its list; the key's, where it is written in another way. */
export function lineBelow(text: string, line: Entry["line"], written: string): number {
  const lines = text.split("\n");
  const found = lines.findIndex((each, index) => index >= line - 1 && each.includes(written));
  return found === -1 ? line : found + 1;
}
