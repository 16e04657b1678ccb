import { prefixHashes } from "./artefacts/archives.ts";
import {
  bulkPackage,
  greetPackage,
  makePackages,
  middlingPackage,
  type NpmPackage,
  npmCanaries,
} from "./artefacts/npm-packages.ts";
import { pause, untilStale } from "./artefacts/releases.ts";
import { once } from "./compose.ts";
import { httpMiddleware } from "./http-faults.ts";
import { isNpmFile, npmMiddleware } from "./protocols/npm-faults.ts";
import { npmHandler } from "./protocols/npm-registry.ts";
import { makeNpmForger, makeNpmSigner, type NpmSigner } from "./protocols/npm-signer.ts";
import type { World } from "./types.ts";

/** What the lab's npm mirrors serve, how they fail, and what the catalog says about it. */
export interface NpmWorld extends World {
  /** Every package version of a fresh mirror. */
  readonly packages: readonly NpmPackage[];
  /** The `probes.npm` of the catalog. */
  readonly probes: object;
}

/** Builds and signs the packages, and (only when asked for) their tampered doubles. `now`: as in `makePyWorld`. */
export function makeNpmWorld(now = Date.now()): NpmWorld {
  const signer = makeNpmSigner();
  const packages = makePackages(now, { tampered: false });
  const altered = once(() => makePackages(now, { tampered: true }));
  const registry = (own: readonly NpmPackage[], served = own) =>
    npmHandler({ packages: own, served, signed: signedFor(own, packages), signer });
  const stale = once(() => registry(untilStale(packages, now)));
  const tampered = once(() => registry(packages, altered()));
  const lying = once(() => registry(altered()));
  const ofHttp = httpMiddleware({ isFile: isNpmFile, userAgent: "npm/" });
  const ofNpm = npmMiddleware({ stale, tampered, lying, forger: makeNpmForger(signer) });
  return {
    mirror: registry(packages),
    middleware: (fault) => ofHttp(fault) ?? ofNpm(fault),
    packages,
    probes: probes(packages, signer),
  };
}

/** Upstream's versions of the same names and numbers: what its signatures are of. */
function signedFor(own: readonly NpmPackage[], upstream: readonly NpmPackage[]): readonly NpmPackage[] {
  return own.map((each) => find(upstream, each));
}

function find(packages: readonly NpmPackage[], wanted: { readonly name: string; readonly version: string }) {
  const found = packages.find(({ name, version }) => name === wanted.name && version === wanted.version);
  if (!found) throw new Error(`the lab has no ${wanted.name}@${wanted.version}`);
  return found;
}

function probes(packages: readonly NpmPackage[], { keyid, key }: NpmSigner): object {
  const { name, version, integrity } = find(packages, greetPackage);
  const bulk = [bulkPackage, middlingPackage].map((wanted) => {
    const { name, version, integrity, tarball } = find(packages, wanted);
    return { package: name, version, size: tarball.length, integrity, prefixes: prefixHashes(tarball) };
  });
  const keys = [{ keyid, key, expires: null }];
  return { package: name, version, integrity, canaries: npmCanaries, pause, keys, bulk };
}
