import { readFile } from "node:fs/promises";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";

/**
 * The authorities to trust: Node's own and those that `SSL_CERT_FILE` adds (Go and OpenSSL read it; Node does not).
 * `NODE_EXTRA_CA_CERTS` is in Node's own store already, but a list of ours replaces that store, so it is read again.
 *
 * @returns undefined when Node's own store will do.
 */
export async function trustedAuthorities(facts: HostFacts): Promise<SecureContext | undefined> {
  const file = variable(facts, "SSL_CERT_FILE");
  if (file === null) return undefined;
  const extra = [file, variable(facts, "NODE_EXTRA_CA_CERTS")].filter((path) => path !== null);
  const texts = await Promise.all([...new Set(extra)].map((path) => readFile(path, "utf8").catch(() => "")));
  const ours = texts.filter((text) => text.includes("-----BEGIN"));
  if (ours.length === 0) return undefined;
  try {
    return createSecureContext({ ca: [...rootCertificates, ...ours] });
  } catch {
    return undefined;
  }
}
