import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll } from "vitest";
import { type Dockerd, describeWithDockerd, startDockerd } from "../lab/dockerd.ts";
import { type Home, put, type Way } from "./driver.ts";

/** A `describe` with Docker's own daemon. `env` is the daemon's. */
export function describeWithDaemon(
  name: string,
  env: Readonly<Record<string, string>>,
  tests: (daemon: () => Daemon) => void,
): void {
  describeWithDockerd(name, () => tests(useDaemon(env)));
}

/** A daemon that sees a folder of its own as /etc/docker, and shares nothing else with the machine's. */
export interface Daemon {
  readonly pid: number;
  /** Its number, as it says itself. */
  pidFile(): Promise<string>;
  readonly socket: string;
  /** What it sees as /etc/docker/daemon.json. */
  readonly file: string;
  /** How to run our program where the daemon's files are. */
  way(home: Home, env?: Way["env"]): Way;
  /** What it has in force, as it says itself. */
  mirrors(): Promise<readonly string[]>;
  docker(...args: readonly string[]): Promise<string>;
  /** Puts its file as somebody left it, and has it taken up. Null: no file. */
  begin(text: string | null): Promise<void>;
  text(): Promise<string | null>;
}

/** Starts one daemon for a file's tests. */
function useDaemon(env: Readonly<Record<string, string>>): () => Daemon {
  let daemon: Dockerd | null = null;
  beforeAll(async () => {
    daemon = await startDockerd(null, env);
  });
  afterAll(async () => {
    if (daemon === null) return;
    for (const id of (await docker(daemon, "ps", "-aq")).stdout.split("\n").filter(Boolean))
      await docker(daemon, "rm", "-f", id);
    await daemon.stop();
  });
  return () => daemonOf(daemon as Dockerd);
}

function docker({ base, socket }: Dockerd, ...args: readonly string[]) {
  const env = { PATH: process.env.PATH, HOME: base, DOCKER_HOST: socket };
  return execa("docker", args, { env, extendEnv: false, reject: false });
}

function daemonOf(daemon: Dockerd): Daemon {
  const { file, socket, pid } = daemon;
  const mirrors = async () => (await daemon.mirrors()) ?? [];
  const reload = async (text: string, count: number) => {
    await put(file, text);
    process.kill(pid, "SIGHUP");
    while ((await mirrors()).length !== count) await setTimeout(50);
  };
  return {
    pid,
    socket,
    file,
    mirrors,
    pidFile: () => readFile(daemon.pidFile, "utf8"),
    way: (home, env = {}) => ({
      home,
      env: { DOCKER_HOST: socket, ...env },
      through: daemon.inside,
    }),
    docker: async (...args) => {
      const { exitCode, stdout, stderr } = await docker(daemon, ...args);
      if (exitCode !== 0) throw new Error(stderr);
      return stdout;
    },
    begin: async (text) => {
      await reload('{"registry-mirrors": []}', 0);
      const list = text === null ? [] : (JSON.parse(text)["registry-mirrors"] ?? []);
      if (text === null) await rm(file);
      else if (list.length > 0) await reload(text, list.length);
      else await writeFile(file, text);
    },
    text: () => readFile(file, "utf8").catch(() => null),
  };
}
