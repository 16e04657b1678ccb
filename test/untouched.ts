import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** The machine's own settings, which no test may write: each works in a home, or a name space, of its own. */
const files = [
  "/etc/docker/daemon.json",
  "/etc/pip.conf",
  "/etc/containers/registries.conf.d/50-mirror-setup.conf",
  ...[".npmrc", ".yarnrc.yml", ".bunfig.toml", ".config/go/env", ".config/pip/pip.conf", ".config/uv/uv.toml"].map(
    inHome,
  ),
  ...[".config/docker/daemon.json", ".config/containers/registries.conf.d/50-mirror-setup.conf"].map(inHome),
  inHome(".local/state/mirror-setup/lock"),
];

function inHome(path: string): string {
  return join(homedir(), path);
}

function contents(): Promise<(string | null)[]> {
  return Promise.all(files.map((file) => readFile(file, "utf8").catch(() => null)));
}

/** Looks before the first test, and again behind the last. */
export default async function watch(): Promise<() => Promise<void>> {
  const before = await contents();
  return async () => {
    const after = await contents();
    const touched = files.filter((_, index) => before[index] !== after[index]);
    if (touched.length === 0) return;
    process.exitCode = 1;
    throw new Error(`the tests changed this machine's own ${touched.join(", ")}`);
  };
}
