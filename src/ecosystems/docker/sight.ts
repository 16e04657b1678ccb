import type { ReadPort } from "../../ports/types.ts";
import { once } from "../once.ts";
import type { Installation } from "../types.ts";
import { askWsl } from "../wsl.ts";
import { askDaemon, askEndpoint } from "./ask.ts";
import { daemonAt, type RunningDaemon } from "./dockerd.ts";
import { type Engine, engineOf, isNear, type Sight } from "./engine.ts";

/** The engine that the client speaks to, and what was seen of it. */
export interface Seen extends Sight {
  readonly engine: Engine;
  readonly running: RunningDaemon | null;
}

/** Looks at the daemon that the client speaks to. One on another machine is not asked: that might want a password, and its settings are not here. Null: the client names none. */
export async function look(read: ReadPort, installation: Installation): Promise<Seen | null> {
  const endpoint = await askEndpoint(read, installation);
  if (endpoint === null) return null;
  const { address } = endpoint;
  const info = isNear(address) ? await askDaemon(read, installation, address) : null;
  const running = isNear(address) ? await daemonAt(read, address) : null;
  const isWsl = (await askWsl(read)).kind !== "none";
  const sight: Sight = {
    facts: read.facts,
    isWsl,
    isContainer: await isContainer(read),
    client: installation.path,
    endpoint,
    info,
    isProcessSeen: running !== null,
    hasProgram: (await daemonProgram(read)) !== null,
    // Docker Desktop mounts its own distribution into those that it serves: https://docs.docker.com/desktop/features/wsl/
    isServedByDesktop: isWsl && (await read.names("/mnt/wsl/docker-desktop")).length > 0,
  };
  return { ...sight, engine: engineOf(sight), running };
}

async function isContainer(read: ReadPort): Promise<boolean> {
  if (read.facts.os !== "linux") return false;
  const signs = await Promise.all(["/.dockerenv", "/run/.containerenv"].map((path) => read.read(path)));
  return signs.some(({ kind }) => kind === "file");
}

/** The daemon's program: often in a folder that only root has on its PATH. */
export async function daemonProgram(read: ReadPort): Promise<string | null> {
  const path = await read.which("dockerd");
  if (path !== null || read.facts.os !== "linux") return path;
  const usual = ["/usr/bin/dockerd", "/usr/sbin/dockerd", "/usr/local/bin/dockerd"];
  const states = await Promise.all(usual.map((each) => read.read(each)));
  return usual.find((_, index) => states[index]?.kind !== "missing") ?? null;
}

/** The version of a daemon's program. */
export function daemonVersion(read: ReadPort, path: string): Promise<string | null> {
  return once(read, "dockerd version", async () => {
    const { stdout } = await read.run({ argv: [path, "--version"] });
    return /^Docker version ([^\s,]+)/m.exec(stdout)?.[1] ?? null;
  });
}
