import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { NpmArtefact, NpmProbes } from "../../../src/catalog/types.ts";
import { npmProtocol } from "../../../src/ecosystems/npm/protocol.ts";
import type { Asked, Reply, Server } from "../asking.ts";
import { ask } from "../asking.ts";

/** The day on which the races of these tests begin is 2026-11-20. */
const tags = { canary: { latest: "1.0.0", next: "1.1.0-dev.20261119.1" }, other: { latest: "1.20261120.0" } };
const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
export const keyid = "SHA256:test";

export const tarballs = { small: packed("small"), big: packed("big ".repeat(500_000)), middle: packed("middle") };

const sri = (body: Uint8Array) => `sha512-${createHash("sha512").update(body).digest("base64")}`;
const pinOf = (name: keyof typeof tarballs): NpmArtefact => ({
  package: name,
  version: "1.0.0",
  integrity: sri(tarballs[name]),
});

export const probes: NpmProbes = {
  ...pinOf("small"),
  canaries: ["canary", "other"],
  keys: [{ keyid, key: publicKey.export({ format: "der", type: "spki" }).toString("base64") }],
  bulk: [
    { ...pinOf("big"), size: 5_000_000 },
    { ...pinOf("middle"), size: tarballs.middle.length },
  ],
};

/** A version's document, signed as the upstream signs. */
export function document(name: string, version: string, integrity: string, more: object = {}): object {
  const signed = Buffer.from(`${name}@${version}:${integrity}`);
  const signatures = [{ keyid, sig: sign("sha256", signed, privateKey).toString("base64") }];
  const tarball = `https://mirror.example/root/${name}/-/${name}-${version}.tgz`;
  return { name, version, dist: { integrity, tarball, signatures, ...more } };
}

/** The pinned version's document, with another `dist`. */
export const smallWith = (dist: object) => JSON.stringify(document("small", "1.0.0", probes.integrity, dist));

/** Replies by path below the mirror's address. A registry that has all. */
const sound: Readonly<Record<string, Reply>> = {
  "/small/1.0.0": smallWith({}),
  "/small/-/small-1.0.0.tgz": tarballs.small,
  "/big/-/big-1.0.0.tgz": tarballs.big,
  "/middle/-/middle-1.0.0.tgz": tarballs.middle,
  "/-/package/canary/dist-tags": JSON.stringify(tags.canary),
  "/-/package/other/dist-tags": JSON.stringify(tags.other),
  "/other/1.20261120.0": JSON.stringify(document("other", "1.20261120.0", "sha512-x")),
};

/** Asks a registry that differs from a sound one by what is given; null: it has not this. */
export async function askRegistry(
  changes: Readonly<Record<string, Reply | null>> = {},
  { pins = probes, server }: { pins?: NpmProbes; server?: Server } = {},
): Promise<Asked> {
  const replies = { ...sound, ...changes };
  const byPath: Server = ({ host, pathname }) =>
    host === "mirror.example" ? (replies[pathname.replace("/root", "")] ?? undefined) : undefined;
  return ask(npmProtocol(pins), (url, request) => server?.(url, request) ?? byPath(url, request));
}

/** A gzip file of about the length of the text. */
function packed(text: string): Buffer {
  return gzipSync(text, { level: 0 });
}
