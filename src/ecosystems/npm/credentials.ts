import type { HostFacts } from "../../platform/types.ts";
import type { Message } from "../../report/types.ts";
import { configVariable } from "./environment.ts";
import type { ConfigFile } from "./levels.ts";

/** Credentials that name no registry. npm no longer starts an installation with them; older npm, pnpm and yarn send them to whichever registry is configured. */
const unbound = ["_auth", "_authToken", "_password", "username", "_authtoken", "-authtoken"];

/**
 * Why no registry may be set while there are credentials without one: they would go to the mirror.
 * https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration, @npmcli/config, validate.
 *
 * @param registry what they are for, should it be the one in force now.
 */
export function unboundCredentials(
  files: readonly ConfigFile[],
  facts: HostFacts,
  registry: string | null,
): Message | null {
  const inFiles = files.flatMap(({ path, entries }) =>
    entries.flatMap(({ key, line }) => (unbound.includes(key) ? [{ key, where: `${path}:${line}` }] : [])),
  );
  const inVariables = unbound.flatMap((key) => {
    const variable = configVariable(facts, key.toLowerCase());
    return variable === null ? [] : [{ key, where: variable.name }];
  });
  const [found] = [...inFiles, ...inVariables];
  if (found === undefined) return null;
  return {
    code: "npm-unbound-credentials",
    level: "error",
    args: { ...found, bound: `${bindingOf(registry)}:${found.key}` },
  };
}

/** How `.npmrc` names a registry before the key of a credential: `//host/path/`. */
function bindingOf(registry: string | null): string {
  if (registry === null || !URL.canParse(registry)) return "//HOST/";
  const { host, pathname } = new URL(registry);
  return `//${host}${pathname.replace(/[^/]*$/, "")}`;
}
