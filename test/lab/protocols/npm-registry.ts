import type { NpmPackage } from "../artefacts/npm-packages.ts";
import { file, text } from "../http.ts";
import type { Handler, LabRequest, Reply } from "../types.ts";
import { type NpmSigner, signPackage } from "./npm-signer.ts";

/** What a registry serves. */
export interface NpmRegistry {
  /** What its documents say. */
  readonly packages: readonly NpmPackage[];
  /** Whose tarballs it has, one for each of `packages`: not the same where they were tampered with. */
  readonly served: readonly NpmPackage[];
  /** Whose integrity was signed, one for each of `packages`: not the same where the registry lies. */
  readonly signed: readonly NpmPackage[];
  readonly signer: NpmSigner;
}

/** A package version with the signature it is shown with. */
interface Shown extends NpmPackage {
  readonly signature: object;
}

const abbreviated = "application/vnd.npm.install-v1+json";

/**
 * A registry: `/<package>` in full or abbreviated, `/<package>/<version or tag>`, `/-/package/<package>/dist-tags`, tarballs
 * at `/<package>/-/<file>.tgz`. Everything else, audits included, is 404, as on real mirrors.
 * https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md
 */
export function npmHandler(registry: NpmRegistry): Handler {
  const tarballs = new Map(registry.served.map((each) => [tarballPath(each), each.tarball]));
  const shown = registry.packages.map((each, index) => show(each, registry.signed[index] ?? each, registry.signer));
  return (request) => {
    const { method, path } = request;
    if (method !== "GET" && method !== "HEAD") return missing(path);
    const body = tarballs.get(path);
    if (body) return file(request, body, "application/octet-stream");
    const tagged = /^\/-\/package\/(.+)\/dist-tags$/.exec(path)?.[1];
    if (tagged !== undefined) return tagsReply(request, of(shown, tagged));
    const [, name = "", version] = /^\/((?:@[^/]+\/)?[^/@-][^/]*)(?:\/([^/]+))?$/.exec(path) ?? [];
    const versions = of(shown, name);
    return version === undefined ? packument(request, versions) : document(request, versions, version);
  };
}

/** Where a tarball is. */
export function tarballPath({ name, version }: { readonly name: string; readonly version: string }): string {
  return `/${name}/-/${name.split("/").at(-1)}-${version}.tgz`;
}

/** What a registry says where it has nothing, in the words of cnpmcore. */
export function missing(path: string): Reply {
  return reply(404, { error: `[NOT_FOUND] ${path.slice(1)} not found` });
}

function reply(status: number, body: object, type = "application/json; charset=utf-8"): Reply {
  return text(status, JSON.stringify(body), { "content-type": type });
}

function show(own: NpmPackage, signed: NpmPackage, signer: NpmSigner): Shown {
  const sig = signPackage(signed.name, signed.version, signed.integrity, signer);
  return { ...own, signature: { keyid: signer.keyid, sig } };
}

function of(shown: readonly Shown[], wanted: string): readonly Shown[] {
  return shown.filter(({ name }) => name === wanted);
}

/** The newest of each tag. */
function distTags(versions: readonly Shown[]): Record<string, string> {
  return Object.fromEntries(versions.map(({ tag, version }) => [tag, version]));
}

function tagsReply({ path }: LabRequest, versions: readonly Shown[]): Reply {
  return versions.length > 0 ? reply(200, distTags(versions)) : missing(path);
}

function document(request: LabRequest, versions: readonly Shown[], wanted: string): Reply {
  const version = distTags(versions)[wanted] ?? wanted;
  const found = versions.find((each) => each.version === version);
  return found ? reply(200, versionDocument(found, request)) : missing(request.path);
}

function versionDocument(shown: Shown, request: LabRequest): object {
  const { name, version, manifest, integrity, shasum, signature } = shown;
  const dist = { integrity, shasum, tarball: originOf(request) + tarballPath(shown), signatures: [signature] };
  return { ...manifest, _id: `${name}@${version}`, dist };
}

/** The registry's own address, as it would be in its settings; without a socket, from the Host header. */
function originOf({ origin, headers }: LabRequest): string {
  return origin ?? `https://${headers.host ?? "localhost"}`;
}

function packument(request: LabRequest, versions: readonly Shown[]): Reply {
  const [first] = versions;
  if (!first) return missing(request.path);
  const { name } = first;
  const documents = Object.fromEntries(versions.map((each) => [each.version, versionDocument(each, request)]));
  const head = { name, "dist-tags": distTags(versions), versions: documents };
  const times = versions.map(({ at }) => at);
  const modified = iso(Math.max(...times));
  if (request.headers.accept?.includes(abbreviated)) return reply(200, { ...head, modified }, abbreviated);
  const published = versions.map(({ version, at }) => [version, iso(at)] as const);
  const time = { created: iso(Math.min(...times)), modified, ...Object.fromEntries(published) };
  return reply(200, { _id: name, ...head, time });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
