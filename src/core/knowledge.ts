import { canonical, mirrorAt } from "../catalog/find.ts";
import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Knowledge } from "../ecosystems/types.ts";
import { type JournalPlace, journalPlace, readJournal } from "../plan/journal.ts";
import type { Transaction } from "../plan/types.ts";
import { pathsOf } from "../platform/paths.ts";
import type { Services } from "./types.ts";

/** Our journal's place; null where no home is known. */
export function journalOf({ own, read }: Services): JournalPlace | null {
  return own === null ? null : journalPlace(own.state, pathsOf(read.facts).join);
}

/** A mirror is what the catalog lists, or what we once wrote as one. */
export async function knowledgeOf(catalog: Catalog, ecosystem: EcosystemId, services: Services): Promise<Knowledge> {
  const place = journalOf(services);
  const { transactions } = place === null ? { transactions: [] } : await readJournal(place, services.read);
  const written = new Set(transactions.flatMap(mirrorsWritten));
  return {
    isMirror: (url) => mirrorAt(catalog, ecosystem, url) !== null || written.has(canonical(url)),
    probes: catalog.probes,
  };
}

/** What a transaction made a mirror: not what was undone, and not what had stood in the setting before it. */
function mirrorsWritten({ status, mirrors, files }: Transaction): (string | null)[] {
  if (status !== "applied") return [];
  const before = files.flatMap(({ keys }) => keys.map((change) => change.before ?? ""));
  return mirrors.filter((url) => !before.some((value) => value.includes(url))).map(canonical);
}
