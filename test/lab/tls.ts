import { randomBytes, webcrypto } from "node:crypto";
import type * as X509 from "@peculiar/x509";

/** A key and its certificate, both PEM. */
interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Which certificate a host shows; `good` for the healthy. */
export type CertificateKind = "good" | "expired" | "not-yet" | "wrong-name" | "untrusted" | "expiring";

/** The lab's certificates: one per kind, shared by all hosts, and the CA (PEM) that vouches for all but `untrusted`. */
export interface Certificates {
  readonly ca: string;
  readonly leaves: Readonly<Record<CertificateKind, Certificate>>;
}

const dayMs = 86_400_000;
/** Every name that a client may call the lab by. */
const loopback = [
  { type: "dns", value: "localhost" },
  { type: "ip", value: "127.0.0.1" },
  { type: "ip", value: "::1" },
] as const;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** From when until when a leaf is valid, in days from now, and what differs beside. */
interface LeafKind {
  readonly from: number;
  readonly to: number;
  readonly name?: string;
  readonly otherCa?: boolean;
}

const kinds: Readonly<Record<CertificateKind, LeafKind>> = {
  good: { from: -1, to: 90 },
  expired: { from: -90, to: -1 },
  "not-yet": { from: 1, to: 90 },
  "wrong-name": { from: -1, to: 90, name: "other.invalid" },
  untrusted: { from: -1, to: 90, otherCa: true },
  expiring: { from: -1, to: 3 },
};

/** Makes the CA and one leaf of each kind. Takes about 0.2 s, most of it loading the library. */
export async function makeCertificates(): Promise<Certificates> {
  const x509 = await loadX509();
  const [keys, ca, otherCa] = await Promise.all([newKeys(), makeCa(x509, "Lab CA"), makeCa(x509, "Unknown CA")]);
  const key = await exportKey(keys.privateKey);
  const entries = Object.entries(kinds).map(async ([kind, leaf]) => {
    const cert = await makeLeaf(x509, leaf.otherCa ? otherCa : ca, keys.publicKey, leaf);
    return [kind, { key, cert }] as const;
  });
  const leaves = Object.fromEntries(await Promise.all(entries)) as Record<CertificateKind, Certificate>;
  return { ca: ca.cert.toString("pem"), leaves };
}

interface Authority {
  readonly cert: X509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

/**
 * Loads the certificate library. Its dependency injection asks for a metadata API on Reflect, of which it needs only
 * that it exists (none of its classes has injected parameters); a stub spares a dependency.
 */
async function loadX509(): Promise<typeof X509> {
  const stub = {
    getMetadata: () => undefined,
    getOwnMetadata: () => undefined,
    hasOwnMetadata: () => false,
    defineMetadata: () => undefined,
  };
  if (!("getMetadata" in Reflect)) Object.assign(Reflect, stub);
  return await import("@peculiar/x509");
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

function days(count: number): Date {
  return new Date(Date.now() + count * dayMs);
}

async function makeCa(x509: typeof X509, name: string): Promise<Authority> {
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=${name}`,
    notBefore: days(-365),
    notAfter: days(365),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert, keys };
}

async function makeLeaf(x509: typeof X509, ca: Authority, publicKey: webcrypto.CryptoKey, leaf: LeafKind) {
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${leaf.name ?? "localhost"}`,
    issuer: ca.cert.subject,
    notBefore: days(leaf.from),
    notAfter: days(leaf.to),
    signingAlgorithm: algorithm,
    publicKey,
    signingKey: ca.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(leaf.name ? [{ type: "dns", value: leaf.name }] : [...loopback]),
      await x509.AuthorityKeyIdentifierExtension.create(ca.keys.publicKey),
    ],
  });
  return cert.toString("pem");
}

/** A positive serial number: the first byte is below 0x80 (https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2). */
function serial(): string {
  return `01${randomBytes(8).toString("hex")}`;
}
