import type { NpmArtefact } from "../../catalog/types.ts";
import type { HttpResult } from "../../ports/types.ts";
import { type Fault, fault } from "../../probe/answers.ts";
import { contentTypeOf } from "../replies.ts";
import { type Json, jsonOf, memberOf, objectOf, objectsIn, textIn } from "../untrusted.ts";

/** Bytes: a version's document has a few thousand, the abbreviated document of a small package some ten thousand. */
export const maxDocumentBytes = 256 * 1024;

/** The short form of a package's document: https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
export const abbreviated = "application/vnd.npm.install-v1+json";

/** What a registry says of one version. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** Null where the registry names none that we could compare. */
  readonly integrity: string | null;
  readonly tarball: string | null;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Reads a version's document. @returns null where it is none, or one of another version. */
export function manifestIn(found: Json | null, { package: name, version }: Pick<NpmArtefact, "package" | "version">) {
  const dist = objectOf(memberOf(found, "dist"));
  if (dist === null || textIn(found, "name") !== name || textIn(found, "version") !== version) return null;
  const signatures = objectsIn(dist, "signatures")
    .slice(0, 10)
    .map((signed) => ({ keyid: textIn(signed, "keyid") ?? "", sig: textIn(signed, "sig") ?? "" }));
  const integrity = textIn(dist, "integrity");
  return { name, version, integrity, tarball: textIn(dist, "tarball"), signatures } satisfies Manifest;
}

/** The pinned version out of an answer: of its own document, or of its package's. What it says of the content must be what the world has. */
export function pinnedManifest(
  result: HttpResult,
  pin: NpmArtefact,
  form: "version" | "package",
): { ok: true; manifest: Manifest } | Fault {
  const file = `${pin.package}@${pin.version}`;
  if (result.ok && !result.whole) {
    return fault("not-a-mirror", { code: "too-long", args: { path: file, most: maxDocumentBytes } });
  }
  const found = jsonOf(result);
  const versions = objectOf(memberOf(found, "versions"));
  if (form === "package" && versions !== null && !Object.hasOwn(versions, pin.version)) {
    return fault("no-artefact", { code: "file-unlisted", args: { file } });
  }
  const manifest = manifestIn(form === "version" ? found : objectOf(memberOf(versions, pin.version)), pin);
  if (manifest === null) return fault("not-a-mirror", { code: "other-json", args: { type: contentTypeOf(result) } });
  const hashes = (manifest.integrity ?? "").split(/\s+/).filter((hash) => hash.startsWith("sha512-"));
  if (hashes.length === 0) return { ok: true, manifest: { ...manifest, integrity: null } };
  return hashes.includes(pin.integrity)
    ? { ok: true, manifest }
    : fault("tampered", { code: "other-hash", args: { file } });
}

/** The tags of an answer to `/-/package/NAME/dist-tags`, or of the beginning of a package's document. @returns null where there are none. */
export function versionsTagged(found: Json | null): string[] | null {
  if (found === null) return null;
  const versions = Object.values(found).filter((version) => typeof version === "string" && version.length <= 100);
  return versions.length === 0 ? null : (versions as string[]);
}
