import { createHash } from "node:crypto";
import type { PipProbe } from "../../catalog/types.ts";
import type { HttpAnswer, HttpResult } from "../../ports/types.ts";
import { type Fault, fault, faultOf, isForbidden, isMissing } from "../../probe/answers.ts";
import type { Visit } from "../../probe/types.ts";
import { faultOfFile, type Place, placeOf, wentElsewhere, wrongFile } from "../files.ts";
import { beginsAsPinned } from "../prefix-pins.ts";
import { breakdownOf, contentTypeOf, explainRefusal } from "../replies.ts";
import { maxPageBytes, normalised, pageForms, pinnedFile, type SimpleFile, simplePage } from "./simple-page.ts";

/** Bytes: a file up to this size is fetched whole, of a larger one the beginning. */
const maxFileBytes = 1024 * 1024;
const beginningBytes = 64 * 1024;
/** Bytes: what of the large file is compared with what the world has, before its mirror is taken. */
const comparedBytes = 256 * 1024;

/** The connection that the large file is looked for on. */
const bulkLane = 2;

const page = { maxBytes: maxPageBytes, accept: pageForms, gzip: true } as const;

/** What a file that came, and was right, says of its mirror. */
export type Delivered = { readonly ok: true; readonly traits: readonly string[] } | Fault;

/** A pinned file as a mirror's page has it. */
export interface Listed {
  readonly ok: true;
  readonly file: SimpleFile;
  readonly place: Place;
  readonly form: "json" | "html";
}

/** A project's page, asked as pip asks. */
export async function reach(visit: Visit, pin: PipProbe): Promise<{ ok: true; answer: HttpAnswer } | Fault> {
  const target = pathOf(pin);
  const result = await visit.get(target, page);
  const bad = faultOf(result);
  if (bad === null && result.ok) return { ok: true, answer: result };
  const refused = bad ?? fault("not-a-mirror", { code: "other-page", args: { type: "?" } });
  if (!isForbidden(result)) return refused;
  return explainRefusal(visit, target, page, refused, (again) => again.ok && readPage(visit, again, pin).ok);
}

function pathOf({ project }: PipProbe): string {
  return `/${normalised(project)}/`;
}

/** The pinned file on its project's page, and where it is. */
export function readPage(visit: Visit, answer: HttpAnswer, pin: PipProbe): Listed | Fault {
  const { project, file } = pin;
  if (!answer.whole)
    return fault("not-a-mirror", { code: "too-long", args: { path: pathOf(pin), most: maxPageBytes } });
  const found = simplePage(answer, project);
  if (found === null) return fault("not-a-mirror", { code: "other-page", args: { type: contentTypeOf(answer) } });
  const listed = pinnedFile(found, pin);
  if (!listed.ok) return listed;
  const place = placeOf(listed.file.address, found.base, file, visit);
  if (place.ok === false) return place;
  if (place.isForeign && visit.isUpstream(place.url)) {
    return fault("redirects-away", { code: "redirect-upstream", args: { host: new URL(place.url).host } });
  }
  return { ok: true, file: listed.file, place, form: found.form };
}

/** The large file on its page, on a connection of its own. A mirror that merely lacks it is no worse than that. */
export async function findBulk(visit: Visit, pin: PipProbe): Promise<Listed | Fault | null> {
  const result = await visit.get(pathOf(pin), { ...page, lane: bulkLane });
  if (faultOf(result) !== null || !result.ok) return breakdownOf(result);
  const listed = readPage(visit, result, pin);
  return listed.ok || listed.reason === "tampered" ? listed : null;
}

/** The small file, whole, by its hash; of one that is not small, the beginning. */
export async function download(visit: Visit, { place, file, form }: Listed, pin: PipProbe): Promise<Delivered> {
  const isSmall = (pin.size ?? 0) <= maxFileBytes;
  const some = { maxBytes: beginningBytes, range: `0-${beginningBytes - 1}` };
  const result = await visit.get(place.url, isSmall ? { maxBytes: maxFileBytes } : some);
  const bad = faultOfFile(result, pin.file);
  if (bad !== null || !result.ok) return bad ?? wrongFile(new Uint8Array(), pin.file);
  const isRight = isSmall ? sha256(result.body) === pin.sha256 : beginsAsPinned(result.body, pin.file, pin.prefixes);
  return isRight ? { ok: true, traits: traitsOf(file, form, place, result) } : wrongFile(result.body, pin.file);
}

/**
 * The beginning of the large file once more, by its hash: a download that was stopped early has not been compared with anything. On the connection that
 * found it, which is open. Null also where it is right: it is nothing whole.
 */
export async function checkBeginning(visit: Visit, pin: PipProbe): Promise<Fault | null> {
  const pinned = Object.keys(pin.prefixes ?? {}).map(Number);
  const size = Math.max(0, ...pinned.filter((length) => length <= comparedBytes));
  if (visit.bulk === null || size === 0) return null;
  const result = await visit.get(visit.bulk, { maxBytes: size, range: `0-${size - 1}`, lane: bulkLane });
  if (isMissing(result)) return null;
  const bad = faultOfFile(result, pin.file);
  if (bad !== null || !result.ok) return bad;
  return beginsAsPinned(result.body, pin.file, pin.prefixes) ? null : wrongFile(result.body, pin.file);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function traitsOf(file: SimpleFile, form: Listed["form"], { isForeign }: Place, result: HttpResult): string[] {
  return [
    ...(form === "json" ? ["pep691"] : []),
    ...(file.hasMetadata ? ["metadata"] : []),
    ...(file.hasTime ? [] : ["no-time"]),
    ...(isForeign ? ["foreign-file-host"] : []),
    ...(wentElsewhere(result) ? ["cdn"] : []),
  ];
}
