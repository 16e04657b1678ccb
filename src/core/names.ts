import { mirrorsOf, nearestIds } from "../catalog/find.ts";
import type { Catalog, EcosystemId } from "../catalog/types.ts";
import { done, refuse } from "./outcome.ts";
import type { Outcome } from "./types.ts";

/** Which of the named mirrors each ecosystem is to take. */
export type NamesByEcosystem = ReadonlyMap<EcosystemId, readonly string[]>;

/**
 * Names for a command about several ecosystems: the same id may stand for mirrors of several, and each takes those that it has. An address belongs to one
 * ecosystem, and nobody has said to which.
 */
export function sharedNames(
  names: readonly string[],
  ecosystems: readonly EcosystemId[],
  catalog: Catalog,
): Outcome<NamesByEcosystem> {
  if (ecosystems.length === 1) return done(new Map(ecosystems.map((id) => [id, names])));
  const address = names.find((name) => name.includes("://"));
  if (address !== undefined) return refuse(2, { code: "address-for-all", level: "error", args: { url: address } });
  const ids = new Map(
    ecosystems.map((id) => [id, mirrorsOf(catalog, id).flatMap(({ id, url }) => (url === null ? [] : [id]))]),
  );
  const all = [...new Set([...ids.values()].flat())];
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    const near = nearestIds(all, unknown).join(", ");
    const args = { id: unknown, ecosystem: "all" };
    if (near === "") return refuse(2, { code: "unknown-mirror", level: "error", args });
    return refuse(2, { code: "unknown-mirror-near", level: "error", args: { ...args, near } });
  }
  return done(new Map(ecosystems.map((id) => [id, names.filter((name) => ids.get(id)?.includes(name))])));
}
