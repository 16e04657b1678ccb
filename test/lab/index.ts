import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { greetPackage, newerPackage } from "./artefacts/npm-packages.ts";
import { greetWheel, newerWheel } from "./artefacts/wheels.ts";
import { makeCatalog } from "./catalog.ts";
import { once } from "./compose.ts";
import { type DockerWorld, makeDockerWorld } from "./docker-world.ts";
import { faultTables, type LabEcosystem } from "./faults.ts";
import { type GoWorld, makeGoWorld } from "./go-world.ts";
import { type OpenHost, openHost } from "./host.ts";
import { makeNpmWorld, type NpmWorld } from "./npm-world.ts";
import { makePyWorld, type PyWorld } from "./py-world.ts";
import { type Certificates, makeCertificates } from "./tls.ts";
import type { HostSpec, LabHost, World } from "./types.ts";

export type { HostSpec, LabHost } from "./types.ts";

/**
 * A small world on loopback that speaks the real protocols of go, pip, npm and docker over TLS with its own CA. What the hosts
 * serve is made by `makeGoWorld`, `makePyWorld`, `makeNpmWorld` and `makeDockerWorld`, which need no sockets; what can be
 * wrong with them is listed in faults.ts; `runGo`, `runPip`, `runNpm` and `startDaemon` try them with the real tools.
 */
export interface Lab {
  /** The lab's own temporary folder, mode 0700; `close` removes it. */
  readonly directory: string;
  /** The lab's CA, PEM. */
  readonly caFile: string;
  /** The catalog as a file, for `--catalog`. */
  readonly catalogFile: string;
  readonly catalog: object;
  /** The checksum database: its verifier key, and a host that serves it at its root (also `host("sumdb")`). */
  readonly sumdb: { readonly key: string; readonly url: string };
  /**
   * What a child process needs to trust the lab, whichever tool it is; no proxy variables and no addresses of mirrors.
   * GOSUMDB is the lab's key, which makes `go` ask the proxy for the database; where the proxy has none, give it
   * `${key} ${url}`, or it would ask the real sum.golang.org.
   */
  readonly env: Readonly<Record<string, string>>;
  /** What a real `go get` can fetch, at its first version and its latest, and the go.sum hashes of the first. */
  readonly module: {
    readonly path: string;
    readonly version: string;
    readonly latest: string;
    readonly modH1: string;
    readonly zipH1: string;
  };
  /** What a real `pip install` can fetch, at its first version and its latest; a stale mirror has the first only. */
  readonly wheel: { readonly project: string; readonly version: string; readonly latest: string };
  /** The same for `npm install`; it has a command of its own name. `@corp/thing` needs it. */
  readonly npmPackage: { readonly name: string; readonly version: string; readonly latest: string };
  /** A host by its id; an unknown id throws. */
  host(id: string): LabHost;
  /** Ends every connection and listener and removes the folder. Nothing of the lab keeps the process alive after. */
  close(): Promise<void>;
}

/** Starts the hosts given, and the database's own. The process that calls it is the one that serves. */
export async function startLab(specs: readonly HostSpec[]): Promise<Lab> {
  const certificates = await makeCertificates();
  const worlds = makeWorlds();
  const hosts = await openHosts(specs, worlds, certificates);
  const host = (id: string) => {
    const found = hosts.get(id);
    if (!found) throw new Error(`the lab has no host "${id}"`);
    return found;
  };
  const { key, module } = worlds.go();
  const sumdb = { key, url: host("sumdb").url };
  const catalog = makeCatalog(specs, host, probesOf(specs, worlds, sumdb.url));
  const files = await writeFiles(certificates.ca, catalog);
  const { path, version, modH1, zipH1 } = module;
  const close = async () => {
    for (const each of hosts.values()) each.close();
    await rm(files.directory, { recursive: true, force: true });
  };
  return {
    ...files,
    catalog,
    sumdb,
    env: environment(files.caFile, key),
    module: { path, version, latest: "v1.1.0", modH1, zipH1 },
    wheel: { ...greetWheel, latest: newerWheel.version },
    npmPackage: { ...greetPackage, latest: newerPackage.version },
    host,
    close,
  };
}

interface Worlds {
  readonly go: () => GoWorld;
  readonly pip: () => PyWorld;
  readonly npm: () => NpmWorld;
  readonly docker: () => DockerWorld;
}

/** Each made when its first host is. */
function makeWorlds(): Worlds {
  return {
    go: once(() => makeGoWorld()),
    pip: once(() => makePyWorld()),
    npm: once(() => makeNpmWorld()),
    docker: once(() => makeDockerWorld()),
  };
}

/** The probes of every ecosystem that has a host. */
function probesOf(specs: readonly HostSpec[], { go, pip, npm, docker }: Worlds, reference: string): object {
  const has = (wanted: LabEcosystem) => specs.some(({ ecosystem }) => ecosystem === wanted);
  return {
    go: go().probes(reference),
    ...(has("pip") ? { pip: pip().probes } : {}),
    ...(has("npm") ? { npm: npm().probes } : {}),
    ...(has("docker") ? { docker: docker().probes } : {}),
  };
}

/** All of them healthy first, so that each has its own port; then their faults. */
async function openHosts(specs: readonly HostSpec[], worlds: Worlds, certificates: Certificates) {
  const all: readonly HostSpec[] = [{ id: "sumdb" }, ...specs];
  if (new Set(all.map(({ id }) => id)).size < all.length) throw new Error("host ids must differ; sumdb is taken");
  const open = async (spec: HostSpec) => {
    const { id, ecosystem = "go", rttMs = 4, thinkMs = 0, bytesPerSecond = 50e6, port = 0 } = spec;
    const { mirror, middleware }: World = worlds[ecosystem]();
    const handler = id === "sumdb" ? worlds.go().reference : mirror;
    const mirrorPath = ecosystem === "pip" ? "/simple" : "";
    const link = { rttMs, thinkMs, bytesPerSecond };
    const faults = faultTables[ecosystem];
    return [id, await openHost({ id, link, port, certificates, handler, middleware, faults, mirrorPath })] as const;
  };
  const hosts: ReadonlyMap<string, OpenHost> = new Map(await Promise.all(all.map(open)));
  try {
    for (const { id, fault } of specs) hosts.get(id)?.setFault(fault ?? null);
  } catch (error) {
    for (const each of hosts.values()) each.close();
    throw error;
  }
  return hosts;
}

async function writeFiles(ca: string, catalog: object) {
  const directory = await mkdtemp(join(tmpdir(), "mirror-lab-"));
  const caFile = join(directory, "ca.pem");
  const catalogFile = join(directory, "catalog.json");
  await writeFile(caFile, ca);
  await writeFile(catalogFile, `${JSON.stringify(catalog, null, 2)}\n`);
  return { directory, caFile, catalogFile };
}

/**
 * Go and Python's own ssl read SSL_CERT_FILE, Node the second. pip has PIP_CERT, but a REQUESTS_CA_BUNDLE that happens to
 * be set beats it; npm's cafile, which may stand in a settings file, replaces what Node trusts.
 */
function environment(caFile: string, key: string): Record<string, string> {
  const ofAll = { SSL_CERT_FILE: caFile, NODE_EXTRA_CA_CERTS: caFile };
  const ofTools = { PIP_CERT: caFile, REQUESTS_CA_BUNDLE: caFile, npm_config_cafile: caFile };
  return { ...ofAll, ...ofTools, GOFLAGS: "-modcacherw", GOSUMDB: key };
}
