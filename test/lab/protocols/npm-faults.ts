import { bulkPackage, middlingPackage, npmCanaries } from "../artefacts/npm-packages.ts";
import { instead, portalRedirect, rewritten } from "../compose.ts";
import { type Fault, npmFaults, type OwnFault } from "../faults.ts";
import type { Handler, Middleware } from "../types.ts";
import { missing, tarballPath } from "./npm-registry.ts";
import { type NpmSigner, signPackage } from "./npm-signer.ts";

/** The other worlds that a bad registry may serve from, each a handler for every path; and who signs for it. */
export interface NpmWorlds {
  /** As of three days ago. */
  readonly stale: () => Handler;
  /** The right documents, altered tarballs behind them. */
  readonly tampered: () => Handler;
  /** Altered tarballs, and documents that agree with them. */
  readonly lying: () => Handler;
  readonly forger: NpmSigner;
}

/** The middleware of every fault that is about npm's protocol. */
export function npmMiddleware({ stale, tampered, lying, forger }: NpmWorlds): (fault: Fault) => Middleware | null {
  const everything = () => true;
  const nothing = () => (request: { readonly path: string }) => missing(request.path);
  const table: Record<OwnFault<"npm">, Middleware> = {
    stale: instead(everything, stale),
    tampered: instead((path) => isNpmFile(path) && !isLarge(path), tampered),
    "tampered-bulk": instead(isLarge, tampered),
    "tampered-index": instead(everything, lying),
    "no-artefact": instead((path) => !isCanary(path), nothing),
    "no-bulk": instead(isLarge, nothing),
    "portal-redirect": portalRedirect,
    "foreign-tarball-host": foreignHost,
    "no-signatures": rewritten(isDocument, (text) => changed(text, unsigned)),
    "bad-signature": rewritten(isDocument, (text) => changed(text, forged(forger))),
    "no-time": rewritten(isDocument, (text) => JSON.stringify({ ...JSON.parse(text), time: undefined })),
  };
  return (fault) => (typeof fault === "string" && fault in npmFaults ? table[fault as OwnFault<"npm">] : null);
}

/** Whether a path is a tarball. */
export function isNpmFile(path: string): boolean {
  return path.endsWith(".tgz");
}

function isLarge(path: string): boolean {
  return path === tarballPath(bulkPackage) || path === tarballPath(middlingPackage);
}

function isDocument(path: string): boolean {
  return !isNpmFile(path) && !path.startsWith("/-/");
}

function isCanary(path: string): boolean {
  return npmCanaries.some((name) => path.split("/").includes(name));
}

const foreignHost: Middleware = async (request, next, site) =>
  request.companion ? next(request) : next({ ...request, origin: await site.companion("https") });

/** What is changed of a version's document. */
interface VersionDocument {
  readonly name: string;
  readonly version: string;
  readonly dist: { readonly integrity: string; readonly signatures?: readonly { readonly keyid: string }[] };
}

type Change = (document: VersionDocument) => VersionDocument;

/** Changes a version's document, or all those of a packument. */
function changed(text: string, change: Change): string {
  const found = JSON.parse(text) as VersionDocument | { readonly versions: Readonly<Record<string, VersionDocument>> };
  if (!("versions" in found)) return JSON.stringify(change(found));
  const versions = Object.entries(found.versions).map(([version, each]) => [version, change(each)] as const);
  return JSON.stringify({ ...found, versions: Object.fromEntries(versions) });
}

function unsigned(document: VersionDocument): VersionDocument {
  const { signatures: _, ...dist } = document.dist;
  return { ...document, dist };
}

function forged(forger: NpmSigner): Change {
  return (document) => {
    const { name, version, dist } = document;
    const sig = signPackage(name, version, dist.integrity, forger);
    return { ...document, dist: { ...dist, signatures: [{ keyid: forger.keyid, sig }] } };
  };
}
