import type { HostFacts } from "../../platform/types.ts";
import type { Message } from "../../report/types.ts";
import type { Current, Knowledge, LooseCredential } from "../types.ts";
import { configVariable, plainVariable } from "./environment.ts";
import type { ConfigFile } from "./levels.ts";

/** Credentials that name no registry. npm no longer starts an installation with them; older npm, pnpm and yarn send them to whichever registry is configured. */
const unbound = ["_auth", "_authToken", "_password", "username", "_authtoken", "-authtoken"];

/** bun's, beside the registry of its `bunfig.toml`. https://bun.com/docs/runtime/bunfig#install-registry */
const besideRegistry = /^install\.registry\.(?:token|username|password)$/;

/** Tried with bun 1.4: sent to whichever registry is set. */
const bunVariables = ["BUN_CONFIG_TOKEN", "NPM_CONFIG_TOKEN", "npm_config_token"];

const yarnKey = /^npmAuth(?:Token|Ident)$/;
const yarnScopeKey = /^npmScopes\.([^.]+)\.(npmAuth(?:Token|Ident))$/;
const yarnVariable = /^yarn_npm_auth_(token|ident)$/i;

/** Those of `.npmrc` and its variables. https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration, @npmcli/config, validate. */
export function npmCredentials(files: readonly ConfigFile[], facts: HostFacts): LooseCredential[] {
  const bound = (key: string) => `//HOST/:${key}`;
  const inVariables = unbound.flatMap((key) => {
    const variable = configVariable(facts, key.toLowerCase());
    return variable === null ? [] : [{ key, where: variable.name, bound: bound(key) }];
  });
  return [
    ...files.flatMap((file) => inFile(file, (key) => (unbound.includes(key) ? bound(key) : null))),
    ...inVariables,
  ];
}

/** Those of bun, beside npm's: the token that stands next to the registry's address stays there when the address changes. */
export function bunCredentials(file: ConfigFile | undefined, facts: HostFacts): LooseCredential[] {
  const bound = "//HOST/:_authToken";
  const inVariables = bunVariables.flatMap((name) =>
    plainVariable(facts, name) === null ? [] : [{ key: name, where: name, bound }],
  );
  const found = file === undefined ? [] : inFile(file, (key) => (besideRegistry.test(key) ? bound : null));
  return [...found, ...inVariables];
}

/** Those of yarn from 2 on; a scope that names no registry of its own has its packages from the general one. https://yarnpkg.com/configuration/yarnrc#npmAuthToken */
export function yarnCredentials(files: readonly ConfigFile[], facts: HostFacts): LooseCredential[] {
  const bound = (key: string) => `npmRegistries."//HOST/".${key}`;
  const hasServer = (scope: string | undefined) =>
    files.some(({ entries }) => entries.some(({ key }) => key === `npmScopes.${scope}.npmRegistryServer`));
  const inFiles = files.flatMap((file) =>
    inFile(file, (key) => {
      if (yarnKey.test(key)) return bound(key);
      const [, scope, name] = yarnScopeKey.exec(key) ?? [];
      return name === undefined || hasServer(scope) ? null : bound(name);
    }),
  );
  const inVariables = Object.entries(facts.env).flatMap(([name, value]) => {
    const [, kind] = yarnVariable.exec(name) ?? [];
    if (kind === undefined || (value ?? "") === "") return [];
    return [{ key: name, where: name, bound: bound(/token/i.test(kind) ? "npmAuthToken" : "npmAuthIdent") }];
  });
  return [...inFiles, ...inVariables];
}

function inFile({ path, entries }: ConfigFile, bind: (key: string) => string | null): LooseCredential[] {
  return entries.flatMap(({ key, line, value }) => {
    const bound = value.trim() === "" ? null : bind(key);
    return bound === null ? [] : [{ key, where: `${path}:${line}`, bound }];
  });
}

/** Why no other registry may be set while there are credentials without one: they would go to the mirror. Null where there are none. */
export function credentialObstacle(current: Current, knowledge: Knowledge): Message | null {
  const said = wordsFor(current, knowledge);
  return said === null ? null : { code: "npm-unbound-credentials", level: "error", args: said };
}

/** What is to be known of such credentials when the tool goes back to its own registry, which is then sent them. */
export function credentialWarnings(current: Current, knowledge: Knowledge): Message[] {
  const said = wordsFor(current, knowledge);
  return said === null ? [] : [{ code: "npm-unbound-stays", level: "warn", args: said }];
}

function wordsFor(current: Current, knowledge: Knowledge): { key: string; where: string; bound: string } | null {
  const [found] = current.credentials ?? [];
  if (found === undefined) return null;
  const { key, where, bound } = found;
  return { key, where, bound: bound.replace("//HOST/", () => ownerOf(current, knowledge)) };
}

/** Whose such a credential is likely to be, as `.npmrc` names a registry: `//host/path/`. Never a mirror's: it would get what is not meant for it. */
function ownerOf({ chain, upstreamHosts }: Current, { isMirror }: Knowledge): string {
  const [inForce = ""] = chain;
  if (URL.canParse(inForce) && !isMirror(inForce)) {
    const { host, pathname } = new URL(inForce);
    return `//${host}${pathname.replace(/[^/]*$/, "")}`;
  }
  const [upstream] = upstreamHosts;
  return upstream === undefined ? "//HOST/" : `//${upstream}/`;
}
