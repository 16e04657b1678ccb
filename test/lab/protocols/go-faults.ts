import { bulk, middling } from "../artefacts/go-modules.ts";
import { instead } from "../compose.ts";
import { type Fault, type GoFault, goFaults } from "../faults.ts";
import { forbidden, notFound } from "../http.ts";
import type { Handler, Middleware } from "../types.ts";
import { modulePath } from "./go-proxy.ts";

/** The other worlds that a bad Go mirror may serve from, each a handler for every path. */
export interface GoWorlds {
  /** Altered files; its database is forged to agree with them. */
  readonly tampered: () => Handler;
  /** The true database as it was some time ago. */
  readonly stale: () => Handler;
}

/** The middleware of every fault that is about Go's protocols. */
export function goMiddleware(worlds: GoWorlds): (fault: Fault) => Middleware | null {
  const large = new Set([bulk, middling].map(({ path, version }) => modulePath(path, version, "zip")));
  const isZip = (path: string) => path.endsWith(".zip") && !large.has(path);
  const missing = () => () => notFound;
  const table: Record<GoFault, Middleware> = {
    "tampered-mod": instead((path) => path.endsWith(".mod"), worlds.tampered),
    "tampered-zip": instead(isZip, worlds.tampered),
    "tampered-bulk": instead((path) => large.has(path), worlds.tampered),
    stale: instead(isSumDb, worlds.stale),
    "sumdb-forged": instead(isSumDb, worlds.tampered),
    "no-sumdb": instead(isSumDb, missing),
    "sumdb-forbidden": instead(isSumDb, () => () => forbidden),
    "sumdb-supported-only": instead((path) => isSumDb(path) && !path.endsWith("/supported"), missing),
    "no-artefact": instead((path) => !isSumDb(path), missing),
    "no-bulk": instead((path) => large.has(path), missing),
  };
  return (fault) => (typeof fault === "string" && fault in goFaults ? table[fault as GoFault] : null);
}

/** Whether a path is a file that Go downloads as one piece. */
export function isGoFile(path: string): boolean {
  return path.endsWith(".zip");
}

function isSumDb(path: string): boolean {
  return path.startsWith("/sumdb/");
}
