import type { HttpResult } from "../../ports/types.ts";
import { type Fault, fault, faultOf, isForbidden, isMissing, textOf } from "../../probe/answers.ts";

/** A refusal that says in its body that too much was asked, whatever its status is: https://docs.docker.com/docker-hub/usage/pulls/ */
export function rateLimit(result: HttpResult): Fault | null {
  if (!result.ok || result.status < 400) return null;
  const isSaid = result.status === 429 || /too ?many ?requests/i.test(textOf(result).slice(0, 4096));
  if (!isSaid) return null;
  return faultOf({ ...result, status: 429 }) ?? null;
}

/** What a refusal of a manifest or blob that the mirror had promised says of it. Null: it came. */
export function faultOfBlob(result: HttpResult, what: string): Fault | null {
  const limited = rateLimit(result);
  if (limited !== null) return limited;
  if (!result.ok || !(isForbidden(result) || isMissing(result))) return faultOf(result);
  const reason = isForbidden(result) ? "denied" : "no-artefact";
  return fault(reason, { code: "http-status-for", args: { status: result.status, path: what } });
}
