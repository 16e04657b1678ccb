import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { podmanTool } from "../../../src/ecosystems/docker/podman/index.ts";
import type { Choice, Knowledge } from "../../../src/ecosystems/types.ts";
import { findTool } from "../../lab/tools.ts";

export const hub = "docker.io";
export const probes = { docker: { registry: hub, repository: "library/redis", reference: "alpine" } };
export const [near, far] = ["https://near.example", "https://far.example:8443"] as const;
export const knowledge: Knowledge = { isMirror: (url) => url === near || url === far, probes };
export const userFolder = ".config/containers";
export const ownFile = `${userFolder}/registries.conf.d/50-mirror-setup.conf`;

export function mirrors(...urls: string[]): Choice {
  const chain = urls.map((url) => ({ url, mirror: null, traits: null }));
  return { kind: "mirrors", chain, privatePatterns: [], scopeRegistries: [] };
}

/** A table as people write them. */
export function table(prefix: string, ...locations: string[]): string {
  const tables = locations.map((location) => `[[registry.mirror]]\nlocation = "${location}"\n`);
  return `[[registry]]\nprefix = "${prefix}"\nlocation = "${prefix}"\n${tables.join("")}`;
}

export { podmanTool };

/** Only root can run it and leave nothing behind: for others it makes a namespace and keeps a process in it. */
export const isRoot = process.getuid?.() === 0;

/** The real podman with this home, and stores that are thrown away. */
export function podman(home: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const stores = mkdtempSync(join(tmpdir(), "mirror-setup-podman-"));
  const own = ["--root", join(stores, "r"), "--runroot", join(stores, "n"), "--tmpdir", join(stores, "t")];
  try {
    const argv = [...own, "--storage-driver", "vfs", ...args];
    return execFileSync(findTool("podman") ?? "", argv, {
      env: { PATH: process.env.PATH, HOME: home, ...env },
      encoding: "utf8",
      stdio: "pipe",
    });
  } finally {
    rmSync(stores, { recursive: true, force: true });
  }
}
