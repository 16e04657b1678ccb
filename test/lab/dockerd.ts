import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { findTool } from "./tools.ts";
import { describeWhere } from "./where.ts";

const lacking = [
  ...["dockerd", "docker", "unshare", "nsenter"].filter((tool) => findTool(tool) === null),
  ...(process.getuid?.() === 0 ? [] : ["root"]),
  ...(existsSync("/etc/docker") ? [] : ["/etc/docker"]),
];

/** Whether this machine can run a Docker daemon of the tests' own. */
export const canStartDockerd: boolean = lacking.length === 0 && spawnSync("unshare", ["-m", "true"]).status === 0;

/** Tests that do. */
export function describeWithDockerd(name: string, tests: () => void): void {
  describeWhere(canStartDockerd, `no ${lacking.join(", ") || "right to a mount name space"}`, name, tests);
}

/** Where the real hub would be asked, nobody listens: nothing leaves the machine. */
export const noWayOut = {
  HTTPS_PROXY: "http://127.0.0.1:1",
  HTTP_PROXY: "http://127.0.0.1:1",
  NO_PROXY: "127.0.0.1",
} as const;

/** Proxies of who runs the tests would be a way out, and be seen in what is tested. */
const noProxies = { HTTPS_PROXY: "", HTTP_PROXY: "", https_proxy: "", http_proxy: "" } as const;

/**
 * What a daemon is started by, in its own mount name space: a folder of its own for /etc/docker, and no name of a host known but the machine's own, so
 * that it can ask nobody outside for anything, whatever its settings are. https://man7.org/linux/man-pages/man5/nsswitch.conf.5.html
 */
const steps = [
  'mount --bind "$0/etc" /etc/docker',
  'echo "hosts: files" > "$0/nsswitch.conf" && mount --bind "$0/nsswitch.conf" /etc/nsswitch.conf',
  'echo "127.0.0.1 localhost" > "$0/hosts" && mount --bind "$0/hosts" /etc/hosts',
  'exec dockerd "$@"',
].join(" && ");

/** A real daemon with a folder of its own for /etc/docker, in a mount name space of its own; it touches neither the machine's network nor its daemon. */
export interface Dockerd {
  /** All of its files are below. */
  readonly base: string;
  /** Its daemon.json, from outside. */
  readonly file: string;
  readonly socket: string;
  readonly pidFile: string;
  readonly pid: number;
  /** Goes before a command that is to see its /etc/docker. */
  readonly inside: readonly [string, ...string[]];
  /** What it has in force; null while it does not answer. */
  mirrors(): Promise<string[] | null>;
  stop(): Promise<void>;
}

/**
 * Starts one.
 *
 * @param settings its daemon.json; null: none.
 * @param more variables beside those of the tests.
 */
export async function startDockerd(
  settings: string | null = null,
  more: Readonly<Record<string, string>> = {},
): Promise<Dockerd> {
  const base = await mkdtemp(join(tmpdir(), "dockerd-"));
  await chmod(base, 0o755);
  await mkdir(join(base, "etc"));
  const file = join(base, "etc", "daemon.json");
  if (settings !== null) await writeFile(file, settings);
  const socket = `unix://${join(base, "sock")}`;
  const own = ["data-root", "exec-root", "pidfile"].map((name) => `--${name}=${join(base, name)}`);
  const apart = ["--iptables=false", "--ip6tables=false", "--bridge=none", `--host=${socket}`];
  const daemon = spawn("unshare", ["-m", "sh", "-c", steps, base, ...own, ...apart], {
    env: { ...process.env, HOME: base, ...noProxies, ...more },
    stdio: "ignore",
  });
  // From now on: who waits only when it is to stop would wait for ever for one that has died by itself.
  const end = once(daemon, "exit");
  const mirrors = async () => {
    const info = ["-H", socket, "info", "--format", "{{json .RegistryConfig.Mirrors}}"];
    const { exitCode, stdout } = await execa("docker", info, { reject: false, timeout: 5000 });
    return exitCode === 0 ? ((JSON.parse(stdout) as string[] | null) ?? []) : null;
  };
  const stop = async () => {
    daemon.kill("SIGTERM");
    await end;
    await rm(base, { recursive: true, force: true, maxRetries: 5 });
  };
  const latest = Date.now() + 45_000;
  while ((await mirrors()) === null) {
    if (daemon.exitCode !== null || daemon.signalCode !== null || Date.now() > latest) {
      await stop();
      throw new Error("dockerd does not start");
    }
    await setTimeout(100);
  }
  const pidFile = join(base, "pidfile");
  const pid = (await readFile(pidFile, "utf8")).trim();
  return {
    base,
    file,
    socket,
    pidFile,
    pid: Number(pid),
    inside: ["nsenter", "-t", pid, "-m"],
    mirrors,
    stop,
  };
}
