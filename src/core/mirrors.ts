import { canonical, mirrorAt, mirrorsOf, nearestIds } from "../catalog/find.ts";
import type { Catalog, EcosystemId, Mirror } from "../catalog/types.ts";
import { isProtected, isWebUrl } from "../catalog/url.ts";
import type { Candidate } from "../probe/types.ts";
import type { Message } from "../report/types.ts";
import { done, refuse } from "./outcome.ts";
import type { Outcome } from "./types.ts";

/** Mirrors that a person named, in that order, and what should be said about them. */
export interface Named {
  readonly candidates: readonly Candidate[];
  readonly messages: readonly Message[];
}

/** Looks up what a person named: ids of the catalog, or addresses. */
export function namedMirrors(catalog: Catalog, ecosystem: EcosystemId, names: readonly string[]): Outcome<Named> {
  const candidates: Candidate[] = [];
  const messages: Message[] = [];
  for (const name of names) {
    const found = name.includes("://") ? byAddress(catalog, ecosystem, name) : byId(catalog, ecosystem, name);
    if (!found.ok) return found;
    const same = candidates.some(({ url }) => canonical(url) === canonical(found.value.url));
    if (same) continue;
    candidates.push(found.value);
    messages.push(...remarks(found.value));
  }
  return done({ candidates, messages });
}

function byId(catalog: Catalog, ecosystem: EcosystemId, id: string): Outcome<Candidate> {
  const all = mirrorsOf(catalog, ecosystem);
  const mirror = all.find((candidate) => candidate.id === id);
  if (mirror === undefined) {
    const near =
      id === ""
        ? []
        : nearestIds(
            all.filter(({ url }) => url !== null).map((candidate) => candidate.id),
            id,
          );
    const hint: Message =
      near.length > 0
        ? { code: "unknown-mirror-near", level: "error", args: { id, ecosystem, near: near.join(", ") } }
        : { code: "unknown-mirror", level: "error", args: { id, ecosystem } };
    return refuse(2, hint);
  }
  if (mirror.kind === "official")
    return refuse(2, { code: "mirror-is-upstream", level: "error", args: { id, ecosystem } });
  if (mirror.url === null) return refuse(2, { code: "mirror-without-url", level: "error", args: { id } });
  return done({ id, url: mirror.url, mirror });
}

function byAddress(catalog: Catalog, ecosystem: EcosystemId, url: string): Outcome<Candidate> {
  if (!isWebUrl(url)) return refuse(2, { code: "bad-url", level: "error", args: { url } });
  const mirror = mirrorAt(catalog, ecosystem, url);
  if (!isProtected(url) && mirror?.insecure !== true)
    return refuse(2, { code: "insecure-url", level: "error", args: { url } });
  return done(candidateAt(url, mirror));
}

/** A candidate for an address in use; it is known by its catalog id, or by its host. */
export function candidateAt(url: string, mirror: Mirror | null): Candidate {
  return { id: mirror?.id ?? new URL(url).host, url, mirror };
}

function remarks({ id, url, mirror }: Candidate): Message[] {
  const found: Message[] = [];
  if (mirror?.status === "closed") {
    found.push({
      code: "mirror-closed",
      level: "warn",
      args: { id, when: mirror.closedOn ?? "?", ecosystem: mirror.ecosystem },
    });
  }
  if (mirror !== null && mirror.restriction !== null) {
    found.push({ code: "mirror-restricted", level: "warn", args: { id, restriction: mirror.restriction } });
  }
  if (!isProtected(url)) found.push({ code: "mirror-insecure", level: "warn", args: { url } });
  return found;
}

/** Those that take part when nobody is named: the offered ones, and the mirrors in use now. */
export function offeredMirrors(
  catalog: Catalog,
  ecosystem: EcosystemId,
  inUse: readonly string[],
  isMirror: (url: string) => boolean,
): Candidate[] {
  const offered = mirrorsOf(catalog, ecosystem).flatMap((mirror) => {
    return mirror.offer && mirror.url !== null ? [{ id: mirror.id, url: mirror.url, mirror }] : [];
  });
  const known = new Set(offered.map(({ url }) => canonical(url)));
  const used = inUse.flatMap((url) => {
    const mirror = mirrorAt(catalog, ecosystem, url);
    const isNew = isMirror(url) && !offered.some(({ id }) => id === mirror?.id) && !known.has(canonical(url));
    return isNew ? [candidateAt(url, mirror)] : [];
  });
  return [...offered, ...used];
}
