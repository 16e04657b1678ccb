import type { NpmProbes } from "../../catalog/types.ts";
import { type Fault, faultOf, isMissing, textOf } from "../../probe/answers.ts";
import type { Visit } from "../../probe/types.ts";
import { breakdownOf } from "../replies.ts";
import { silenceOf } from "../silence.ts";
import { jsonIn, jsonOf, memberOf, objectOf } from "../untrusted.ts";
import { abbreviated, versionsTagged } from "./documents.ts";

const msPerDay = 86_400_000;
/** On a connection of its own: none of this has to wait for the artefacts, nor they for it. */
const asked = { maxBytes: 16 * 1024, lane: 1 } as const;
/** How many packages are asked. Both together had a dated version on four days of five; a pause of over two days came every three weeks. */
const mostCanaries = 2;

/** The newest version that a mirror has of the canaries. */
export interface Newest {
  readonly package: string;
  readonly version: string;
  /** The date in its number, in days since 1970. */
  readonly day: number;
}

/** What a mirror's tags say of how far it is. */
export interface Tags {
  readonly ok: true | null;
  readonly newest: Newest | null;
  /** Whether it answers for a package's tags alone, and need not be asked for the whole document. */
  readonly hasRoute: boolean;
}

/**
 * The newest dated version that a mirror knows of the canaries, by their tags: nightly versions carry the date in their number. It cannot be told
 * (`ok` null) unless the mirror answers for all of them: what one has and another has not could not be compared.
 */
export async function newestOf(
  visit: Visit,
  { canaries = [], pause }: Pick<NpmProbes, "canaries" | "pause">,
  hasDocuments: Promise<boolean>,
): Promise<Tags | Fault | (Fault & Pick<Tags, "newest">)> {
  const found: Newest[] = [];
  let hasRoute = true;
  for (const name of canaries.slice(0, mostCanaries)) {
    const answer: Told | "no-route" = hasRoute ? await tagsByRoute(visit, name) : "no-route";
    hasRoute = answer !== "no-route";
    // A registry of another make may have no such route; its documents begin with the tags.
    if (!hasRoute && !(await hasDocuments)) return { ok: null, newest: null, hasRoute };
    const tags = answer === "no-route" ? await tagsInDocument(visit, name) : answer;
    if (tags === null) return { ok: null, newest: null, hasRoute };
    if ("reason" in tags) return tags;
    found.push(...tags.map((version) => ({ package: name, version, day: dayIn(version) })));
  }
  const [newest = null] = found.filter(({ day }) => day > 0).toSorted((a, b) => b.day - a.day);
  const silence = newest === null ? null : silenceOf(newest.day * msPerDay, pause, visit);
  if (silence !== null) return { ...silence, newest };
  return { ok: newest === null ? null : true, newest, hasRoute };
}

/** Versions that a mirror has tagged; null where it answers something else. */
type Told = readonly string[] | Fault | null;

async function tagsByRoute(visit: Visit, name: string): Promise<Told | "no-route"> {
  const result = await visit.get(`/-/package/${escaped(name)}/dist-tags`, asked);
  return isMissing(result) ? "no-route" : (breakdownOf(result) ?? versionsTagged(jsonOf(result)));
}

/**
 * How far a mirror is, in days since 1970. What came out today counts as of yesterday: not to have it yet is no fault, and no mirror can put the
 * others in the wrong by naming a date to come.
 */
export function positionOf({ newest }: Pick<Tags, "newest">, { startedOn }: Visit): number | null {
  const yesterday = Math.floor(startedOn.getTime() / msPerDay) - 1;
  return newest === null ? null : Math.min(newest.day, yesterday);
}

/** The beginning of a package's document is enough: the tags come before the versions. */
async function tagsInDocument(visit: Visit, name: string): Promise<Told> {
  const result = await visit.get(`/${escaped(name)}`, { ...asked, accept: abbreviated });
  if (faultOf(result) !== null || !result.ok) return breakdownOf(result);
  if (result.whole) return versionsTagged(objectOf(memberOf(jsonOf(result), "dist-tags")));
  const text = textOf(result);
  const named = text.indexOf('"dist-tags"');
  if (named === -1) return null;
  const open = text.indexOf("{", named);
  return versionsTagged(jsonIn(text.slice(open, text.indexOf("}", open) + 1)));
}

/** A package's name in a path: the slash of a scope is part of it. */
function escaped(name: string): string {
  return name.replace("/", "%2f");
}

/** The date in a version, `…-dev.20261120` or `1.20261120.0`, in days since 1970; 0 where there is none. */
export function dayIn(version: string): number {
  const [, year, month, date] = /(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/.exec(version) ?? [];
  return year === undefined ? 0 : Date.UTC(Number(year), Number(month) - 1, Number(date)) / msPerDay;
}
