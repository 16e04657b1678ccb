import type { GoProbes } from "../../catalog/types.ts";

/**
 * The `GOSUMDB` that asks the checksum database itself and no proxy for it, for a chain with a member that does not carry it. With go's default,
 * such a member makes go turn to a host that cannot be reached from mainland China. Only a setting that does ask the proxies is
 * replaced; `off` is never written. https://go.dev/ref/mod#environment-variables, `GOSUMDB`
 *
 * @param inForce the value in force; null where it is not known, which is go's default.
 * @param named the value that the catalog names for the mirror.
 * @returns null where nothing has to be, or can be, done.
 */
export function directDatabase(
  inForce: string | null,
  named: string | null,
  probes: GoProbes | undefined,
): string | null {
  const sumdb = probes?.sumdb;
  const name = sumdb?.key.split("+")[0] ?? null;
  const value = inForce ?? name ?? "";
  const asksProxies = !/\s/.test(value) && (name === null || value.split("+")[0] === name);
  if (!asksProxies || value === "off") return null;
  const reference = sumdb?.reference ?? null;
  // With a key of its own, the database's address stands beside it. The bare name has an alias that go has built in, with the same key.
  if (value.includes("+")) return reference === null ? null : `${value} ${reference}`;
  return named ?? (reference === null ? null : new URL(reference).host);
}

/** A stored `GOSUMDB` without what `directDatabase` put there; unchanged where it is the user's own. */
export function withoutReference(stored: string | null, probes: GoProbes | undefined): string | null {
  const reference = probes?.sumdb?.reference;
  if (stored === null || reference === undefined) return stored;
  if (stored.endsWith(` ${reference}`)) return stored.slice(0, -reference.length - 1);
  return stored === new URL(reference).host ? null : stored;
}
