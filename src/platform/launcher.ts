import { pathsOf, variable } from "./paths.ts";
import type { HostFacts } from "./types.ts";

/** Signs that a program was started by npm, npx or a kin of theirs. */
const marks = ["npm_execpath", "npm_lifecycle_event", "npm_config_user_agent"];

export function isBelowNpm(facts: Pick<HostFacts, "os" | "env">): boolean {
  return marks.some((name) => variable(facts, name) !== null);
}

/** The programs of a project and of all folders above it, node-gyp, and yarn's stand-ins for itself. */
const added = /[\\/](?:node_modules[\\/]\.bin|node-gyp-bin|yarn--[\d.-]+)[\\/]?$/i;

/**
 * The person's own environment again: npm, pnpm, yarn and bun put folders in front of the PATH of what they start (`npx mirror-setup`), where a project could
 * have another pnpm, or anything under the name of a tool. Source: @npmcli/run-script, lib/set-path.js.
 */
export function withoutLauncher(facts: HostFacts): HostFacts {
  if (!isBelowNpm(facts)) return facts;
  const { delimiter } = pathsOf(facts);
  const isPath = (name: string) => (facts.os === "win32" ? name.toUpperCase() : name) === "PATH";
  const bare = (path: string) => {
    const folders = path.split(delimiter);
    const first = folders.findIndex((folder) => !added.test(folder));
    return folders.slice(first === -1 ? folders.length : first).join(delimiter);
  };
  const entries = Object.entries(facts.env).map(([name, value]) => [name, isPath(name) ? bare(value ?? "") : value]);
  return { ...facts, env: Object.fromEntries(entries) };
}
