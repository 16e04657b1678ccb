import type { Pause } from "../../catalog/types.ts";
import type { HttpResult } from "../../ports/types.ts";
import { type Fault, faultOf, textOf } from "../../probe/answers.ts";
import type { Visit } from "../../probe/types.ts";
import { breakdownOf } from "../replies.ts";
import { silenceOf } from "../silence.ts";

/**
 * What the index's serial grows by in a day, rounded up: 15,987,308 on 2022-12-04 and 31,878,540 on 2025-10-18 make 15,000, and it is growing.
 * https://github.com/pypa/bandersnatch/issues/1297
 */
export const changesPerDay = 20_000;

/** No serial grows beyond this: some servers answer a constant of ten digits instead. */
const known = { at: Date.UTC(2025, 9, 18), serial: 31_878_540, mostPerDay: 3 * changesPerDay } as const;
const msPerDay = 86_400_000;

/** The end of a page is enough, uncompressed; where a server sends the beginning instead, no more than that. */
const asked = { range: "-96", maxBytes: 4096, accept: "text/html", lane: 1 } as const;
const mostCanaries = 2;

/** How far an index is: the serial of the last change that it knows of any of the canaries. */
export type Serial = ({ readonly ok: true | null } | Fault) & { readonly position: number | null };

/**
 * The serial counts all changes of the upstream index, and every page says that of its own last one: bandersnatch and shadowmire in a comment at the
 * end, others in a header. It cannot be told (`ok` null) unless the mirror says it for all canaries: what one has and another has not could not
 * be compared.
 */
export async function serialOf(visit: Visit, canaries: readonly string[], pause?: Pause): Promise<Serial> {
  const unknown = { ok: null, position: null } as const;
  const found: number[] = [];
  const changed: number[] = [];
  for (const name of canaries.slice(0, mostCanaries)) {
    const result = await visit.get(`/${name}/`, asked);
    const broken = breakdownOf(result);
    if (broken !== null) return { ...broken, position: null };
    const serial = faultOf(result) === null ? serialIn(result) : 0;
    const days = (visit.startedOn.getTime() - known.at) / msPerDay;
    if (serial === 0 || serial > known.serial + known.mostPerDay * Math.max(days, 1)) return unknown;
    found.push(serial);
    changed.push(changedAt(result));
  }
  if (found.length === 0) return unknown;
  const position = Math.max(...found);
  const silence = silenceOf(lastOf(changed), pause, visit);
  return { ...(silence ?? { ok: true }), position };
}

/**
 * When a page was written, which is no earlier than what stands in it; NaN where the mirror does not say. Pages that lag by months say so:
 * https://github.com/pypi/warehouse/issues/8568
 */
function changedAt(result: HttpResult): number {
  return result.ok ? Date.parse(result.headers["last-modified"] ?? "") : Number.NaN;
}

/** The last of such times; null where a page has none, or all have the same: that is no page's own. */
function lastOf(times: readonly number[]): number | null {
  const isTold = new Set(times).size > 1 && !times.some(Number.isNaN);
  return isTold ? Math.max(...times) : null;
}

/** The serial of a page; 0 where it says none. https://peps.python.org/pep-0691/#project-list */
function serialIn(result: HttpResult): number {
  const header = result.ok ? result.headers["x-pypi-last-serial"] : undefined;
  if (header !== undefined && /^\d{1,15}$/.test(header)) return Number(header);
  const said = /<!--SERIAL (\d{1,15})-->|"_last-serial": ?"?(\d{1,15})/.exec(textOf(result));
  return Number(said?.[1] ?? said?.[2] ?? 0);
}
