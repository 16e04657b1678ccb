import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { sha256 } from "../artefacts/dirhash.ts";

/** Who signs notes: a name, a key, and the verifier key to hand out, `name+hash+base64`. */
export interface Signer {
  readonly name: string;
  readonly verifierKey: string;
  /** The first four bytes of sha256(name, newline, algorithm byte, public key). */
  readonly keyHash: Uint8Array;
  readonly privateKey: KeyObject;
}

/** The algorithm byte of Ed25519 (https://pkg.go.dev/golang.org/x/mod/sumdb/note#hdr-Signing_and_Verifying_Notes). */
const ed25519 = 1;

/** A signer with a fresh key. */
export function makeSigner(name: string): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const key = Buffer.concat([Buffer.from([ed25519]), raw]);
  const keyHash = sha256(Buffer.concat([Buffer.from(`${name}\n`), key])).subarray(0, 4);
  const verifierKey = `${name}+${keyHash.toString("hex")}+${key.toString("base64")}`;
  return { name, verifierKey, keyHash, privateKey };
}

/** One who signs with a key of their own but claims to be the other, name and key hash. */
export function makeForger(victim: Signer): Signer {
  return { ...victim, privateKey: makeSigner(victim.name).privateKey };
}

/** A signed note: the text, a blank line, and one signature line (golang.org/x/mod/sumdb/note). */
export function signNote(text: string, signer: Signer): string {
  const signature = Buffer.concat([signer.keyHash, sign(null, Buffer.from(text), signer.privateKey)]);
  return `${text}\n\u2014 ${signer.name} ${signature.toString("base64")}\n`;
}
