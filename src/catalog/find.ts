import { distance as editDistance } from "fastest-levenshtein";
import type { Catalog, EcosystemId, Mirror } from "./types.ts";

/** The mirrors of one ecosystem, in the catalog's order. */
export function mirrorsOf(catalog: Catalog, ecosystem: EcosystemId): readonly Mirror[] {
  return catalog.mirrors.filter((mirror) => mirror.ecosystem === ecosystem);
}

/** The catalog with a user's own mirrors over it: the same ecosystem and id replaces, others come behind. */
export function merge(base: Catalog, own: Catalog): Catalog {
  const key = ({ ecosystem, id }: Mirror) => `${ecosystem}/${id}`;
  const merged = new Map([...base.mirrors, ...own.mirrors].map((mirror) => [key(mirror), mirror]));
  return { ...base, mirrors: [...merged.values()] };
}

/** The entry that an address belongs to, by its own or another of its addresses; null for an address nobody knows. */
export function mirrorAt(catalog: Catalog, ecosystem: EcosystemId, url: string): Mirror | null {
  const wanted = canonical(url);
  if (wanted === null) return null;
  const all = mirrorsOf(catalog, ecosystem);
  return (
    all.find((mirror) =>
      addressesOf(mirror).some((address) => canonical(address) === wanted || matchesHost(address, url)),
    ) ?? null
  );
}

function addressesOf({ url, aliases }: Mirror): readonly string[] {
  return url === null ? aliases : [url, ...aliases];
}

/** Host and path without a slash at the end: how two spellings of one address are told to be one. Null for what is no URL. */
export function canonical(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { host, pathname } = new URL(url);
  return host + pathname.replace(/\/+$/, "");
}

/** An alias may begin with `*.`, for addresses that differ from account to account. */
function matchesHost(pattern: string, url: string): boolean {
  const [, suffix] = /^https?:\/\/\*(\.[^/]+)/.exec(pattern) ?? [];
  return suffix !== undefined && new URL(url).hostname.endsWith(suffix);
}

/** The ids nearest to one that is not there, best first; none that is far off. */
export function nearestIds(ids: readonly string[], wanted: string): string[] {
  const scored = ids.map((id) => ({
    id,
    distance: id.startsWith(wanted) || wanted.startsWith(id) ? 1 : editDistance(id, wanted),
  }));
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const near = scored.filter(({ distance }) => distance <= limit).toSorted((a, b) => a.distance - b.distance);
  return near.slice(0, 3).map(({ id }) => id);
}
