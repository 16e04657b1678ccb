import type { HttpFailureCode, HttpResult } from "../ports/types.ts";
import type { Detail } from "../report/types.ts";
import type { Proof, Reason } from "./types.ts";

/** A stage that found the mirror guilty. */
export interface Fault {
  readonly ok: false;
  readonly reason: Reason;
  readonly detail: Detail;
}

/** Makes a fault. */
export function fault(reason: Reason, detail: Detail): Fault {
  return { ok: false, reason, detail };
}

/** A proof that failed at a fault. */
export function failedProof({ reason, detail }: Fault, seen: Partial<Proof> = {}): Proof {
  return { findings: [reason], traits: [], position: null, ...seen, reason, detail };
}

const reasons: Readonly<Record<HttpFailureCode, Reason>> = {
  dns: "dns",
  connect: "connect",
  tls: "tls",
  timeout: "timeout",
  truncated: "truncated",
  "redirects-away": "redirects-away",
  "not-http": "not-a-mirror",
  proxy: "connect",
  stopped: "timeout",
};

/** What an answer that is not a plain 200 says of a mirror; null for a 200 (or a 206) that came whole or up to its cap. */
export function faultOf(result: HttpResult): Fault | null {
  if (!result.ok) return fault(reasons[result.code], result.detail);
  if (result.status === 200 || result.status === 206) return null;
  const { status, headers } = result;
  const wait = headers["retry-after"];
  if (status !== 429) return fault("http-status", { code: "http-status", args: { status } });
  if (wait === undefined) return fault("rate-limited", { code: "http-status", args: { status } });
  return fault("rate-limited", { code: "retry-after", args: { status, wait: wait.slice(0, 40) } });
}

/** Whether an answer says "I have not got this one", rather than that something is wrong. */
export function isMissing(result: HttpResult): boolean {
  return result.ok && (result.status === 404 || result.status === 410);
}

/** A server that breaks down, or a connection that breaks off, as opposed to a plain no. */
export function isBreakdown(result: HttpResult): boolean {
  return result.ok ? result.status >= 500 : result.code === "truncated" || result.code === "connect";
}

/** Whether an answer says "not to you". */
export function isForbidden(result: HttpResult): boolean {
  return result.ok && (result.status === 401 || result.status === 403);
}

/** An answer's body as text, for looking at; bytes that are not UTF-8 come out as replacement characters. */
export function textOf(result: HttpResult): string {
  return result.ok ? new TextDecoder().decode(result.body) : "";
}
