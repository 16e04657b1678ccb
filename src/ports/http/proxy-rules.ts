import { BlockList, isIP } from "node:net";
import { exceptionFor, proxyVariable } from "../../platform/proxy.ts";
import type { HostFacts, ProxyHabit } from "../../platform/types.ts";

/**
 * The proxy that the environment names for an address, by the habit of the tool that is to fetch from it; a bare `host:port` is an http proxy, and
 * loopback is never proxied. Written here because proxy-from-env follows npm's rules, which differ in three points from go's.
 *
 * @returns null for a direct connection; a text that is no URL where the variable makes no sense.
 */
export function proxySetting(facts: HostFacts, target: URL, habit: ProxyHabit): string | null {
  const found = isLoopback(target.hostname) ? null : proxyVariable(facts, target.protocol, habit);
  if (found === null || exceptionFor(facts, target, habit, isWithin) !== null) return null;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(found.value) ? found.value : `http://${found.value}`;
}

/** Names and addresses that lead back to this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function isWithin(host: string, network: string): boolean {
  const [address = "", prefix] = network.split("/");
  const family = isIP(host);
  if (family === 0 || isIP(address) !== family) return false;
  const list = new BlockList();
  const type = family === 6 ? "ipv6" : "ipv4";
  try {
    list.addSubnet(address, Number(prefix), type);
  } catch {
    return false;
  }
  return list.check(host, type);
}
