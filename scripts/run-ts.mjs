// Runs a TypeScript file of this repository on any supported Node: bundles it to a temporary place beside node_modules, then imports it.
import { mkdtemp, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [file, ...args] = process.argv.slice(2);
const folder = await mkdtemp(join(root, "node_modules", ".run-ts-"));
const outfile = join(folder, "main.mjs");
await build({
  entryPoints: [resolve(file)],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.18",
  packages: "external",
  logLevel: "warning",
});
process.argv.splice(1, process.argv.length - 1, resolve(file), ...args);
process.on("exit", () => void rm(folder, { recursive: true, force: true }));
await import(pathToFileURL(outfile).href);
await rm(folder, { recursive: true, force: true });
