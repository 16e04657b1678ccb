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

/** Names an error of the TLS handshake. `issuer`: who signed the certificate that was shown, where one was. */
export function tlsFailure(error: Error & { code?: string }, issuer: string | null): DialError {
  if (notTls.test(error.message)) return new DialError("not-http", { code: "no-tls", args: {} });
  const code = error.code ?? error.message;
  const known = certificateFaults[code];
  if (known?.code === "cert-unknown" && issuer !== null)
    return new DialError("tls", { code: "cert-unknown-issuer", args: { issuer } });
  return new DialError("tls", known ?? { code: "tls-failed", args: { code } });
}

/** undici's own codes, by the names that the same events have in Node and in our reports. */
const nodeCodes: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_HEADERS_OVERFLOW: "HPE_HEADER_OVERFLOW",
};

/** Names an error of an exchange, given whether the answer's head had come. */
export function exchangeFailure(error: Error & { code?: string }, started: boolean): [HttpFailureCode, Detail] {
  if (error instanceof DialError) return [error.reason, error.detail];
  const own = error.code ?? error.name;
  const code = nodeCodes[own] ?? own;
  if (isNotHttp(error, code, started)) return ["not-http", { code: "not-http", args: { code } }];
  if (started) return ["truncated", { code: "cut-short", args: {} }];
  return ["connect", { code: "unanswered", args: { code } }];
}

function isNotHttp({ name }: Error, code: string, started: boolean): boolean {
  if (name === "HTTPParserError" || code.startsWith("HPE_")) return true;
  // Of an answer that has begun, less than was promised has come; of another, its lengths contradict each other.
  return code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH" && !started;
}
