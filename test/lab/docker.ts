import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { noWayOut, startDockerd } from "./dockerd.ts";
import type { Lab } from "./index.ts";
import { inThrowAwayHome, type Run, runTool } from "./tools.ts";

/** A real Docker daemon of one test. */
export interface Daemon {
  /** Runs the `docker` command against it, with no settings of anybody. */
  docker(...args: readonly string[]): Promise<Run>;
  stop(): Promise<void>;
}

/** Starts a daemon with these mirrors, which trusts the lab and reaches nothing else. */
export async function startDaemon(lab: Lab, mirrors: readonly string[]): Promise<Daemon> {
  const env = { ...lab.env, ...noWayOut };
  const { base, socket, stop } = await startDockerd(JSON.stringify({ "registry-mirrors": mirrors }), env);
  const own = { PATH: process.env.PATH ?? "", HOME: base, DOCKER_CONFIG: base };
  return { docker: (...args) => runTool("docker", ["-H", socket, ...args], base, { ...own, ...env }), stop };
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
