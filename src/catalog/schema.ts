import * as v from "valibot";
import { probeKeys, probesSchema } from "./probes-schema.ts";
import { text, url } from "./schema-parts.ts";
import { ecosystemIds } from "./types.ts";
import { idForm } from "./url.ts";

/** Valibot: schemas that bundle to a few kilobytes and report every problem with its path; zod is several times larger. */

const id = v.pipe(v.string("must be a text"), v.regex(idForm, "must be letters, digits, dots and dashes"));
const localised = v.pipe(
  v.union([text, v.object({ zh: text, en: text })], 'must be a text, or { "zh": …, "en": … }'),
  v.transform((found) => (typeof found === "string" ? { zh: found, en: found } : found)),
);
const date = v.pipe(
  v.string("must be a date"),
  v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "must be a date: 2026, 2026-11 or 2026-11-20"),
);
const anyWebUrl = v.pipe(
  v.string("must be a URL"),
  v.check((found) => URL.canParse(found), "must be a URL"),
);
/** One entry, as it stands in a file. */
export const mirrorSchema = v.looseObject({
  id,
  ecosystem: v.picklist(ecosystemIds, `must be one of ${ecosystemIds.join(", ")}`),
  name: v.optional(localised),
  operator: v.optional(v.nullable(text), null),
  kind: v.optional(
    v.picklist(["official", "cloud", "university", "community", "company"], "is not a known kind"),
    "community",
  ),
  url: v.nullable(url),
  status: v.optional(
    v.picklist(["active", "degraded", "restricted", "closed", "unknown"], "is not a known status"),
    "unknown",
  ),
  offer: v.optional(v.boolean("must be true or false"), true),
  restriction: v.optional(v.nullable(localised), null),
  docs: v.optional(v.nullable(anyWebUrl), null),
  asOf: v.optional(v.nullable(date), null),
  note: v.optional(v.nullable(localised), null),
  settings: v.optional(v.record(v.string(), v.nullable(v.string("must be a text or null"))), {}),
  aliases: v.optional(v.array(url, "must be a list of URLs"), []),
  closedOn: v.optional(v.nullable(date), null),
  evidence: v.optional(
    v.array(
      v.object({ source: text, date: v.optional(date), says: v.optional(text) }),
      "must be a list of { source, date, says }",
    ),
    [],
  ),
  companions: v.optional(v.record(v.string(), v.string("must be a URL")), {}),
  insecure: v.optional(v.boolean("must be true or false"), false),
});

/** A whole catalog file. */
export const catalogSchema = v.looseObject({
  version: v.literal(1, "must be 1"),
  updated: v.optional(v.nullable(date), null),
  mirrors: v.array(mirrorSchema, "must be a list"),
  probes: v.optional(probesSchema, {}),
});

/** The keys that the program knows, by the place where they stand. Others are said, and otherwise ignored. */
export const knownKeys = {
  file: Object.keys(catalogSchema.entries),
  mirror: Object.keys(mirrorSchema.entries),
  ...probeKeys,
} as const;
