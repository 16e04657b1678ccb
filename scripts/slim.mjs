// What of the libraries is not bundled: modules behind options that we never set. test/build runs what we do use of them, in the built bundle.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const llhttp = join(root, "node_modules", "undici", "lib", "llhttp");

/** undici's parser of HTTP, as a file beside the chunks: binary and compressed, it is a quarter of the text that undici keeps it in. */
export const parserFile = "llhttp.wasm.br";

/** The parser that asks no SIMD of a processor: as large and for our few answers as quick as the other, and it also runs where V8 has none (loong64). */
export function parserBytes() {
  return brotliCompressSync(require(join(llhttp, "llhttp-wasm.js")));
}

const parserLoader = `module.exports = require("node:zlib").brotliDecompressSync(
  require("node:fs").readFileSync(require("node:path").join(__dirname, ${JSON.stringify(parserFile)})));`;

const nothing = "() => undefined";

/** Of signals that end a tool; others are only named. */
const signals = {
  SIGABRT: "Aborted",
  SIGBUS: "Bus error",
  SIGHUP: "Hang-up",
  SIGINT: "Interrupt",
  SIGKILL: "Killed",
  SIGSEGV: "Segmentation fault",
  SIGTERM: "Termination",
};

/**
 * By a module's path below node_modules: what stands in for it. `null`: nothing that we do comes there, and its exports throw; a string: the module; an
 * object: its exports. A reason beside each.
 */
const instead = {
  // chalk guesses at the terminal; the level is ours to set.
  "chalk/source/vendor/supports-color/index.js": "export default { stdout: false, stderr: false };",

  // Inquirer: two of its prompts, with our own signs and colours. Nothing spins. Its lines are wrapped anywhere, as it asks, and have no links in them.
  "@inquirer/prompts/dist/index.js":
    'export { default as input } from "@inquirer/input"; export { default as select, Separator } from "@inquirer/select";',
  "@inquirer/figures/dist/index.js": 'export default { pointer: "", tick: "" };',
  "@inquirer/core/dist/lib/use-prefix.js": { usePrefix: '() => ""' },
  "cli-width/index.js": "module.exports = ({ defaultWidth, output }) => output.columns || defaultWidth;",
  "fast-wrap-ansi/lib/main.js": `import widthOf from "fast-string-width";
    export function wrapAnsi(line, columns) {
      let width = 0;
      const add = (character) => {
        const wide = widthOf(character);
        width += wide;
        if (width <= columns) return character;
        width = wide;
        return "\\n" + character;
      };
      return line.split(/(\\u001b\\[[0-9;]*m)/).map((part, index) => (index % 2 ? part : [...part].map(add).join(""))).join("");
    }`,

  // execa: only execa() itself, asynchronous, with a program and its arguments. No execaSync, $, scripts, templates, execaNode.
  "execa/index.js":
    'import { createExeca } from "./lib/methods/create.js"; export const execa = createExeca(() => ({}));',
  "execa/lib/methods/main-sync.js": null,
  "execa/lib/methods/template.js": { isTemplateString: "() => false", parseTemplates: nothing },
  "execa/lib/methods/node.js": { handleNodeOption: "(file, args, options) => [file, args, options]" },
  // No subprocess.pipe(), .readable(), .writable(), .duplex().
  "execa/lib/pipe/setup.js": null,
  "execa/lib/convert/add.js": { addConvertedStreams: nothing },
  // No `ipc`, no `gracefulCancel` (which needs it).
  "execa/lib/ipc/methods.js": { addIpcMethods: nothing },
  "execa/lib/ipc/ipc-input.js": { validateIpcInputOption: nothing, sendIpcInput: nothing },
  "execa/lib/ipc/buffer-messages.js": {
    waitForIpcOutput: "async ({ ipcOutput }) => ipcOutput",
    getBufferedIpcOutput: "async (_, ipcOutput) => ipcOutput",
  },
  "execa/lib/terminate/graceful.js": { validateGracefulCancel: nothing, throwOnGracefulCancel: "() => []" },
  // No `verbose`, nor by NODE_DEBUG: it prints arguments.
  "execa/lib/verbose/info.js": { getVerboseInfo: "() => ({})" },
  "execa/lib/verbose/start.js": { logCommand: nothing },
  "execa/lib/verbose/complete.js": { logResult: nothing },
  "execa/lib/verbose/output.js": { shouldLogOutput: "() => false", logLines: nothing },
  // `stdin: "ignore"`, and stdout and stderr read to one string each, UTF-8: no transforms, files, streams or lists of them, no `input`, `all`, `lines`.
  "execa/lib/stdio/handle-async.js": {
    handleStdioAsync: `(options) => {
      options.stdio = [options.stdin, "pipe", "pipe"];
      return options.stdio.map((value, fd) => (
        { direction: fd === 0 ? "input" : "output", objectMode: false, stdioItems: [{ type: "native", value }] }
      ));
    }`,
  },
  "execa/lib/stdio/handle.js": { cleanupCustomStreams: nothing },
  "execa/lib/stdio/type.js": { TRANSFORM_TYPES: "new Set()" },
  "execa/lib/io/output-async.js": { pipeOutputAsync: nothing },
  "execa/lib/resolve/all-async.js": { makeAllStream: nothing, waitForAllStream: "async () => undefined" },
  "execa/lib/transform/split.js": { getSplitLinesGenerator: nothing },
  "execa/lib/arguments/encoding-option.js": { validateEncoding: nothing, BINARY_ENCODINGS: "new Set()" },
  "get-stream/source/array.js": null,
  "get-stream/source/array-buffer.js": null,
  // No `cancelSignal`.
  "execa/lib/terminate/cancel.js": { validateCancelSignal: nothing, throwOnCancel: "() => []" },
  // What a signal is called beside its name: the few that end a tool, not five kilobytes of all of them (three of which are the licence).
  "human-signals/build/src/main.js": {
    signalsByName: `new Proxy(${JSON.stringify(signals)}, { get: (texts, name) => ({ description: texts[name] ?? "signal" }) })`,
  },
  // No `preferLocal`; no web streams.
  "npm-run-path/index.js": null,
  "@sec-ant/readable-stream/dist/ponyfill/index.js": null,

  // undici: only Client over HTTP/1.1. We offer no HTTP/2, open the connections ourselves, send no bodies, compose nothing, and nobody subscribes.
  "undici/index.js": 'module.exports = { Client: require("./lib/dispatcher/client.js") };',
  "undici/lib/dispatcher/client-h2.js": "",
  "undici/lib/core/connect.js": "",
  "undici/lib/web/fetch/body.js": "",
  "undici/lib/handler/wrap-handler.js": "",
  "undici/lib/util/stats.js": "",
  "undici/lib/core/diagnostics.js":
    "module.exports = { channels: new Proxy({}, { get: () => ({ hasSubscribers: false }) }) };",
  // Known names of headers, spelt and in a tree, to save a toLowerCase().
  "undici/lib/core/constants.js": "module.exports = { headerNameLowerCasedRecord: Object.create(null) };",
  "undici/lib/core/tree.js": "module.exports = { tree: { lookup: () => undefined } };",
  // Of the parser's many tables two are read. Both of its forms are the one that is a file.
  "undici/lib/llhttp/constants.js": () => {
    const { ERROR, TYPE } = require(join(llhttp, "constants.js"));
    return `module.exports = ${JSON.stringify({ ERROR, TYPE })};`;
  },
  "undici/lib/llhttp/llhttp-wasm.js": parserLoader,
  "undici/lib/llhttp/llhttp_simd-wasm.js": parserLoader,
};

