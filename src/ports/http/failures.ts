import type { Detail } from "../../report/types.ts";
import type { HttpFailureCode } from "../types.ts";

/** A connection that could not be made, already named in our words. */
export class DialError extends Error {
  readonly reason: HttpFailureCode;
  readonly detail: Detail;

  constructor(reason: HttpFailureCode, detail: Detail) {
    super(detail.code);
    this.name = "DialError";
    this.reason = reason;
    this.detail = detail;
  }
}

/** What OpenSSL says when the other side does not speak TLS at all. */
const notTls =
  /wrong version number|packet length too long|unknown protocol|http request|record layer failure|bad record type/i;

const certificateFaults: Readonly<Record<string, Detail>> = {
  CERT_HAS_EXPIRED: { code: "cert-expired", args: {} },
  CERT_NOT_YET_VALID: { code: "cert-not-yet", args: {} },
  ERR_TLS_CERT_ALTNAME_INVALID: { code: "cert-wrong-name", args: {} },
  DEPTH_ZERO_SELF_SIGNED_CERT: { code: "cert-unknown", args: {} },
  SELF_SIGNED_CERT_IN_CHAIN: { code: "cert-unknown", args: {} },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { code: "cert-unknown", args: {} },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { code: "cert-unknown", args: {} },
};

/** Names an error of the TLS handshake. */
export function tlsFailure(error: Error & { code?: string }): DialError {
  if (notTls.test(error.message)) return new DialError("not-http", { code: "no-tls", args: {} });
  const code = error.code ?? error.message;
  return new DialError("tls", certificateFaults[code] ?? { code: "tls-failed", args: { code } });
}

/** Names an error of an exchange, given whether the answer's head had come. */
export function exchangeFailure(error: Error & { code?: string }, started: boolean): [HttpFailureCode, Detail] {
  if (error instanceof DialError) return [error.reason, error.detail];
  const code = error.code ?? error.name;
  if (code.startsWith("HPE_")) return ["not-http", { code: "not-http", args: { code } }];
  if (started) return ["truncated", { code: "cut-short", args: {} }];
  return ["connect", { code: "unanswered", args: { code } }];
}
