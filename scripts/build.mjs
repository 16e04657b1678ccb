// Bundles src/main.ts into dist: ES modules in lazy chunks, nothing left to install. Also collects the licences of what is bundled.
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * undici whole is half a megabyte. What we use of it is the HTTP/1.1 client: we open the connections ourselves, offer no HTTP/2 and send no
 * bodies. Its parser comes twice, with and without SIMD; the one without runs everywhere, and our answers are small.
 */
const undiciClientOnly = {
  name: "undici-client-only",
  setup: ({ onResolve, onLoad }) => {
    const undici = join(root, "node_modules", "undici", "lib");
    onResolve({ filter: /^undici$/ }, () => ({ path: "client", namespace: "undici-shim" }));
    onLoad({ filter: /^client$/, namespace: "undici-shim" }, () => ({
      contents: `export { default as Client } from ${JSON.stringify(join(undici, "dispatcher", "client.js"))};`,
      resolveDir: root,
    }));
    onResolve({ filter: /llhttp_simd-wasm\.js$/ }, () => ({ path: join(undici, "llhttp", "llhttp-wasm.js") }));
    onResolve({ filter: /(client-h2|web\/fetch\/body)\.js$/ }, () => ({ path: "unused", namespace: "undici-shim" }));
    onLoad({ filter: /^unused$/, namespace: "undici-shim" }, () => ({
      contents: "module.exports = {};",
      loader: "js",
    }));
  },
};

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
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20.18",
  mainFields: ["module", "main"],
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  plugins: [undiciClientOnly, leaveOut],
  metafile: true,
  logLevel: "warning",
});

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

async function notices(names) {
  const parts = ["The published bundle contains parts of the following packages.\n"];
  for (const name of names) {
    const folder = join(root, "node_modules", name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(folder, file), "utf8") : `License: ${about.license}`;
    parts.push(`${"-".repeat(72)}\n${name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
  }
  parts.push(`${"-".repeat(72)}\nllhttp, as compiled into undici (MIT)\n\n${await llhttpLicence()}\n`);
  return parts.join("\n");
}

async function llhttpLicence() {
  return 'Copyright Fedor Indutny, 2018.\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:\n\nThe above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.';
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
