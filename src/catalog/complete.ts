import type { Catalog, Evidence, Localised, Mirror, Probes } from "./types.ts";

/** An entry as it stands in a sound file: what is left out has its usual value. */
export type Entry = Pick<Mirror, "id" | "ecosystem" | "url"> &
  Partial<Omit<Mirror, "id" | "ecosystem" | "url" | "name" | "note" | "restriction" | "evidence" | "origin">> & {
    readonly name?: Text | undefined;
    readonly note?: Text | null;
    readonly restriction?: Text | null;
    readonly evidence?: readonly { readonly [K in keyof Evidence]: Evidence[K] | undefined }[];
  };

type Text = string | Localised;

/** A sound entry with everything that it left out. */
export function completed(entry: Entry, origin: Mirror["origin"]): Mirror {
  const { id, ecosystem, url, status = "unknown", offer = true } = entry;
  const isOffered = offer && url !== null && (status === "active" || status === "degraded" || status === "unknown");
  return {
    ...{ id, ecosystem, url, status, origin, offer: isOffered },
    ...{ name: localised(entry.name ?? id), note: optional(entry.note), restriction: optional(entry.restriction) },
    ...{ operator: entry.operator ?? null, kind: entry.kind ?? "community", docs: entry.docs ?? null },
    ...{ asOf: entry.asOf ?? null, closedOn: entry.closedOn ?? null, insecure: entry.insecure ?? false },
    ...{ settings: entry.settings ?? {}, aliases: entry.aliases ?? [], companions: entry.companions ?? {} },
    evidence: (entry.evidence ?? []).map(withoutGaps),
  };
}

function localised(text: Text): Localised {
  return typeof text === "string" ? { zh: text, en: text } : text;
}

function optional(text: Text | null | undefined): Localised | null {
  return text === null || text === undefined ? null : localised(text);
}

function withoutGaps({ source = "", date, says }: NonNullable<Entry["evidence"]>[number]): Evidence {
  return { source, ...(date === undefined ? {} : { date }), ...(says === undefined ? {} : { says }) };
}

/**
 * The catalog that came with the program. It was checked against the schema before it was published (test/catalog), so that every start need not do
 * it again: that took longer than all the rest of `list`.
 */
export function shippedCatalog(text: string): Catalog {
  const { updated, mirrors, probes } = JSON.parse(text) as { updated: string; mirrors: Entry[]; probes: Probes };
  return { updated, mirrors: mirrors.map((entry) => completed(entry, "shipped")), probes };
}
