import { runtimeFolder } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { Endpoint } from "./ask.ts";
import type { DaemonInfo } from "./info.ts";

/** Who runs the daemon that the client speaks to. */
export type EngineKind =
  | "native"
  | "rootless"
  | "snap"
  | "synology"
  | "windows-service"
  | "desktop"
  | "orbstack"
  | "colima"
  | "rancher"
  | "lima"
  /** On another machine. */
  | "remote"
  /** On this machine, seen from inside one of its containers. */
  | "outside"
  | "unknown";

/** All that tells engines apart. */
export interface Sight {
  readonly facts: Pick<HostFacts, "os" | "home" | "uid" | "env" | "person">;
  readonly isWsl: boolean;
  readonly isContainer: boolean;
  /** Where the client was found. */
  readonly client: string;
  readonly endpoint: Endpoint;
  /** Null: the daemon does not answer, or is none of this machine and was not asked. */
  readonly info: DaemonInfo | null;
  /** A daemon of this machine listens at the endpoint, as its processes show. */
  readonly isProcessSeen: boolean;
  /** A daemon is installed here, whether it runs or not. */
  readonly hasProgram: boolean;
  /** WSL: Docker Desktop serves this distribution. */
  readonly isServedByDesktop: boolean;
}

/** An engine, and the name of its profile where it may have several. */
export interface Engine {
  readonly kind: EngineKind;
  readonly profile: string;
}

/** Says which engine it is: first by what only a daemon elsewhere has, then by what the daemon says of itself, then by where it listens. */
export function engineOf(sight: Sight): Engine {
  const { endpoint, isProcessSeen } = sight;
  const found = kindByInfo(sight) ?? kindByAddress(sight);
  if (found !== null) return found;
  if (isRemote(endpoint.address) && !isProcessSeen) return engine("remote");
  const isAbsent = sight.info !== null || !sight.hasProgram;
  if (sight.isContainer && !isProcessSeen && isAbsent) return engine("outside");
  return engine(kindHere(sight));
}

function engine(kind: EngineKind, profile = ""): Engine {
  return { kind, profile };
}

/** No file of this machine is known to be the daemon's: where it does not answer itself, nothing is known of what it has in force. */
export function isElsewhere(kind: EngineKind): boolean {
  return kind === "remote" || kind === "outside" || kind === "unknown";
}

/** An address of another machine, or one that may be forwarded to one. */
export function isRemote(address: string): boolean {
  return /^(tcp|ssh|https?):/.test(address);
}

/** An address that needs no line out of this machine: asking it shows nobody anything. */
export function isNear(address: string): boolean {
  return !isRemote(address) || /^(tcp|https?):\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:|\/|$)/.test(address);
}

/** What some engines say of themselves. */
function kindByInfo({ info, endpoint }: Sight): Engine | null {
  if (info === null || !isNear(endpoint.address)) return null;
  if (/^Docker Desktop/.test(info.system)) return engine("desktop");
  if (/^OrbStack/.test(info.system)) return engine("orbstack");
  if (/^Rancher Desktop/.test(info.system) || /^lima-rancher-desktop/.test(info.host)) return engine("rancher");
  const colima = /^colima(?:-(.+))?$/.exec(info.host);
  if (colima !== null) return engine("colima", colima[1] ?? "default");
  const lima = /^lima-(.+)$/.exec(info.host);
  return lima === null ? null : engine("lima", lima[1] ?? "");
}

/** Where the virtual machines that hold an engine put its socket. */
const sockets: readonly (readonly [RegExp, EngineKind])[] = [
  [/\/\.docker\/desktop\/docker(-cli)?\.sock$/, "desktop"],
  [/docker_?desktop\w*engine$/i, "desktop"],
  [/\/\.orbstack\/run\/docker\.sock$/, "orbstack"],
  [/\/\.rd\/docker\.sock$/, "rancher"],
  [/\/\.?colima\/([^/]+)\/docker\.sock$/, "colima"],
  [/\/\.?lima\/([^/]+)\/sock\/docker\.sock$/, "lima"],
];

function kindByAddress({ endpoint, facts }: Sight): Engine | null {
  const { address } = endpoint;
  if (isRemote(address)) return null;
  if (facts.os === "darwin" && address.endsWith("/.docker/run/docker.sock")) return engine("desktop");
  for (const [pattern, kind] of sockets) {
    const match = pattern.exec(address);
    if (match !== null) return engine(kind, match[1] ?? "");
  }
  return null;
}

/** A daemon of this very system. On macOS there is none; where nothing tells whose socket it is, nothing is claimed. */
function kindHere(sight: Sight): EngineKind {
  const { facts, client, info } = sight;
  if (facts.os === "darwin") return "unknown";
  if (facts.os === "linux") return packagedKind(sight) ?? linuxKind(sight);
  return info === null && /\\Docker\\Docker\\resources\\/i.test(client) ? "desktop" : "windows-service";
}

/** Packages that keep their daemon's file elsewhere. */
function packagedKind({ info, client }: Sight): EngineKind | null {
  const root = info?.root ?? "";
  if (root.startsWith("/var/snap/") || /^(\/var\/lib\/snapd)?\/snap\//.test(client)) return "snap";
  return /^\/volume\d+\/@docker/.test(root) || client.startsWith("/var/packages/") ? "synology" : null;
}

function linuxKind(sight: Sight): EngineKind {
  const { info, isProcessSeen } = sight;
  if (isOwnSocket(sight)) return "rootless";
  if (info?.isRootless) return isProcessSeen ? "rootless" : "unknown";
  if (info === null && sight.isServedByDesktop && !sight.hasProgram) return "desktop";
  const isUsual = /^unix:\/\/(\/var)?\/run\/docker\.sock$/.test(sight.endpoint.address);
  return isUsual || isProcessSeen ? "native" : "unknown";
}

/** A daemon without root listens in the person's own run-time folder, or below the home where there is none. */
function isOwnSocket({ endpoint, facts }: Sight): boolean {
  const folders = [runtimeFolder(facts), `/run/user/${facts.person?.uid ?? facts.uid}`, `${facts.home}/.docker/run`];
  return folders.some((folder) => endpoint.address === `unix://${folder}/docker.sock`);
}

/** The part of an address that names a machine; the whole where there is none. */
export function hostIn(address: string): string {
  return URL.canParse(address) ? new URL(address).host || address : address;
}
