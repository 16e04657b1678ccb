import { lookup } from "node:dns/promises";

/** What the system resolves a name to, as every tool would be told; none where it does not. */
export async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}
