import { mirrorAt } from "../catalog/find.ts";
import type { Catalog, EcosystemId } from "../catalog/types.ts";
import type { Current } from "../ecosystems/types.ts";
import type { InForce } from "../report/types.ts";

/** Whether an address is what the tool uses by itself. */
export function isBare(url: string, current: Pick<Current, "upstreamHosts"> | undefined): boolean {
  return URL.canParse(url) && (current?.upstreamHosts.includes(new URL(url).host) ?? false);
}

/** What the address that a row begins with is to us. Null where the value is no address. */
export function knownAs(
  row: InForce,
  { chain, upstreamHosts }: Current,
  catalog: Catalog,
): NonNullable<InForce["known"]> | null {
  if (row.source === "default") return "default";
  const id: EcosystemId = row.ecosystem;
  const value = row.value ?? "";
  const url = chain.find((each) => URL.canParse(each) && value.includes(new URL(each).host)) ?? value;
  if (!URL.canParse(url)) return null;
  const mirror = mirrorAt(catalog, id, url);
  if (mirror !== null && mirror.kind !== "official") return mirror.status === "closed" ? "closed" : "mirror";
  return mirror !== null || isBare(url, { upstreamHosts }) ? "upstream" : "unknown";
}
