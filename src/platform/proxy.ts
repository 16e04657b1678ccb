import { rawVariable, variable } from "./paths.ts";
import type { HostFacts, ProxyHabit } from "./types.ts";

/** A variable that names a proxy, or hosts that are kept from it. */
export interface NamedProxy {
  readonly key: string;
  readonly value: string;
}

/** The variable that names the proxy for a scheme (`https:`), whatever is excepted from it. Null: none does. */
export function proxyVariable(facts: HostFacts, protocol: string, habit: ProxyHabit): NamedProxy | null {
  if (habit === "none") return null;
  const own = protocol === "http:" ? "HTTP_PROXY" : "HTTPS_PROXY";
  if (habit === "go") return named(facts, own) ?? named(facts, own.toLowerCase());
  return smallFirst(facts, own) ?? smallFirst(facts, "ALL_PROXY");
}

function smallFirst(facts: HostFacts, key: string): NamedProxy | null {
  const small = key.toLowerCase();
  return rawVariable(facts, small) === undefined ? named(facts, key) : named(facts, small);
}

function named(facts: HostFacts, key: string): NamedProxy | null {
  const value = variable(facts, key);
  return value === null ? null : { key, value };
}

/** The hosts that are kept from the proxy. Of two lists go takes that in capitals, and pip the other. */
export function exceptions(facts: HostFacts, habit: ProxyHabit): NamedProxy | null {
  const names = ["NO_PROXY", "no_proxy"];
  const inOrder = habit === "pip" ? names.toReversed() : names;
  return inOrder.map((key) => named(facts, key)).find((each) => each !== null) ?? null;
}

/**
 * The entry of `NO_PROXY` that keeps an address from the proxy: hosts with all that is below them, addresses, and ports, as go has it; a dot in front says
 * nothing, as for npm and pip. Networks are for `isWithin` to judge. https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function exceptionFor(
  facts: HostFacts,
  target: URL,
  habit: ProxyHabit,
  isWithin: (host: string, network: string) => boolean = () => false,
): NamedProxy | null {
  const list = exceptions(facts, habit);
  const entries = (list?.value ?? "").split(",").map((entry) => entry.trim());
  const value = entries.find((entry) => excepts(entry.toLowerCase(), target, isWithin));
  return list === null || value === undefined ? null : { key: list.key, value };
}

function excepts(entry: string, target: URL, isWithin: (host: string, network: string) => boolean): boolean {
  if (entry === "") return false;
  if (entry === "*") return true;
  const host = target.hostname.replace(/^\[|\]$/g, "");
  if (entry.includes("/")) return isWithin(host, entry);
  const [, name = entry, port] = isAddress(entry) ? [] : (/^(.*?):(\d+)$/.exec(entry) ?? []);
  const targetPort = target.port === "" ? (target.protocol === "http:" ? "80" : "443") : target.port;
  if (port !== undefined && port !== targetPort) return false;
  const bare = name.replace(/^\*?\.?/, "");
  return host === bare || (!isAddress(host) && host.endsWith(`.${bare}`));
}

function isAddress(host: string): boolean {
  return /^\d+(?:\.\d+){3}$/.test(host) || /:.*:/.test(host);
}
