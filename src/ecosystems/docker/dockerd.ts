import { runtimeFolder } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import { textAt } from "../reading.ts";
import { jsonIn, memberOf } from "../untrusted.ts";

/** What a daemon was started with, as far as it concerns us. https://docs.docker.com/reference/cli/dockerd/ */
export interface DaemonFlags {
  readonly configFile: string | null;
  readonly pidFile: string | null;
  readonly hosts: readonly string[];
  /** Mirrors are given on the command line, so that the file must not name any. */
  readonly namesMirrors: boolean;
}

/** A daemon that runs on this machine, in our view of its files. */
export interface RunningDaemon extends DaemonFlags {
  readonly pid: number;
  /** The file with its number. */
  readonly pidFile: string;
}

/** Where a system's daemon keeps its number unless told otherwise. */
export const usualPidFile = "/var/run/docker.pid";

/** What the flags say. */
export function flagsIn(args: readonly string[]): DaemonFlags {
  const valuesOf = (...names: readonly string[]) =>
    args.flatMap((arg, index) => {
      const name = names.find((each) => arg === each || arg.startsWith(`${each}=`));
      return name === undefined ? [] : [arg === name ? (args[index + 1] ?? "") : arg.slice(name.length + 1)];
    });
  return {
    configFile: valuesOf("--config-file").at(-1) ?? null,
    pidFile: valuesOf("--pidfile", "-p").at(-1) ?? null,
    hosts: valuesOf("--host", "-H"),
    namesMirrors: valuesOf("--registry-mirror").length > 0,
  };
}

/**
 * The daemon that listens on an address, found among the processes of this machine. It counts if the file with its number, as we see it, says this very
 * number: the daemon of a container has a file system of its own, and its settings are not where ours are.
 */
export async function daemonAt(read: ReadPort, address: string): Promise<RunningDaemon | null> {
  for (const [pid, args] of await daemonProcesses(read)) {
    const flags = flagsIn(args);
    const place = await ownPlace(read, pid, flags);
    if (place === null) continue;
    const hosts = flags.hosts.length > 0 ? flags.hosts : await hostsInFile(read, flags);
    const addresses = hosts.length === 0 ? [place.socket] : hosts;
    const isThis = addresses.some((host) => isSame(host.startsWith("fd://") ? place.socket : host, address));
    if (isThis) return { ...flags, pid, pidFile: place.pidFile };
  }
  return null;
}

interface ProcessPlace {
  readonly pidFile: string;
  /** Where it listens unless told otherwise. */
  readonly socket: string;
}

/** Where a process has put its number, the system's daemon or a person's own; null where no file that we see says this number. */
async function ownPlace(read: ReadPort, pid: number, { pidFile }: DaemonFlags): Promise<ProcessPlace | null> {
  const runtime = runtimeFolder(read.facts);
  const persons = { pidFile: `${runtime}/docker.pid`, socket: `unix://${runtime}/docker.sock` };
  const usual = [{ pidFile: usualPidFile, socket: "unix:///var/run/docker.sock" }, persons];
  const [first] = usual;
  const places = pidFile === null ? usual : [{ pidFile, socket: first?.socket ?? "" }];
  for (const place of places) {
    if ((await textAt(read, place.pidFile)).trim() === String(pid)) return place;
  }
  return null;
}

async function daemonProcesses(read: ReadPort): Promise<[number, string[]][]> {
  if (read.facts.os !== "linux") return [];
  const found: [number, string[]][] = [];
  for (const name of await read.names("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const [program = "", ...args] = (await textAt(read, `/proc/${name}/cmdline`)).split("\0");
    if (/(^|\/)dockerd(-\w+)?$/.test(program)) found.push([Number(name), args]);
  }
  return found;
}

async function hostsInFile(read: ReadPort, { configFile }: DaemonFlags): Promise<string[]> {
  const hosts = memberOf(jsonIn(await textAt(read, configFile ?? systemFile)), "hosts");
  return Array.isArray(hosts) ? hosts.filter((host) => typeof host === "string") : [];
}

/** The file that a system's daemon reads unless told otherwise. */
export const systemFile = "/etc/docker/daemon.json";

function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((address) =>
    address.replace("///var/run/", "///run/").replace("0.0.0.0", "127.0.0.1"),
  );
  return one === other;
}
