import { createHash } from "node:crypto";
import { getServers } from "node:dns";
import { networkInterfaces } from "node:os";
import type { HostFacts } from "../platform/types.ts";

/**
 * A name for the network that this machine is in, from what changes with it: the prefixes of its addresses (/24, /64), its name servers, its proxies.
 * A hash: the cache that is kept by it tells nobody where one has been.
 */
export function networkFingerprint({ env }: HostFacts): string {
  const addresses = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address, family }) =>
      (family === "IPv4" ? address.split(".").slice(0, 3) : address.split(":").slice(0, 4)).join("."),
    );
  const proxies = Object.entries(env).filter(([name]) => /^(https?|no|all)_proxy$/i.test(name));
  const parts = [...new Set(addresses)].sort().concat(
    getServers(),
    proxies.map(([name, value]) => `${name}=${value ?? ""}`),
  );
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
