import type { PeerCertificate } from "node:tls";

/** Who signed a certificate that was shown: an organisation, else a name. Null where none is shown, or nobody is named. */
export function issuerOf({ issuer }: Partial<PeerCertificate>): string | null {
  const found: string | string[] | undefined = issuer?.O ?? issuer?.CN;
  return Array.isArray(found) ? found.join(", ") : (found ?? null);
}
