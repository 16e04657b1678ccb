import type { HttpFailureCode } from "../types.ts";

/** A connection that could not be made, already named in our words. */
export class DialError extends Error {
  readonly reason: HttpFailureCode;

  constructor(reason: HttpFailureCode, detail: string) {
    super(detail);
    this.name = "DialError";
    this.reason = reason;
  }
}

/** What OpenSSL says when the other side does not speak TLS at all. */
const notTls =
  /wrong version number|packet length too long|unknown protocol|http request|record layer failure|bad record type/i;

/** Names an error of the TLS handshake. */
export function tlsFailure(error: Error & { code?: string }): DialError {
  if (notTls.test(error.message)) return new DialError("not-http", "answers without TLS");
  const words: Readonly<Record<string, string>> = {
    CERT_HAS_EXPIRED: "certificate expired",
    CERT_NOT_YET_VALID: "certificate not valid yet",
    ERR_TLS_CERT_ALTNAME_INVALID: "certificate is for another host",
    DEPTH_ZERO_SELF_SIGNED_CERT: "certificate signed by nobody known",
    SELF_SIGNED_CERT_IN_CHAIN: "certificate signed by an unknown authority",
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate signed by an unknown authority",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate signed by an unknown authority",
  };
  return new DialError("tls", words[error.code ?? ""] ?? `TLS handshake failed: ${error.code ?? error.message}`);
}

/** Names an error of an exchange, given whether the answer's head had come. */
export function exchangeFailure(error: Error & { code?: string }, started: boolean): [HttpFailureCode, string] {
  if (error instanceof DialError) return [error.reason, error.message];
  const code = error.code ?? error.name;
  if (code.startsWith("HPE_") || code === "UND_ERR_HEADERS_OVERFLOW")
    return ["not-http", `not an HTTP answer (${code})`];
  if (started) return ["truncated", "the connection ended before the answer did"];
  return ["connect", `the connection ended without an answer (${code})`];
}
