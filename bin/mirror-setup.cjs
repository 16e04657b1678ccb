#!/usr/bin/env node
"use strict";
// CommonJS, because on Node 20 the resolver's thread pool can only be sized before the first module loads; with the usual four threads one dead
// name would hold up the look-up of healthy mirrors. (Windows: from libuv 1.52 on.)
process.env.UV_THREADPOOL_SIZE ??= "32";
const [major, minor, patch] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && (minor < 18 || (minor === 18 && patch < 1)))) {
  process.stderr.write(`mirror-setup needs Node.js 20.18.1 or newer; this is ${process.versions.node}\n`);
  process.exit(2);
}
if (
  process.argv.slice(2).find((arg) => !["--json", "--quiet", "--verbose", "--yes", "--no-color"].includes(arg)) ===
  "--version"
) {
  process.stdout.write(`${require("../package.json").version}\n`);
  process.exit(0);
}
require("../dist/main.cjs").main(process.argv.slice(2));
