import { formatOf } from "../../../edits/index.ts";
import { ini } from "../../../edits/ini.ts";
import { mendIni } from "../../../edits/ini-mend.ts";
import { scanIni } from "../../../edits/ini-scan.ts";
import type { Scope } from "../../../plan/types.ts";
import { pathsOf, variable } from "../../../platform/paths.ts";
import { convertCommand, setCommand } from "../../../platform/shell.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Clinic, Mendable, Oddity, Place } from "../../clinic.ts";
import { textIn } from "../../reading.ts";
import type { Current } from "../../types.ts";
import { askSite } from "../ask.ts";
import type { ReadFile } from "../claims.ts";
import { readFiles } from "../current.ts";
import { wrongInPip } from "./wrong.ts";

const ownProxy = /^[^.]+\.proxy$|^PIP_PROXY$/;

export const pipClinic: Clinic = {
  wrong: wrongInPip,
  address: /^[^.]+\.index-url$|^PIP_INDEX_URL$|^index\.url$|^UV_(?:DEFAULT_)?INDEX(?:_URL)?$/,
  file: /^[^.]+\.(?:cert|client-cert)$|^(?:PIP_CERT|REQUESTS_CA_BUNDLE|SSL_CERT_FILE)$/,
  // https://docs.astral.sh/uv/concepts/authentication/certificates/; for pip, OpenSSL has its folder besides.
  spareFile: /^SSL_CERT_FILE$/,
  proxy: ownProxy,
  // Whether pip can use a SOCKS proxy, the trial shows.
  covered: ["pip-no-index", "pip-extra-index", "pip-socks", "odd-pip-encoding"],
  addresses: (value) => value.split(/\s+/).filter((word) => URL.canParse(word)),
  goesOn: () => false,
  places,
  oddities,
  complaints: [
    {
      said: /Missing dependencies for SOCKS support/,
      stage: "proxy",
      says: "odd-pip-socks",
      setting: ownProxy,
      variable: /^(?:ALL|HTTPS?)_PROXY$/i,
      value: /^socks/i,
      source: "https://github.com/pypa/pip/issues/5666",
    },
  ],
  mendable,
  takeOut: ({ tool, key }, scope) =>
    tool === "pip" ? `pip config --${{ user: "user", project: "site", system: "global" }[scope]} unset ${key}` : null,
};

async function places(read: ReadPort, tools: readonly Current[]): Promise<readonly Place[]> {
  const files = await filesOf(read, tools);
  const inFiles = files.flatMap((file) => {
    const { path, entries } = file;
    const base = { tool: "pip", source: path, editable: { format: "ini", scope: scopeOf(file) } } as const;
    return entries.map(({ key, value, line }): Place => ({ ...base, key, value: value.trim(), line }));
  });
  const names = Object.keys(read.facts.env).filter((name) =>
    /^(?:PIP_|UV_|REQUESTS_CA_BUNDLE$|SSL_CERT_FILE$)/.test(name),
  );
  const outside = names.flatMap((key): Place[] => {
    const value = variable(read.facts, key);
    return value === null ? [] : [{ tool: "pip", key, value, source: `env:${key}`, line: null, editable: null }];
  });
  return [...inFiles, ...ofUv(tools), ...outside];
}

/** uv's own settings, as it was looked at. */
function ofUv(tools: readonly Current[]): Place[] {
  return tools
    .filter(({ tool }) => tool !== "pip")
    .flatMap(({ tool, settings }) =>
      settings.flatMap(({ value, source, line }): Place[] =>
        value === null || source === "default" || source.startsWith("env:")
          ? []
          : [{ tool, key: "index.url", value, source, line, editable: null }],
      ),
    );
}

async function filesOf(read: ReadPort, tools: readonly Current[]): Promise<readonly ReadFile[]> {
  const installation = tools.find(({ tool }) => tool === "pip")?.installation ?? null;
  const site = installation === null ? null : await askSite(read, installation);
  return readFiles(read, { site }, installation?.version ?? null);
}

async function oddities(read: ReadPort, tools: readonly Current[]): Promise<readonly Oddity[]> {
  const files = await filesOf(read, tools);
  const twice = files.flatMap(({ path, state }) => spelledTwice(path, textIn(state)));
  return [...twice, ...inOtherEncoding(tools, read), ...(await strayFiles(read))];
}

async function mendable(read: ReadPort, tools: readonly Current[], file: string): Promise<Mendable | null> {
  const found = (await filesOf(read, tools)).find(({ path }) => path === file);
  if (found === undefined) return null;
  const text = textIn(found.state);
  const mended = mendIni(text);
  if (mended === text) return null;
  const addresses = ini
    .entries(mended)
    .flatMap(({ key, value }) => (pipClinic.address.test(key) ? pipClinic.addresses(value) : []));
  return { tool: "pip", file, editable: { format: "ini", scope: scopeOf(found) }, addresses };
}

function scopeOf({ level }: ReadFile): Scope {
  return level === "global" ? "system" : level === "site" ? "project" : "user";
}

/** `index_url` and `index-url` are one option: pip takes the last, and `pip config` changes the other. Source: pip/_internal/configuration.py, _normalize_name */
function spelledTwice(path: string, text: string): Oddity[] {
  return scanIni(text).sections.flatMap(({ options }) =>
    options.flatMap((option, at): Oddity[] => {
      const other = options.slice(at + 1).find(({ key, name }) => key === option.key && name !== option.name);
      if (other === undefined) return [];
      const args = { first: option.name, second: other.name, line: other.lines[0].number };
      const message = { code: "odd-pip-twice", level: "warn", args } as const;
      return [{ severity: "warn", message, where: `${path}:${option.lines[0].number}`, repair: null }];
    }),
  );
}

/** A text in an encoding that pip does not expect: of another editor, or in a locale that knows no Chinese. */
function inOtherEncoding(tools: readonly Current[], { facts }: ReadPort): Oddity[] {
  return tools.flatMap(({ obstacle }): Oddity[] => {
    if (obstacle?.code !== "odd-pip-encoding") return [];
    const { encoding, file } = obstacle.args;
    // With a locale that knows UTF-8 it is the file that is in another encoding, and in China that is one.
    const repair = /^utf-?8/i.test(String(encoding))
      ? convertCommand(facts, String(file), "GB18030")
      : setCommand(facts, "PYTHONUTF8", "1");
    return [{ severity: "error", message: obstacle, where: String(file), repair }];
  });
}

/** Names and folders of another system, as articles give them; pip looks at none of these here. */
async function strayFiles(read: ReadPort): Promise<Oddity[]> {
  const { home, os } = read.facts;
  if (home === null || os === "win32") return [];
  const { join } = pathsOf(read.facts);
  const strays = [
    ["pip", "pip.ini"],
    [".pip", "pip.ini"],
    [".config", "pip", "pip.ini"],
    ["pip.conf"],
    [".pip.conf"],
    ["pip", "pip.conf"],
  ];
  const found = await Promise.all(
    strays.map(async (parts) => {
      const path = join(home, ...parts);
      const entries = (await formatOf("ini")).entries(textIn(await read.read(path)));
      const entry = entries.find(({ key }) => key.endsWith(".index-url"));
      return entry === undefined ? null : `${path}:${entry.line}`;
    }),
  );
  return found.flatMap((where): Oddity[] => {
    const message = { code: "odd-pip-place", level: "warn", args: {} } as const;
    return where === null ? [] : [{ severity: "warn", message, where, repair: null }];
  });
}
