import { bulkWheel, pyCanaries } from "../artefacts/wheels.ts";
import { instead, portalRedirect, rewritten, withHeader } from "../compose.ts";
import { type Fault, type OwnFault, pipFaults } from "../faults.ts";
import { notFound } from "../http.ts";
import type { Handler, Middleware } from "../types.ts";
import { projectOfPath } from "./pypi.ts";

/** The other worlds that a bad index may serve from, each a handler for every path. */
export interface PyWorlds {
  /** As of three days ago. */
  readonly stale: () => Handler;
  /** The right index, altered wheels behind it. */
  readonly tampered: () => Handler;
  /** Altered wheels, and an index that agrees with them. */
  readonly lying: () => Handler;
}

/** The middleware of every fault that is about the protocols of pip. */
export function pypiMiddleware(worlds: PyWorlds): (fault: Fault) => Middleware | null {
  const everything = () => true;
  const missing = () => () => notFound;
  const table: Record<OwnFault<"pip">, Middleware> = {
    stale: instead(everything, worlds.stale),
    tampered: instead((path) => isPyFile(path) && !isBulk(path), worlds.tampered),
    "tampered-bulk": instead(isBulk, worlds.tampered),
    "tampered-index": instead(everything, worlds.lying),
    "no-artefact": instead((path) => !isCanary(path), missing),
    "no-bulk": instead(isBulk, missing),
    "portal-redirect": portalRedirect,
    "no-serial": rewritten(isPage, (page) => page.replace(/\n<!--SERIAL \d+-->$|,"_last-serial":"\d+"/, "")),
    "html-only": (request, next) => next(withHeader(request, "accept", "text/html")),
  };
  return (fault) => (typeof fault === "string" && fault in pipFaults ? table[fault as OwnFault<"pip">] : null);
}

/** Whether a path is a wheel, or the metadata beside it. */
export function isPyFile(path: string): boolean {
  return path.startsWith("/packages/");
}

function isPage(path: string): boolean {
  return projectOfPath(path) !== null;
}

function isBulk(path: string): boolean {
  return path.endsWith(".whl") && fileProject(path) === bulkWheel.project;
}

function isCanary(path: string): boolean {
  const project = projectOfPath(path) ?? fileProject(path);
  return pyCanaries.some((canary) => canary === project);
}

function fileProject(path: string): string | undefined {
  return path.split("/").at(-1)?.split("-")[0]?.replaceAll("_", "-");
}
