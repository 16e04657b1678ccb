import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { NpmKey } from "../../catalog/types.ts";
import type { Manifest } from "./documents.ts";

/**
 * Whether a version carries the upstream registry's signature, over `name@version:integrity`: ECDSA on P-256 with SHA-256. `forged`: it names a
 * key of ours, and the signature is not that key's. https://github.com/npm/cli/blob/latest/docs/lib/content/commands/npm-audit.md
 */
export function signatureState(
  { name, version, integrity, signatures }: Manifest,
  keys: readonly NpmKey[],
): "signed" | "forged" | "unsigned" {
  const signed = Buffer.from(`${name}@${version}:${integrity ?? ""}`);
  const checks = signatures.flatMap(({ keyid, sig }) => {
    const key = keyOf(keys.find((known) => known.keyid === keyid));
    return key === null ? [] : [verify("sha256", signed, key, Buffer.from(sig, "base64"))];
  });
  if (integrity === null || checks.length === 0) return "unsigned";
  return checks.every((isGood) => isGood) ? "signed" : "forged";
}

/** Null where the catalog has no such key, or one that is none. */
function keyOf(known: NpmKey | undefined): KeyObject | null {
  if (known === undefined) return null;
  try {
    return createPublicKey({ key: Buffer.from(known.key, "base64"), format: "der", type: "spki" });
  } catch {
    return null;
  }
}
