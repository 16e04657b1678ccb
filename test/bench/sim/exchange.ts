import type { Exchange } from "../../../src/ports/http/exchange.ts";
import type { HttpRequest } from "../../../src/ports/types.ts";
import type { LabRequest, Reply } from "../../lab/types.ts";
import type { Flow } from "./flow.ts";
import type { Refusal } from "./types.ts";

/** A request on its way through a connection. */
export interface Job {
  readonly target: URL;
  readonly request: HttpRequest;
  readonly userAgent: string;
  readonly tell: (result: Exchange) => void;
  /** Ends it, once, and lets go of whatever it waits for. */
  ended: boolean;
  head: boolean;
  flow: Flow | null;
}

/** How an exchange can end beside an answer, in the real port's words. */
export const cutShort: Refusal = { code: "truncated", detail: { code: "cut-short", args: {} } };
export const reset: Refusal = { code: "connect", detail: { code: "unanswered", args: { code: "ECONNRESET" } } };
export const noHttp: Refusal = {
  code: "not-http",
  detail: { code: "not-http", args: { code: "HTTPParserError" } },
};

/** A request as the lab's handlers see it. */
export function labRequest({ target, request, userAgent }: Job, ordinal: number): LabRequest {
  const headers = { "user-agent": userAgent, accept: "*/*", "accept-encoding": "identity", ...request.headers };
  const path = decodeURIComponent(target.pathname);
  const { origin } = target;
  const { method = "GET" } = request;
  return { method, path, target: target.pathname + target.search, headers, origin, ordinal, companion: false };
}

/** The body, which an answer to HEAD has not; of an endless one a little more than will be read. */
export function bodyOf({ body = new Uint8Array() }: Reply, { method, maxBytes }: HttpRequest): Uint8Array {
  if (method === "HEAD") return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const piece of body) {
    pieces.push(piece);
    length += piece.length;
    if (length > maxBytes) break;
  }
  return Buffer.concat(pieces);
}
