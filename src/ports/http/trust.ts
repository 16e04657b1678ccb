import { readFile } from "node:fs/promises";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";

/** Also where Node was told to speak with older servers. */
const oldest = { minVersion: "TLSv1.2" } as const;

/**
 * The authorities to trust: Node's own and those that `SSL_CERT_FILE` adds (Go and OpenSSL read it; Node does not).
 * `NODE_EXTRA_CA_CERTS` is in Node's own store already, but a list of ours replaces that store, so it is read again.
 * One context serves all connections: each of its own would cost half a millisecond, and what OpenSSL keeps in it.
 */
export async function trustedAuthorities(facts: HostFacts): Promise<SecureContext> {
  const file = variable(facts, "SSL_CERT_FILE");
  if (file === null) return createSecureContext(oldest);
  const extra = [file, variable(facts, "NODE_EXTRA_CA_CERTS")].filter((path) => path !== null);
  const texts = await Promise.all([...new Set(extra)].map((path) => readFile(path, "utf8").catch(() => "")));
  const ours = texts.filter((text) => text.includes("-----BEGIN"));
  try {
    return createSecureContext({ ...oldest, ...(ours.length === 0 ? {} : { ca: [...rootCertificates, ...ours] }) });
  } catch {
    return createSecureContext(oldest);
  }
}
