import { isBelowNpm } from "../../platform/launcher.ts";
import { ownFolders, variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";

/** A variable that sets one of npm's keys. */
export interface ConfigVariable {
  readonly name: string;
  readonly value: string;
}

/** Which files the npm above us reads is true for us too; all else that it hands down is its own state, and no setting of the person's. */
const locations = ["userconfig", "globalconfig"];

/**
 * The person's own variable for one of npm's keys: `npm_config_KEY` in any case, the last one where there are several, empty ones not
 * counting. Below npm only names in capitals are surely the person's. Source: @npmcli/config, loadEnv.
 */
export function configVariable(facts: HostFacts, key: string): ConfigVariable | null {
  return last(facts, (name) => configKey(name) === key && (locations.includes(key) || !isHandedDown(facts, name)));
}

/** The variable that npm handed down for a key; null where npm did not start us. */
export function injectedVariable(facts: HostFacts, key: string): ConfigVariable | null {
  return last(facts, (name) => configKey(name) === key && isHandedDown(facts, name));
}

/** Any variable, by its exact name; as the person set it. */
export function plainVariable(facts: HostFacts, name: string): ConfigVariable | null {
  const value = isHandedDown(facts, name) ? null : variable(facts, name);
  return value === null ? null : { name, value };
}

/** The environment for an npm that we run: the person's own, with nothing that another npm handed down, and these keys set. */
export function npmEnvironment(
  facts: HostFacts,
  keys: Readonly<Record<string, string | null>>,
): Record<string, string | null> {
  const env: Record<string, string | null> = { ...managedFolders(facts), ...withoutInjected(facts) };
  for (const name of Object.keys(facts.env)) if (configKey(name) in keys) env[name] = null;
  for (const [key, value] of Object.entries(keys)) env[`npm_config_${key}`] = value;
  return env;
}

/** Takes out what another npm handed down. */
export function withoutInjected(facts: HostFacts): Record<string, null> {
  const names = Object.keys(facts.env).filter(
    (name) => isHandedDown(facts, name) && !locations.includes(configKey(name)),
  );
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** The person's own folders, and those where a version manager keeps the program itself. */
export function managedFolders(facts: HostFacts): Record<string, string | null> {
  return ownFolders(facts, ["XDG_CACHE_HOME", "XDG_STATE_HOME"]);
}

/**
 * Whether npm set a variable: it hands its whole configuration down as `npm_config_*` to what it starts (`npx mirror-setup`), the registry among them, and what
 * comes from a file looks as if it came from the environment. Source: @npmcli/config, lib/set-envs.js.
 */
function isHandedDown(facts: HostFacts, name: string): boolean {
  if (!isBelowNpm(facts)) return false;
  const known = /^npm_(?:(?:config|package|lifecycle)_|(?:execpath|command|node_execpath)$)/;
  return known.test(facts.os === "win32" ? name.toLowerCase() : name);
}

/** The key that a variable is for, as in `.npmrc` but with `_` for `-`; empty for other variables. */
function configKey(name: string): string {
  const [, key = ""] = /^npm_config_(.+)$/i.exec(name) ?? [];
  return key.startsWith("//") ? key : key.toLowerCase();
}

function last(facts: HostFacts, isWanted: (name: string) => boolean): ConfigVariable | null {
  const found = Object.entries(facts.env).filter(
    ([name, value]) => value !== undefined && value !== "" && isWanted(name),
  );
  const [name, value] = found.at(-1) ?? [];
  return name === undefined || value === undefined ? null : { name, value };
}
