import { type Json, jsonIn, memberOf, objectOf, textIn } from "../untrusted.ts";

/** What a daemon says of itself. https://docs.docker.com/reference/api/engine/version/v1.50/#tag/System/operation/SystemInfo */
export interface DaemonInfo {
  readonly version: string;
  /** `Docker Desktop`, `OrbStack`, or the distribution's name. */
  readonly system: string;
  /** `linux`, or `windows` where containers are of Windows. */
  readonly containers: string;
  /** Its host's name. */
  readonly host: string;
  /** Where it keeps its data. */
  readonly root: string;
  readonly isRootless: boolean;
  /** Images are kept, and fetched, by containerd instead of by a graph driver. */
  readonly usesContainerd: boolean;
  /** In force; each ends in a slash. */
  readonly mirrors: readonly string[];
  /** The address that credentials for its own registry are kept under. */
  readonly index: string | null;
  /** What it calls its own registry. */
  readonly registries: readonly string[];
  /** The same, and where it is, as hosts. */
  readonly upstreamHosts: readonly string[];
  readonly proxies: readonly string[];
}

/** Reads `docker info --format '{{json .}}'`. Null: no daemon has answered; its version is empty then. */
export function parseInfo(text: string): DaemonInfo | null {
  const info = jsonIn(text);
  const version = textIn(info, "ServerVersion") ?? "";
  if (info === null || version === "") return null;
  const config = objectOf(memberOf(info, "RegistryConfig"));
  const registries = registriesIn(objectOf(memberOf(config, "IndexConfigs")));
  const index = textIn(info, "IndexServerAddress");
  const say = (name: string) => textIn(info, name) ?? "";
  return {
    version,
    system: say("OperatingSystem"),
    containers: say("OSType"),
    host: say("Name"),
    root: say("DockerRootDir"),
    isRootless: textsIn(info, "SecurityOptions").some((option) => /\bname=rootless\b/.test(option)),
    usesContainerd: JSON.stringify(memberOf(info, "DriverStatus") ?? null).includes("io.containerd.snapshotter"),
    mirrors: textsIn(config, "Mirrors"),
    index,
    registries,
    upstreamHosts: hostsOf(index, registries),
    proxies: ["HttpProxy", "HttpsProxy"].map(say).filter((proxy) => proxy !== ""),
  };
}

/** The texts in a member that is a list. */
function textsIn(found: Json | null, name: string): string[] {
  const member = memberOf(found, name);
  return Array.isArray(member) ? member.filter((item) => typeof item === "string") : [];
}

function registriesIn(configs: Json | null): string[] {
  return Object.entries(configs ?? {}).flatMap(([name, about]) =>
    memberOf(objectOf(about), "Official") === true ? [name] : [],
  );
}

/** The index's host, the registry's name, and the host that serves its images: the daemon names the first two. */
function hostsOf(index: string | null, registries: readonly string[]): string[] {
  const names = registries.flatMap((name) => [name, `registry-1.${name}`]);
  return index !== null && URL.canParse(index) ? [new URL(index).host, ...names] : names;
}
