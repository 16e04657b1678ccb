import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { sha256 } from "../artefacts/dirhash.ts";

/** Who signs package versions (https://github.com/npm/cli/blob/latest/docs/lib/content/commands/npm-audit.md). */
export interface NpmSigner {
  /** `SHA256:` and the hash of the key. */
  readonly keyid: string;
  /** The public key: SPKI, in base64. */
  readonly key: string;
  readonly privateKey: KeyObject;
}

/** A signer with a fresh key, ECDSA on P-256. */
export function makeNpmSigner(): NpmSigner {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const keyid = `SHA256:${sha256(spki).toString("base64").replace("=", "")}`;
  return { keyid, key: spki.toString("base64"), privateKey };
}

/** One who signs with a key of their own but claims to be the other. */
export function makeNpmForger(victim: NpmSigner): NpmSigner {
  return { ...victim, privateKey: makeNpmSigner().privateKey };
}

/** The signature of a version, in base64; what is signed is `name@version:integrity`. */
export function signPackage(name: string, version: string, integrity: string, signer: NpmSigner): string {
  return sign("sha256", Buffer.from(`${name}@${version}:${integrity}`), signer.privateKey).toString("base64");
}
