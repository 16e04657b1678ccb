import { BlockList, isIP } from "node:net";
import { variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";

/**
 * The proxy that the environment names for an address, by go's rules, which curl and pip largely share: `HTTPS_PROXY` or `https_proxy` (for plain http
 * `HTTP_PROXY`), a bare `host:port` is an http proxy, `NO_PROXY` names hosts with all that is below them, addresses, networks, and ports; loopback is
 * never proxied. Written here because proxy-from-env follows npm's rules, which differ in three of these.
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 *
 * @returns null for a direct connection; a text that is no URL where the variable makes no sense.
 */
export function proxySetting(facts: HostFacts, target: URL): string | null {
  const name = target.protocol === "http:" ? "HTTP_PROXY" : "HTTPS_PROXY";
  const found = variable(facts, name) ?? variable(facts, name.toLowerCase());
  if (found === null || isLoopback(target.hostname)) return null;
  const exceptions = variable(facts, "NO_PROXY") ?? variable(facts, "no_proxy") ?? "";
  const isException = exceptions.split(",").some((entry) => excepts(entry.trim().toLowerCase(), target));
  if (isException) return null;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(found) ? found : `http://${found}`;
}

/** Names and addresses that lead back to this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function excepts(entry: string, target: URL): boolean {
  if (entry === "") return false;
  if (entry === "*") return true;
  const host = target.hostname.replace(/^\[|\]$/g, "");
  if (entry.includes("/")) return isWithin(host, entry);
  const [, name = entry, port] = /^(.*?):(\d+)$/.exec(entry) ?? [];
  const targetPort = target.port === "" ? (target.protocol === "http:" ? "80" : "443") : target.port;
  if (port !== undefined && isIP(entry) === 0 && port !== targetPort) return false;
  const bare = (isIP(entry) === 0 ? name : entry).replace(/^\*?\.?/, "");
  return host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`));
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
