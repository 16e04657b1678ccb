// Bundles src/main.ts into dist: ES modules in lazy chunks, nothing left to install. Also collects the licences of what is bundled.
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { minify } from "rolldown/utils";
import { isLeftOut, parserBytes, parserFile, slim } from "./slim.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

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
  charset: "utf8",
  format: "esm",
  platform: "node",
  target: "node20.18",
  mainFields: ["module", "main"],
  plugins: [slim],
  define: { "import.meta.url": "__moduleUrl" },
  metafile: true,
  logLevel: "warning",
});
for (const name of await readdir(aside)) await toCommonJs(join(aside, name));
await writeFile(join(aside, parserFile), parserBytes());
await writeFile(join(aside, "mirrors.json"), await shippedCatalog());

const bundled = new Set(
  Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && !isLeftOut(path))
    .flatMap(([path]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
);
await rm(join(root, "dist"), { recursive: true, force: true });
await rename(aside, join(root, "dist"));
await writeFile(join(root, "THIRD_PARTY_NOTICES"), await notices([...bundled].sort()));
if (process.argv.includes("--sizes")) printSizes(metafile);

/**
 * Node's loader of ES modules alone costs a quarter of what Node takes to start; `require` next to nothing. esbuild cuts a program into lazy chunks only
 * as ES modules, so each chunk is turned afterwards. What esbuild adds so that modules of both kinds may be mixed is taken out again: ours never are.
 */
async function toCommonJs(path) {
  const code = await readFile(path, "utf8");
  const url = 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;';
  const target = { format: "cjs", platform: "node", target: "node20.18", charset: "utf8" };
  const turned = await transform(code, { ...target, supported: { "dynamic-import": false } });
  const bare = turned.code
    .replace("var stdin_exports = {};\n", "")
    .replace("__export(stdin_exports, {", "__export(exports, {")
    .replace("module.exports = __toCommonJS(stdin_exports);", "")
    .replace(/__toESM\((require\("\.\/[^"]+"\))\)/g, "$1");
  if (/stdin_exports|__toCommonJS\(/.test(bare)) throw new Error(`${path}: esbuild turns modules in another way now`);
  const banner = `"use strict";${code.includes("__moduleUrl") ? url : ""}`;
  const shaken = await transform(bare, { ...target, minifySyntax: true, treeShaking: true, banner });
  await writeFile(path, await minified(path, shaken.code));
}

/**
 * By rolldown's minifier, which names things as gzip likes them: the package is 8 kB smaller than by esbuild's. Chunks that nothing is taken from are not
 * loaded: esbuild keeps them for what loading them might do, and no module of ours, or of a library, does anything then.
 */
async function minified(path, code) {
  const result = await minify(path, code, { compress: { target: "node20" }, mangle: { toplevel: true } });
  if (result.errors.length > 0) throw new Error(`${path}: ${result.errors[0].message}`);
  return result.code.replace(/(?<=;)(require\("\.\/chunk-[^"]+"\)[,;])+/g, "");
}

/** The catalog as it is published: without the spaces and the notes, and of the evidence its sources and dates; the rest is read where the catalog is kept. */
async function shippedCatalog() {
  const catalog = JSON.parse(await readFile(join(root, "mirrors.json"), "utf8"));
  const bare = ({ source, date }) => ({ source, date });
  const mirrors = catalog.mirrors.map(({ evidence, note: _, ...mirror }) => ({
    ...mirror,
    evidence: evidence.map(bare),
  }));
  return JSON.stringify({ ...catalog, mirrors });
}

/**
 * Every licence once: under the names and copyright lines of all that come under just these words, however they are wrapped. llhttp is named by hand: its
 * compiled form comes with undici, without its licence (https://github.com/nodejs/llhttp/blob/main/LICENSE).
 */
async function notices(names) {
  const under = new Map();
  const add = (title, text) => {
    const at = Math.max(text.search(/^(Permission|Redistribution) /m), 0);
    const terms = text.slice(at).replace(/[*_]/g, "").replace(/\s+/g, " ");
    const about = `${title}\n${text.slice(0, at).replace(/^.*\blicense\b.*$/gim, "")}`.replace(/\n\s*\n/g, "\n").trim();
    const known = under.get(terms) ?? { text: text.slice(at), abouts: [] };
    under.set(terms, { ...known, abouts: [...known.abouts, about] });
  };
  const licences = new Map();
  for (const name of names) {
    const folder = join(root, "node_modules", name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    licences.set(name, (file ? await readFile(join(folder, file), "utf8") : `License: ${about.license}`).trim());
    add(`${name} ${about.version} (${about.license})`, licences.get(name));
  }
  const mit = licences.get("undici");
  const terms = mit.slice(mit.indexOf("Permission is hereby granted"));
  add("llhttp, as compiled into undici (MIT)", `Copyright Fedor Indutny, 2018.\n\n${terms}`);
  const parts = [...under.values()].map(
    ({ text, abouts }) => `${"-".repeat(72)}\n${[...new Set(abouts)].join("\n")}\n\n${text}\n`,
  );
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
