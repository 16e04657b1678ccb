import { randomBytes, webcrypto } from "node:crypto";
import type * as X509 from "@peculiar/x509";

/** A key and its certificate, both PEM, as `https.createServer` takes them. */
export interface Leaf {
  readonly key: string;
  readonly cert: string;
}

/** The benchmark's own authority (PEM), and one leaf for each state of a certificate that a world draws. */
export interface Leaves {
  readonly ca: string;
  readonly leaves: Readonly<Record<"good" | "cert-expired" | "cert-wrong-name", Leaf>>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;

/** Like the lab's (test/lab/tls.ts), which vouch for loopback only: these are for the addresses given. */
export async function makeLeaves(addresses: readonly string[]): Promise<Leaves> {
  const x509 = await loadX509();
  const [caKeys, keys] = await Promise.all([newKeys(), newKeys()]);
  const issue = async (subject: string, from: number, to: number, extensions: X509.Extension[]) => {
    const isCa = subject === "CN=Bench CA";
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: `01${randomBytes(8).toString("hex")}`,
      subject,
      issuer: "CN=Bench CA",
      notBefore: new Date(Date.now() + from * dayMs),
      notAfter: new Date(Date.now() + to * dayMs),
      signingAlgorithm: algorithm,
      publicKey: isCa ? caKeys.publicKey : keys.publicKey,
      signingKey: caKeys.privateKey,
      extensions,
    });
    return certificate.toString("pem");
  };
  const own = addresses.map((value) => ({ type: "ip", value }) as const);
  const others = [{ type: "dns", value: "other.invalid" }] as const;
  const nameOf = (names: X509.JsonGeneralNames) => [new x509.SubjectAlternativeNameExtension(names)];
  const key = await pem(keys.privateKey);
  return {
    ca: await issue("CN=Bench CA", -365, 365, [new x509.BasicConstraintsExtension(true, 0, true)]),
    leaves: {
      good: { key, cert: await issue("CN=mirror", -1, 90, nameOf(own)) },
      "cert-expired": { key, cert: await issue("CN=mirror", -90, -1, nameOf(own)) },
      "cert-wrong-name": { key, cert: await issue("CN=other", -1, 90, nameOf([...others])) },
    },
  };
}

/** The library asks that a metadata API exists on Reflect, and uses nothing of it (as in test/lab/tls.ts). */
async function loadX509(): Promise<typeof X509> {
  const none = () => undefined;
  const stub = { getMetadata: none, getOwnMetadata: none, hasOwnMetadata: () => false, defineMetadata: none };
  if (!("getMetadata" in Reflect)) Object.assign(Reflect, stub);
  return await import("@peculiar/x509");
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as webcrypto.CryptoKeyPair;
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PRIVATE KEY-----\n`;
}
