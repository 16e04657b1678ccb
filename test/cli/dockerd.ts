import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, describe, it } from "vitest";
import { findTool } from "../lab/tools.ts";
import { type Home, put, type Way } from "./driver.ts";

const tools = ["dockerd", "docker", "unshare", "nsenter"];
const lacking = [
  ...tools.filter((tool) => findTool(tool) === null),
  ...(process.getuid?.() === 0 ? [] : ["root"]),
  ...(existsSync("/etc/docker") ? [] : ["/etc/docker"]),
];
const canStart = lacking.length === 0 && spawnSync("unshare", ["-m", "true"]).status === 0;

/** A `describe` with Docker's own daemon. Without one its tests are skipped by name and said so on stderr; in CI that is a failure. */
export function describeWithDaemon(name: string, tests: (daemon: () => Daemon) => void): void {
  if (canStart) {
    describe(name, () => tests(useDaemon()));
    return;
  }
  const why = `SKIPPED: no ${lacking.join(", ") || "right to a mount name space"}: ${name}`;
  if (process.env.CI === "true") {
    it(why, () => {
      throw new Error(why);
    });
    return;
  }
  process.stderr.write(`${why}\n`);
  it.skip(why, () => undefined);
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
function useDaemon(): () => Daemon {
  let base = "";
  let child: ChildProcess | null = null;
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), "mirror-setup-dockerd-"));
    await mkdir(join(base, "etc"));
    const own = ["data-root", "exec-root"].map((name) => `--${name}=${join(base, name)}`);
    const apart = ["--iptables=false", "--ip6tables=false", "--bridge=none"];
    const places = ["--pidfile", join(base, "pid"), "-H", `unix://${join(base, "sock")}`];
    const steps = 'mount --bind "$0/etc" /etc/docker && exec dockerd "$@"';
    child = spawn("unshare", ["-m", "sh", "-c", steps, base, ...own, ...apart, ...places], { stdio: "ignore" });
    while ((await docker(base, "info")).exitCode !== 0) await setTimeout(100);
  }, 60_000);
  afterAll(async () => {
    for (const id of (await docker(base, "ps", "-aq")).stdout.split("\n").filter(Boolean)) {
      await docker(base, "rm", "-f", id);
    }
    child?.kill("SIGTERM");
    if (child !== null) await once(child, "exit");
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }, 60_000);
  return () => daemonIn(base, child?.pid ?? 0);
}

function docker(base: string, ...args: readonly string[]) {
  const env = { PATH: process.env.PATH, HOME: base, DOCKER_HOST: `unix://${join(base, "sock")}` };
  return execa("docker", args, { env, extendEnv: false, reject: false });
}

function daemonIn(base: string, pid: number): Daemon {
  const file = join(base, "etc", "daemon.json");
  const socket = `unix://${join(base, "sock")}`;
  const mirrors = async () => {
    const { stdout } = await docker(base, "info", "--format", "{{json .RegistryConfig.Mirrors}}");
    return (JSON.parse(stdout) as string[] | null) ?? [];
  };
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
    pidFile: () => readFile(join(base, "pid"), "utf8"),
    way: (home, env = {}) => ({
      home,
      env: { DOCKER_HOST: socket, ...env },
      through: ["nsenter", "-t", String(pid), "-m"],
    }),
    docker: async (...args) => {
      const { exitCode, stdout, stderr } = await docker(base, ...args);
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
