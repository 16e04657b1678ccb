import type { HttpFailureCode, HttpResult } from "../ports/types.ts";
import { type Fault, fault, faultOf } from "../probe/answers.ts";
import type { Question, Visit } from "../probe/types.ts";

/** What a person's browser says; a mirror that serves it and not the tool filters by client. */
const plainUserAgent = "Mozilla/5.0";

/** What an answer says it is, without parameters, in small letters; `?` where it does not say. */
export function contentTypeOf(result: HttpResult): string {
  const type = result.ok ? result.headers["content-type"] : undefined;
  return type === undefined ? "?" : (type.split(";")[0] ?? "").trim().toLowerCase().slice(0, 60);
}

/** Tells a mirror that refuses everybody from one that refuses the tool: it is asked the same once more, as a browser would. */
export async function explainRefusal(
  visit: Visit,
  target: string,
  question: Question,
  refused: Fault,
  isRight: (result: HttpResult) => boolean,
): Promise<Fault> {
  const again = await visit.get(target, { ...question, as: plainUserAgent });
  if (faultOf(again) !== null || !isRight(again)) return refused;
  const status = refused.detail.code === "http-status" ? refused.detail.args.status : 403;
  return fault("client-denied", { code: "for-browsers-only", args: { status } });
}

/** Answers to a question that a sound mirror may leave open: another kind of answer is as good as none. */
const leftOpen: ReadonlySet<HttpFailureCode> = new Set(["redirects-away", "not-http"]);

/** What an answer to such a question says against a mirror: that it breaks down over it, or wants no more questions. */
export function breakdownOf(result: HttpResult): Fault | null {
  if (result.ok && result.status !== 429) return null;
  return !result.ok && leftOpen.has(result.code) ? null : faultOf(result);
}
