/*
 * Holds the published package to its budget: people install it over slow lines, so every kilobyte is theirs. Of what is packed, some 90 kB are libraries
 * (HTTP as the tools speak it, running programs, commands, prompts, TOML), 30 kB the words in two languages, 20 kB the READMEs, which npm always packs, 10 kB
 * the catalog, and the rest are four ecosystems, the wizard and the doctor. At 64 kB a second 320 kB take 5 seconds, at 500 kB a second 0.6; once, then npx
 * has it.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const mostPacked = 320_000;
const mostUnpacked = 900_000;

const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"]);
const parsed = JSON.parse(stdout);
const [pack] = Array.isArray(parsed) ? parsed : Object.values(parsed);
const { dependencies = {} } = JSON.parse(await readFile("package.json", "utf8"));
const names = pack.files.map(({ path }) => path);
const wanted = [
  "bin/mirror-setup.cjs",
  "dist/main.cjs",
  "dist/llhttp.wasm.br",
  "dist/mirrors.json",
  "LICENSE",
  "README.md",
  "README.zh-CN.md",
  "THIRD_PARTY_NOTICES",
];
const complaints = [
  ...(pack.size > mostPacked ? [`packed size ${pack.size} is over ${mostPacked}`] : []),
  ...(pack.unpackedSize > mostUnpacked ? [`unpacked size ${pack.unpackedSize} is over ${mostUnpacked}`] : []),
  ...wanted.filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
  ...names.filter((name) => /\.map$|^(src|test)\//.test(name)).map((name) => `${name} must not be published`),
  ...Object.keys(dependencies).map((name) => `${name} is a runtime dependency`),
];
for (const complaint of complaints) console.error(complaint);
console.log(`package: ${pack.size} bytes packed, ${pack.unpackedSize} unpacked, ${names.length} files`);
process.exitCode = complaints.length === 0 ? 0 : 1;
