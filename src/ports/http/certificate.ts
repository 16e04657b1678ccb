import type { TLSSocket } from "node:tls";

/** Who signed the certificate that the other side shows: an organisation, else a name. Null where none is shown, or nobody is named. */
export function issuerOf(socket: TLSSocket): string | null {
  const { issuer } = socket.getPeerCertificate();
  const found: string | string[] | undefined = issuer?.O ?? issuer?.CN;
  return Array.isArray(found) ? found.join(", ") : (found ?? null);
}
