import { isUtf16 } from "../../../edits/text.ts";
import { pathsOf } from "../../../platform/paths.ts";
import { convertCommand } from "../../../platform/shell.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Clinic, Oddity, Place } from "../../clinic.ts";
import { once } from "../../once.ts";
import type { Current } from "../../types.ts";
import { valueIn } from "../../value-in.ts";
import { askNpm } from "../ask.ts";
import { configVariable } from "../environment.ts";
import { expand, openFile } from "../levels.ts";
import { npmPlaces } from "../places.ts";
import { registryKey, wrongInNpm } from "./wrong.ts";

export const npmClinic: Clinic = {
  wrong: wrongInNpm,
  address: registryKey,
  file: /^cafile$|^npm_config_cafile$|^NODE_EXTRA_CA_CERTS$/i,
  // https://nodejs.org/api/cli.html#node_extra_ca_certsfile
  spareFile: /^NODE_EXTRA_CA_CERTS$/,
  proxy: /^(?:https?-)?proxy$/,
  covered: [],
  addresses: (value) => (URL.canParse(value) ? [value] : []),
  goesOn: () => false,
  places,
  oddities,
  folders,
  takeOut: ({ tool, key }, scope) =>
    tool === "npm" ? `npm config delete ${key} --location=${scope === "system" ? "global" : scope}` : null,
  unlock: (file) =>
    /(?:package-lock|npm-shrinkwrap)\.json$/.test(file) ? "npm ci --replace-registry-host=always" : null,
};

async function places(read: ReadPort, tools: readonly Current[]): Promise<readonly Place[]> {
  const npm = tools.find(({ tool }) => tool === "npm")?.installation ?? null;
  const { project, user, system } = await once(read, "npm places", async () => {
    const says = npm === null ? {} : await askNpm(read, npm);
    return npmPlaces(read, npm, Promise.resolve("complaint" in says ? {} : says));
  });
  const files = await Promise.all(
    (
      [
        ["project", project],
        ["user", user],
        ["system", system],
      ] as const
    ).map(async ([scope, path]) => {
      if (path === null) return [];
      const { entries } = await openFile(read, path, "npmrc");
      const base = { tool: "npm", source: path, editable: { format: "npmrc", scope } } as const;
      return entries.map(({ key, value, line }): Place => ({ ...base, key, value: expand(value, read.facts), line }));
    }),
  );
  return [...files.flat(), ...outside(read), ...ofFamily(tools)];
}

/** What Node itself reads, and what packages do that download by themselves. */
const readOutside =
  /^NODE_(?:EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED)$|^[A-Z]+_(?:MIRROR|BINARY_SITE|CDNURL|DOWNLOAD_HOST)$/;

function outside({ facts }: ReadPort): Place[] {
  const keys = ["registry", "strict_ssl", "offline", "cafile"];
  const known = keys.flatMap((key) => configVariable(facts, key) ?? []);
  const more = Object.entries(facts.env).flatMap(([name, value = ""]) =>
    value !== "" && readOutside.test(name) ? [{ name, value }] : [],
  );
  return [...known, ...more].map(({ name, value }) => {
    return { tool: "npm", key: name, value, source: `env:${name}`, line: null, editable: null };
  });
}

/** What the others of the family have in files of their own. */
function ofFamily(tools: readonly Current[]): Place[] {
  const own = tools
    .filter(({ tool }) => tool !== "npm")
    .flatMap(({ tool, settings }) => settings.map((each) => ({ tool, ...each })));
  return own.flatMap(({ tool, key, value, source, line }): Place[] => {
    const isOwnFile =
      value !== null && source !== "default" && !source.startsWith("env:") && !source.endsWith(".npmrc");
    return isOwnFile ? [{ tool, key: /^@/.test(key) ? key : "registry", value, source, line, editable: null }] : [];
  });
}

/** The cache, in which `sudo npm` leaves files of root's. https://docs.npmjs.com/cli/commands/npm-cache */
function folders({ facts }: ReadPort, places: readonly Place[]): [string, ...string[]][] {
  const { join } = pathsOf(facts);
  const own = configVariable(facts, "cache")?.value ?? valueIn(places, "cache");
  const cache = own ?? (facts.home === null ? null : join(facts.home, ".npm"));
  if (cache === null) return [];
  const below = ["tmp", "content-v2", "index-v5"].map((name) => join(cache, "_cacache", name));
  return [[cache, join(cache, "_cacache"), ...below]];
}

async function oddities(read: ReadPort, tools: readonly Current[]): Promise<readonly Oddity[]> {
  const inFiles = (await places(read, tools)).filter(({ editable }) => editable !== null);
  const utf16 = await Promise.all([...new Set(tools.map(({ file }) => file))].map((file) => inUtf16(file, read)));
  return [...credentials(tools), ...inFiles.flatMap((place) => withoutSign(place, inFiles)), ...utf16.flat()];
}

/** A credential without a registry: npm starts no installation with it. https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration */
function credentials(tools: readonly Current[]): Oddity[] {
  const found = tools.find(({ tool }) => tool === "npm")?.credentials ?? [];
  return found.map(({ key, where, bound }): Oddity => {
    const message = { code: "odd-npm-credential", level: "error", args: { key, bound } } as const;
    return { severity: "error", message, where, repair: null };
  });
}

/** `registry https://…`, `registry: …`, the whole of npm's own command: without a `=` npm takes the line for a key. https://github.com/npm/ini#readme */
function withoutSign(place: Place, inFiles: readonly Place[]): Oddity[] {
  const { key, value, source, line } = place;
  const [, address] = /^(?:npm\s+config\s+set\s+)?registry(?:\s*[:：＝]\s*|\s+)(https?:\/\/\S+)$/.exec(key) ?? [];
  if (address === undefined || value !== "true") return [];
  const message = { code: "odd-npm-line", level: "error", args: { key } } as const;
  const isTaken = inFiles.some((other) => other.source === source && other.key === "registry");
  const edits = [{ key, value: null } as const, { key: "registry", value: address }];
  const mend = isTaken ? null : { place, edits, addresses: [address], rest: "" };
  return [{ severity: "error", message, where: `${source}:${line}`, repair: null, mend }];
}

/** As PowerShell's `>` writes until its version 6. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding */
async function inUtf16(file: string, read: ReadPort): Promise<Oddity[]> {
  const state = file === "" ? null : await read.read(file);
  if (state?.kind !== "file" || !isUtf16(state.bytes)) return [];
  const message = { code: "odd-file", level: "error", args: { why: "not-text" } } as const;
  return [{ severity: "error", message, where: file, repair: convertCommand(read.facts, file, "UTF-16") }];
}
