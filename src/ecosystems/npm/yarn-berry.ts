import type { Scope } from "../../plan/types.ts";
import { pathsOf } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import { once } from "../once.ts";
import type { Installation } from "../types.ts";
import { yarnCredentials } from "./credentials.ts";
import { filesOf, type Layers, levelOf, openSource, type Source } from "./family.ts";
import { yarnrcForm } from "./forms.ts";
import { envLevel } from "./levels.ts";
import { upwards } from "./project.ts";
import { askStaged, without } from "./staged.ts";

const variablePattern = /^yarn_npm_registry_server$/i;

/**
 * Yarn from 2 on: `.yarnrc.yml` in the folder we are in and those above, nearest first, then the home's; npm's files and variables do not
 * count. Tried with 4.18. https://yarnpkg.com/configuration/yarnrc
 */
export async function berryLayers(
  read: ReadPort,
  scope: Scope,
  installation: Installation | null,
  folder: string | null,
): Promise<Layers> {
  const { facts } = read;
  const { join } = pathsOf(facts);
  const home = facts.home === null ? null : join(facts.home, ".yarnrc.yml");
  const paths = upwards(read)
    .map((place) => join(place, ".yarnrc.yml"))
    .filter((path) => path !== home);
  const [user, project, ...near] = await Promise.all([
    openSource(read, home, yarnrcForm),
    openSource(read, folder === null ? null : join(folder, ".yarnrc.yml"), yarnrcForm),
    ...paths.map((path) => openSource(read, path, yarnrcForm)),
  ]);
  const [told, standard] = await askBoth(read, installation, user);
  const [inProject] = near.flatMap((source) => levelOf(source, read));
  const variable = Object.entries(facts.env).find(
    ([name, value]) => variablePattern.test(name) && (value ?? "") !== "",
  );
  const fromVariable = envLevel(variable?.[1] === undefined ? null : { name: variable[0], value: variable[1] });
  return {
    levels: [...fromVariable, ...(inProject === undefined ? [] : [inProject]), ...levelOf(user, read)],
    files: [...near, user],
    target: { user, project: project?.file.path === home ? null : project, system: null }[scope],
    credentials: yarnCredentials(filesOf([...near, user]), facts),
    told: inProject === undefined || fromVariable.length > 0 ? told : null,
    standard,
  };
}

async function askBoth(
  read: ReadPort,
  installation: Installation | null,
  user: Source | null,
): Promise<[string | null, string | null]> {
  if (installation === null) return [null, null];
  const argv = [installation.path, "config", "get", "npmRegistryServer"] as const;
  const quiet = { YARN_ENABLE_TELEMETRY: "0" };
  const bare = { ...quiet, ...without(read, variablePattern) };
  return Promise.all([
    askStaged(read, [...argv], quiet, { ".yarnrc.yml": user }),
    once(read, "yarn", () => askStaged(read, [...argv], bare, {})),
  ]);
}
