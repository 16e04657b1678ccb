// Bundles src/main.ts into dist: ES modules in lazy chunks, nothing left to install. Also collects the licences of what is bundled.
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * What libraries load at every start and we never use: commander's way to run other programs (with all of Node's sockets behind it), chalk's guess at
 * the terminal (the level is ours to set). Together a quarter of the time that `--help` takes.
 */
const leaveOut = {
  name: "leave-out",
  setup: ({ onResolve, onLoad }) => {
    const stub = (contents) => ({ path: contents, namespace: "stub" });
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /node_modules.commander/.test(importer) ? stub("module.exports = {};") : undefined,
    );
    onResolve({ filter: /^#supports-color$/ }, () => stub("export default { stdout: false, stderr: false };"));
    onLoad({ filter: /.*/, namespace: "stub" }, ({ path }) => ({ contents: path, loader: "js" }));
  },
};

// Built aside and then swapped in, so that a program that runs meanwhile finds one or the other.
const aside = join(root, `dist.${process.pid}`);
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["src/main.ts"],
  outdir: aside,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20.18",
  mainFields: ["module", "main"],
  plugins: [leaveOut],
  define: { "import.meta.url": "__moduleUrl" },
  metafile: true,
  logLevel: "warning",
});
for (const name of await readdir(aside)) await toCommonJs(join(aside, name));

const bundled = new Set(
  Object.keys(metafile.inputs).flatMap((path) => {
    const match = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    return match ? [match[1]] : [];
  }),
);
await rm(join(root, "dist"), { recursive: true, force: true });
await rename(aside, join(root, "dist"));
await writeFile(join(root, "THIRD_PARTY_NOTICES"), await notices([...bundled].sort()));
if (process.argv.includes("--sizes")) printSizes(metafile);

/**
 * Node's loader of ES modules alone costs a quarter of what Node takes to start; `require` next to nothing. esbuild cuts a program into lazy chunks only
 * as ES modules, so each chunk is turned afterwards.
 */
async function toCommonJs(path) {
  const code = await readFile(path, "utf8");
  const url = 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;';
  const turned = await transform(code, {
    format: "cjs",
    platform: "node",
    target: "node20.18",
    minify: true,
    supported: { "dynamic-import": false },
    banner: `"use strict";${code.includes("__moduleUrl") ? url : ""}`,
  });
  await writeFile(path, turned.code);
}

/** Every licence once, under the names of all that come under just these words: most of them are by the same few people. */
async function notices(names) {
  const under = new Map();
  for (const name of names) {
    const folder = join(root, "node_modules", name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = (file ? await readFile(join(folder, file), "utf8") : `License: ${about.license}`).trim();
    under.set(text, [...(under.get(text) ?? []), `${name} ${about.version} (${about.license})`]);
  }
  const parts = [...under].map(([text, packages]) => `${"-".repeat(72)}\n${packages.join("\n")}\n\n${text}\n`);
  return ["The published bundle contains parts of the following packages.\n", ...parts].join("\n");
}

function printSizes({ outputs }) {
  for (const [path, { bytes, inputs }] of Object.entries(outputs)) {
    console.log(`${path} ${bytes}`);
    const by = {};
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? "src";
      by[name] = (by[name] ?? 0) + bytesInOutput;
    }
    for (const [name, size] of Object.entries(by).sort((a, b) => b[1] - a[1])) console.log(`    ${name} ${size}`);
  }
}