/** Whether nothing of a module is bundled, so that its licence need not be either. */
export function isLeftOut(path) {
  return Object.hasOwn(instead, belowModules(path));
}

/** The plugin that puts these in. Throws at the end of a build in which one of them was never asked for: the library has changed. */
export const slim = {
  name: "slim",
  setup: ({ onLoad, onResolve, onEnd }) => {
    const met = new Set();
    // commander's way to run other programs, with all of Node's sockets behind it: a fifth of the time that `--help` takes.
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /node_modules.commander/.test(importer) ? { path: "child_process", namespace: "none" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "module.exports = {};" }));
    onLoad(
      {
        filter:
          /node_modules.(@inquirer|chalk|cli-width|fast-wrap-ansi|execa|get-stream|human-signals|npm-run-path|@sec-ant|undici)\W/,
      },
      ({ path }) => {
        const name = belowModules(path);
        if (!Object.hasOwn(instead, name)) return undefined;
        met.add(name);
        return { contents: contentsOf(path, instead[name]), loader: "js", resolveDir: dirname(path) };
      },
    );
    onEnd(() => {
      const stale = Object.keys(instead).filter((name) => !met.has(name));
      if (stale.length > 0) throw new Error(`scripts/slim.mjs names what no library loads: ${stale.join(", ")}`);
    });
  },
};

function belowModules(path) {
  return path.replaceAll("\\", "/").replace(/^.*node_modules\//, "");
}

function contentsOf(path, stand) {
  if (typeof stand === "string") return stand;
  if (typeof stand === "function") return stand();
  const names = stand ?? Object.fromEntries(exportsOf(path).map((name) => [name, unused(name)]));
  return Object.entries(names)
    .map(([name, value]) => (name === "default" ? `export default ${value};` : `export const ${name} = ${value};`))
    .join("\n");
}

function unused(name) {
  return `() => { throw new Error(${JSON.stringify(`${name} is not in this bundle`)}); }`;
}

function exportsOf(path) {
  const code = readFileSync(path, "utf8");
  const named = [...code.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)].map(([, name]) => name);
  const listed = [...code.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) =>
    list.split(",").map((item) => item.trim().split(" as ").at(-1)),
  );
  return [...named, ...listed, ...(/^export default/m.test(code) ? ["default"] : [])];
}
