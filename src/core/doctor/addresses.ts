import type { Message } from "../../report/types.ts";
import type { Services } from "../types.ts";

/** Blocks that no public host has, and what it means when a name leads there. RFC 6890; 198.18.0.0/15 and fc00::/18 are what proxies with fake addresses hand out; Teredo (2001::/32) is where forged answers lead, and nobody else any more. */
const blocks: readonly (readonly [RegExp, "odd-dns-fake" | "odd-dns-private" | "odd-dns-nowhere"])[] = [
  [/^(?:198\.1[89]\.|fc00:)/i, "odd-dns-fake"],
  [
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd])/i,
    "odd-dns-private",
  ],
  [
    /^(?:0\.|127\.|169\.254\.|192\.0\.[02]\.|198\.51\.100\.|203\.0\.113\.|2(?:2[4-9]|[34]\d|5[0-5])\.|::1?$|2001:0{0,4}:|2001:db8:|fe80:|ff)/i,
    "odd-dns-nowhere",
  ],
];

/** What the address of a host that fails says about the failure; null where it says nothing, or the host is an address itself. */
export async function addressNote(url: string, { addresses }: Services): Promise<Message | null> {
  const { hostname } = new URL(url);
  if (/^[\d.]+$|^\[/.test(hostname) || hostname === "localhost") return null;
  const found = await addresses(hostname);
  for (const [block, code] of blocks) {
    const address = found.find((each) => block.test(each));
    if (address !== undefined) return { code, level: "warn", args: { host: hostname, address } };
  }
  return null;
}
