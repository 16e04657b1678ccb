import { currentDocker, type DockerCurrent } from "../../../src/ecosystems/docker/current.ts";
import { dockerTool } from "../../../src/ecosystems/docker/docker.ts";
import type { Installation } from "../../../src/ecosystems/types.ts";
import type { Scope } from "../../../src/plan/types.ts";
import type { HostFacts } from "../../../src/platform/types.ts";
import { build, type Machine, type Program } from "../../platform/machines/machine.ts";

/** What a daemon says, as far as it is asked. */
export interface Says {
  readonly version?: string;
  readonly system?: string;
  readonly containers?: string;
  readonly host?: string;
  readonly root?: string;
  readonly rootless?: boolean;
  readonly containerd?: boolean;
  readonly mirrors?: readonly string[] | null;
  readonly proxy?: string;
}

/** A machine with a Docker client. */
export interface DockerMachine {
  readonly os?: HostFacts["os"];
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly uid?: number;
  readonly client?: string;
  /** What the client prints for `--version`. */
  readonly version?: string;
  readonly endpoint?: string;
  readonly context?: string;
  /** Null: the daemon does not answer. */
  readonly says?: Says | null;
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly programs?: Readonly<Record<string, Program>>;
}

export const hub = "index.hub.example";

function infoOf(says: Says | null): object {
  if (says === null) return { ServerVersion: "", RegistryConfig: null, ServerErrors: ["Cannot connect"] };
  return {
    ServerVersion: says.version ?? "28.5.2",
    OperatingSystem: says.system ?? "Debian GNU/Linux 12 (bookworm)",
    OSType: says.containers ?? "linux",
    Name: says.host ?? "vm",
    DockerRootDir: says.root ?? "/var/lib/docker",
    SecurityOptions: ["name=seccomp,profile=builtin", ...(says.rootless ? ["name=rootless"] : [])],
    DriverStatus: says.containerd ? [["driver-type", "io.containerd.snapshotter.v1"]] : [["Supports d_type", "true"]],
    IndexServerAddress: `https://${hub}/v1/`,
    RegistryConfig: {
      IndexConfigs: { "hub.example": { Official: true }, "own.example:5000": { Official: false } },
      Mirrors: says.mirrors ?? null,
    },
    HttpProxy: says.proxy ?? "",
    HttpsProxy: "",
  };
}

/** A client that knows one endpoint; what it is asked of another address it does not answer. */
function client({ version = "Docker version 28.2.2, build e6534b4", says = {}, ...more }: DockerMachine): Program {
  const { endpoint = "unix:///var/run/docker.sock", context = "default" } = more;
  return ({ args }) => {
    if (args[0] === "--version") return `${version}\n`;
    if (args[0] === "context") return JSON.stringify([{ Name: context, Endpoints: { docker: { Host: endpoint } } }]);
    const isAsked = args[0] === "--host" && args[1] === endpoint;
    return { stdout: JSON.stringify(infoOf(isAsked ? says : null)), code: isAsked && says !== null ? 0 : 1 };
  };
}

export function dockerMachine(described: DockerMachine): Machine {
  const { os = "linux", env = {}, uid = 1000, files = {}, folders = [], programs = {} } = described;
  const windows = os === "win32";
  const home = described.home ?? (windows ? "C:\\Users\\u" : os === "darwin" ? "/Users/u" : "/home/u");
  const path = described.client ?? (windows ? "C:\\docker\\docker.exe" : "/usr/bin/docker");
  const folder = path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")));
  const PATH = windows ? folder : `${folder}:/usr/bin`;
  const facts = { os, env: { PATH, ...env }, home, uid: windows ? null : uid, cwd: home };
  return build({ facts, files, folders, programs: { [path]: client(described), ...programs } });
}

/** A dockerd that runs: its arguments as a process shows them, and the file with its number. */
export function running(pid: number, args: readonly string[], pidFile = "/var/run/docker.pid"): Record<string, string> {
  return { [`/proc/${pid}/cmdline`]: `${["/usr/bin/dockerd", ...args].join("\0")}\0`, [pidFile]: `${pid}` };
}

export interface Looked {
  readonly installation: Installation | null;
  readonly current: DockerCurrent;
}

/** Looks as a command does. */
export async function lookAt({ read }: Machine, scope?: Scope): Promise<Looked> {
  const installation = await dockerTool.detect(read);
  const current = await currentDocker(read, scope ?? installation?.scope ?? "system", installation);
  return { installation, current };
}
