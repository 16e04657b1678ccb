import { createHash } from "node:crypto";
import type { NpmArtefact } from "../../catalog/types.ts";
import type { HttpResult } from "../../ports/types.ts";
import { type Fault, fault } from "../../probe/answers.ts";
import type { Visit } from "../../probe/types.ts";
import { faultOfFile, type Place, placeOf, wrongFile } from "../files.ts";
import type { Manifest } from "./documents.ts";

/** Bytes: what is fetched whole is small. */
export const maxTarballBytes = 1024 * 1024;

/** A tarball's file name. */
export function tarballName({ package: name, version }: Pick<NpmArtefact, "package" | "version">): string {
  return `${name.split("/").at(-1) ?? name}-${version}.tgz`;
}

/** Where a registry itself has a tarball, by the layout of the upstream's. */
function ownPlace(visit: Visit, artefact: NpmArtefact): string {
  return `${visit.base}/${artefact.package}/-/${tarballName(artefact)}`;
}

/**
 * Where npm would fetch the tarball. An address on the upstream's host stands for the registry in use (`replace-registry-host`), as lockfiles have
 * it: https://github.com/npm/cli/blob/latest/workspaces/config/lib/definitions/definitions.js . Foreign is what does not begin with the registry's own
 * address; npm 12 refuses that (`allow-remote`).
 */
export function tarballPlace(visit: Visit, { tarball }: Manifest, pin: NpmArtefact): Place | Fault {
  const own = { ok: true, url: ownPlace(visit, pin), isForeign: false } as const;
  if (tarball === null || (visit.isUpstream(tarball) && !visit.isUpstream(visit.base))) return own;
  const registry = new URL(`${visit.base}/`).href;
  const place = placeOf(tarball, registry, tarballName(pin), visit);
  return place.ok ? { ...place, isForeign: !place.url.startsWith(registry) } : place;
}

/** Where a registry has another tarball, given where it has one: `/NAME/-/NAME-1.0.0.tgz` and `/NAME/1.0.0/…` both say the package in the path. */
export function siblingPlace(visit: Visit, known: string, from: NpmArtefact, to: NpmArtefact): string {
  const url = new URL(known);
  const folder = url.pathname.slice(0, url.pathname.lastIndexOf("/") + 1);
  const isUsual = url.pathname === folder + tarballName(from) && folder.includes(`/${from.package}/`);
  if (!isUsual || url.search !== "") return ownPlace(visit, to);
  const other = folder.replace(`/${from.package}/`, `/${to.package}/`).replace(`/${from.version}/`, `/${to.version}/`);
  url.pathname = other + tarballName(to);
  return url.href;
}

/** Whether an answer is the tarball that the world has, by its integrity: https://w3c.github.io/webappsec-subresource-integrity/ */
export function checkTarball(result: HttpResult, pin: NpmArtefact): { ok: true } | Fault {
  const file = tarballName(pin);
  const bad = faultOfFile(result, file);
  if (bad !== null || !result.ok) return bad ?? fault("not-a-mirror", { code: "other-file", args: { file } });
  const found = `sha512-${createHash("sha512").update(result.body).digest("base64")}`;
  return found === pin.integrity ? { ok: true } : wrongFile(result.body, file);
}
