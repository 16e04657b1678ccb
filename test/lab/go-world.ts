import { bulk, type GoModule, greet, makeModules, middling } from "./artefacts/go-modules.ts";
import { once } from "./compose.ts";
import { httpMiddleware } from "./http-faults.ts";
import { goMiddleware, isGoFile } from "./protocols/go-faults.ts";
import { goProxyHandler, modulePath } from "./protocols/go-proxy.ts";
import { makeSumDb, sumDbHandler } from "./protocols/go-sumdb.ts";
import { makeForger, makeSigner } from "./protocols/note.ts";
import type { Handler, World } from "./types.ts";

/** The name that `go` knows the public database by; the key is the lab's own. */
const sumDbName = "sum.golang.org";
/** Records in the database now, and in that of a stale mirror. */
const records = 96;
const staleRecords = 40;
/** How many records the lab's database would gain in a day: a stale mirror is a week behind. */
const recordsPerDay = 8;

/** One ecosystem of the lab: what its hosts serve, how they fail, and what the catalog says about it. */
export interface GoWorld extends World {
  /** The checksum database itself, at its root. */
  readonly reference: Handler;
  /** The verifier key of the database. */
  readonly key: string;
  /** The module that real tools fetch, at `v1.0.0`. */
  readonly module: GoModule;
  /** The `probes.go` of the catalog. */
  probes(referenceUrl: string): object;
}

/** Builds the modules, the database over them, and (only when asked for) their tampered doubles. */
export function makeGoWorld(): GoWorld {
  const signer = makeSigner(sumDbName);
  const modules = makeModules({ tampered: false });
  const db = makeSumDb(signer, modules, records);
  const mirror = (sumDb: Handler) => goProxyHandler({ modules, sumDbName, sumDb });
  const tampered = once(() => {
    const altered = makeModules({ tampered: true });
    const forged = sumDbHandler(makeSumDb(makeForger(signer), altered, records), records);
    return goProxyHandler({ modules: altered, sumDbName, sumDb: forged });
  });
  const stale = once(() => mirror(sumDbHandler(db, staleRecords)));
  const ofHttp = httpMiddleware({ isFile: isGoFile, userAgent: "Go-http-client" });
  const ofGo = goMiddleware({ tampered, stale });
  return {
    mirror: mirror(sumDbHandler(db, records)),
    reference: sumDbHandler(db, records),
    middleware: (fault) => ofHttp(fault) ?? ofGo(fault),
    key: signer.verifierKey,
    module: find(modules, greet),
    probes: (reference) => probes(modules, { key: signer.verifierKey, reference, recordsPerDay }),
  };
}

function probes(modules: readonly GoModule[], sumdb: object): object {
  const { path, version, modH1, zipH1 } = find(modules, greet);
  const whole = { path: modulePath(middling.path, middling.version, "zip"), h1: find(modules, middling).zipH1 };
  return {
    api: { path: modulePath(path, version, "mod"), h1: modH1 },
    zip: { path: modulePath(path, version, "zip"), h1: zipH1 },
    bulk: { path: modulePath(bulk.path, bulk.version, "zip"), firstEntry: `${bulk.path}@${bulk.version}/`, whole },
    sumdb: { ...sumdb, lookup: `${path}@${version}` },
  };
}

function find(modules: readonly GoModule[], wanted: { readonly path: string; readonly version: string }): GoModule {
  const found = modules.find(({ path, version }) => path === wanted.path && version === wanted.version);
  if (!found) throw new Error(`the lab has no ${wanted.path}@${wanted.version}`);
  return found;
}
