import type { HttpResult } from "../ports/types.ts";
import { type Fault, fault, faultOf, isForbidden, isMissing } from "../probe/answers.ts";
import type { Visit } from "../probe/types.ts";
import { beginsArchive } from "./prefix-pins.ts";

/** Where a mirror says that a file is. */
export interface Place {
  readonly ok: true;
  readonly url: string;
  /** On another host than the mirror's. */
  readonly isForeign: boolean;
}

/** Reads an address that a mirror's own answer names, relative to `page`. It must be as protected as the mirror is. */
export function placeOf(named: string, page: string, file: string, { base }: Pick<Visit, "base">): Place | Fault {
  const nowhere = fault("not-a-mirror", { code: "file-nowhere", args: { file } });
  if (named.length > 2000 || !URL.canParse(named, page)) return nowhere;
  const url = new URL(named, page);
  const mirror = new URL(base);
  if (url.protocol !== "https:" && url.protocol !== "http:") return nowhere;
  if (url.protocol === "http:" && mirror.protocol === "https:") {
    return fault("redirects-away", { code: "file-plain", args: { target: `http://${url.host}` } });
  }
  url.hash = "";
  return { ok: true, url: url.href, isForeign: url.host !== mirror.host };
}

/** Whether a download was sent on to another host than the one that was asked. */
export function wentElsewhere(result: HttpResult): boolean {
  if (!result.ok) return false;
  return new Set(result.hops.map((hop) => new URL(hop).host)).size > 1;
}

/** What an answer for a known file says of a mirror that had promised it; null: look at the bytes. */
export function faultOfFile(result: HttpResult, file: string): Fault | null {
  if (result.ok && (isForbidden(result) || isMissing(result))) {
    const reason = isForbidden(result) ? "denied" : "no-artefact";
    return fault(reason, { code: "http-status-for", args: { status: result.status, path: file } });
  }
  return faultOf(result);
}

/** What bytes are that should have been a known file, and are not: an altered file, or something else altogether. */
export function wrongFile(body: Uint8Array, file: string): Fault {
  return beginsArchive(body, file)
    ? fault("tampered", { code: "wrong-content", args: { path: file } })
    : fault("denied", { code: "other-file", args: { file } });
}
