import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";

/** SubjectPublicKeyInfo of an Ed25519 key, before its 32 bytes (RFC 8410). */
const ed25519Prefix = Buffer.from("302a300506032b6570032100", "hex");
const ed25519 = 1;

/** The public key of a checksum database. */
export interface Verifier {
  readonly name: string;
  readonly hash: Buffer;
  readonly key: KeyObject;
}

/** Reads `name+hash+base64`. https://pkg.go.dev/golang.org/x/mod/sumdb/note#hdr-Verifying_Notes  @returns null where it is none. */
export function parseVerifier(text: string): Verifier | null {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (match === null) return null;
  const [, name = "", hex = "", base64 = ""] = match;
  const bytes = Buffer.from(base64, "base64");
  const hash = Buffer.from(hex, "hex");
  const computed = createHash("sha256").update(`${name}\n`).update(bytes).digest().subarray(0, 4);
  if (bytes.length !== 33 || bytes[0] !== ed25519 || !computed.equals(hash)) return null;
  const der = Buffer.concat([ed25519Prefix, bytes.subarray(1)]);
  return { name, hash, key: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

/** What a signed text turned out to be. */
export type Note =
  | { readonly kind: "signed"; readonly text: string }
  | { readonly kind: "forged" }
  | { readonly kind: "no-note" };

/** Checks a signed note: text, an empty line, then lines `— name base64`. `forged`: it says our key's name, and the signature is not the key's. */
export function openNote(note: string, verifier: Verifier): Note {
  const split = note.lastIndexOf("\n\n");
  if (split === -1) return { kind: "no-note" };
  const text = note.slice(0, split + 1);
  const ours = note
    .slice(split + 2)
    .split("\n")
    .map((line) => /^\u2014 (\S+) (\S+)$/.exec(line))
    .filter((match) => match?.[1] === verifier.name);
  if (ours.length === 0) return { kind: "no-note" };
  const good = ours.some((match) => isSignedBy(verifier, text, Buffer.from(match?.[2] ?? "", "base64")));
  return good ? { kind: "signed", text } : { kind: "forged" };
}

function isSignedBy({ hash, key }: Verifier, text: string, signature: Buffer): boolean {
  const sameKey = signature.subarray(0, 4).equals(hash);
  return sameKey && verify(null, Buffer.from(text), key, signature.subarray(4));
}

/** The number of records in a signed tree head, `go.sum database tree\nN\nhash\n`. https://go.dev/design/25530-sumdb  @returns null where it is none. */
export function treeSize(text: string): number | null {
  const match = /^go\.sum database tree\n(\d{1,15})\n[A-Za-z0-9+/=]+\n/.exec(text);
  return match === null ? null : Number(match[1]);
}
