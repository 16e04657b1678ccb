import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lab } from "./index.ts";
import { inThrowAwayHome, type Run, runTool } from "./tools.ts";

/** A real Docker daemon of one test. */
export interface Daemon {
  /** Runs the `docker` command against it, with no settings of anybody. */
  docker(...args: readonly string[]): Promise<Run>;
  stop(): Promise<void>;
}

/** Where the real hub would be asked, nobody listens: nothing leaves the machine. */
const noWayOut = {
  HTTPS_PROXY: "http://127.0.0.1:1",
  HTTP_PROXY: "http://127.0.0.1:1",
  NO_PROXY: "127.0.0.1",
} as const;

/** Why no daemon can be started here, or null: it takes root, and namespaces of its own. */
export async function daemonObstacle(): Promise<string | null> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "a Docker daemon takes root";
  const { code } = await runTool("unshare", ["--mount", "true"], tmpdir(), { PATH: process.env.PATH });
  return code === 0 ? null : "a Docker daemon takes a mount namespace";
}

/** Starts a daemon with its own folders, its own containerd and these mirrors. It sees the machine's files and leaves no mount behind. */
export async function startDaemon(lab: Lab, mirrors: readonly string[]): Promise<Daemon> {
  const home = await mkdtemp(join(tmpdir(), "lab-dockerd-"));
  const at = (name: string) => join(home, name);
  await writeFile(at("daemon.json"), JSON.stringify({ "registry-mirrors": mirrors }));
  const socket = `unix://${at("d.sock")}`;
  const folders = ["--data-root", at("data"), "--exec-root", at("exec"), "--pidfile", at("pid"), "-H", socket];
  const quiet = ["--config-file", at("daemon.json"), "--iptables=false", "--ip6tables=false", "--bridge=none"];
  const env = { PATH: process.env.PATH ?? "", HOME: home, ...lab.env, ...noWayOut };
  const child = spawn("unshare", ["--mount", "dockerd", ...quiet, ...folders], { env, stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const docker: Daemon["docker"] = (...args) =>
    runTool("docker", ["-H", socket, ...args], home, { ...env, DOCKER_CONFIG: home });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  for (let left = 100; (await docker("version")).code !== 0; left -= 1) {
    if (left === 0 || child.exitCode !== null) {
      await stop();
      throw new Error("dockerd does not start");
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { docker, stop };
}

/** Runs the real `podman` in a throw-away home, with a mirror for the hub where one is given. */
export function runPodman(lab: Lab, mirror: string | null, args: readonly string[]): Promise<Run> {
  return inThrowAwayHome("podman", async (home) => {
    const registries = join(home.path, "registries.conf");
    const named = mirror === null ? "" : `[[registry.mirror]]\nlocation = "${new URL(mirror).host}"\n`;
    await writeFile(registries, `[[registry]]\nprefix = "docker.io"\nlocation = "docker.io"\n${named}`);
    const own = { CONTAINERS_REGISTRIES_CONF: registries, XDG_RUNTIME_DIR: home.path };
    const policy = join(home.path, "policy.json");
    await writeFile(policy, '{ "default": [{ "type": "insecureAcceptAnything" }] }');
    const folders = ["--root", join(home.path, "root"), "--runroot", join(home.path, "run"), "--storage-driver", "vfs"];
    const [command = "", ...rest] = args;
    const signed = command === "pull" ? ["--signature-policy", policy] : [];
    return await runTool("podman", [...folders, command, ...signed, ...rest], home.path, {
      ...home.env,
      ...lab.env,
      ...noWayOut,
      ...own,
    });
  });
}
