import type { Catalog } from "../catalog/types.ts";
import { done, interrupted, refuse } from "../core/outcome.ts";
import { shareOut } from "../core/share-out.ts";
import { type Field, type Offer, survey } from "../core/survey.ts";
import type { Outcome, Services } from "../core/types.ts";
import { foundLines, remarkLines, tellOffers } from "./opening.ts";
import { fold } from "./rows.ts";
import type { Place, Terminal, Voice, Wished } from "./types.ts";

/** Looks and races at once; each thing found is said as soon as it is known, so that there is something to read meanwhile. */
export async function lookAround(
  { selection, wish }: Wished,
  catalog: Catalog,
  services: Services,
  { progress, isDumb }: Terminal,
  voice: Voice,
): Promise<Outcome<readonly Place[]>> {
  const { prompter, words, screen } = voice;
  const shares = await shareOut(selection);
  if (!shares.ok) return shares;
  const tell = (lines: readonly string[]) => {
    progress.clear();
    if (lines.length > 0) prompter.tell(lines);
  };
  tell([...fold(words.intro, screen), "", ...(isDumb ? [words.asking] : []), screen.bold(words.now)]);
  const surveys = survey(shares.value, wish, catalog, services);
  const fields: Field[] = [];
  for (const { found } of surveys) {
    const field = await found;
    if (services.signal.aborted) return interrupted;
    if (!field.ok) return field;
    fields.push(field.value);
    tell(foundLines(field.value, voice));
  }
  tell(remarkLines(fields, voice));
  if (fields.every(isNobodyHere)) return nobody(fields);
  const offers: (Offer | null)[] = await Promise.all(surveys.map(({ offered }) => offered));
  progress.end();
  if (services.signal.aborted) return interrupted;
  const all = fields.map((field, index) => ({
    id: field.ecosystem.id,
    field,
    offer: offers[index] ?? null,
    without: [],
  }));
  const places = all.filter(({ field }) => !isNobodyHere(field));
  tellOffers(places, voice);
  return done(places);
}

/** Not one of the ecosystem's tools is installed. */
function isNobodyHere({ inForce }: Field): boolean {
  return inForce.length === 0;
}

function nobody(fields: readonly Field[]): Outcome<readonly Place[]> {
  const tool = fields.flatMap(({ skipped }) => skipped.map((each) => each.tool)).join(", ");
  return refuse(4, { code: "tool-missing", level: "error", args: { tool } });
}
