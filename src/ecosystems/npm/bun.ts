import type { Scope } from "../../plan/types.ts";
import { pathsOf } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Installation, Tool } from "../types.ts";
import { bunCredentials, npmCredentials } from "./credentials.ts";
import { plainVariable } from "./environment.ts";
import { currentOf, filesOf, type Layers, levelOf, type Member, openSource, type Source } from "./family.ts";
import { bunfigForm, npmrcForm } from "./forms.ts";
import { envLevel } from "./levels.ts";
import { userFile } from "./places.ts";
import { planNpm } from "./plan.ts";
import { findMember } from "./staged.ts";

/**
 * Bun: npm's files, and `bunfig.toml` before them; the user's `bunfig.toml` goes even before a project's `.npmrc`. It has no command that
 * tells a setting. Tried with 1.4. https://bun.com/docs/runtime/bunfig
 */
const bun: Member = { id: "bun", lockFiles: ["bun.lock"], layers };

export const bunTool: Tool = {
  id: "bun",
  ecosystem: "npm",
  scopes: ["user", "project", "system"],
  detect: (read) => findMember(read, "bun"),
  current: (read, scope, installation) => currentOf(bun, read, scope, installation),
  plan: planNpm,
  trial: () => null,
};

/** bun reads these names and no other spelling of them, the first one that is set. */
const variables = ["BUN_CONFIG_REGISTRY", "NPM_CONFIG_REGISTRY", "npm_config_registry"];

async function layers(
  read: ReadPort,
  scope: Scope,
  _installation: Installation | null,
  folder: string | null,
): Promise<Layers> {
  const { facts } = read;
  const { join } = pathsOf(facts);
  const userPath = userFile(read);
  const npmrc = folder === null ? null : join(folder, ".npmrc");
  const home = plainVariable(facts, "XDG_CONFIG_HOME")?.value ?? facts.home;
  const [projectBunfig, userBunfig, projectNpmrc, userNpmrc] = await Promise.all([
    openSource(read, folder === null ? null : join(folder, "bunfig.toml"), bunfigForm),
    openSource(read, home === null ? null : join(home, ".bunfig.toml"), bunfigForm),
    openSource(read, npmrc === userPath ? null : npmrc, npmrcForm),
    openSource(read, userPath, npmrcForm),
  ]);
  const variable = variables.map((name) => plainVariable(facts, name)).find((found) => found !== null) ?? null;
  const files = [projectBunfig, userBunfig, projectNpmrc, userNpmrc];
  const names = (source: Source | null) => levelOf(source, read).length > 0;
  const targets: Readonly<Record<Scope, Source | null>> = {
    user: names(userBunfig) ? userBunfig : userNpmrc,
    project: names(projectBunfig) ? projectBunfig : projectNpmrc,
    system: null,
  };
  return {
    levels: [...envLevel(variable), ...files.flatMap((source) => levelOf(source, read))],
    files,
    target: targets[scope],
    beneath: { user: [userBunfig, userNpmrc], project: [projectBunfig, projectNpmrc], system: [] }[scope],
    credentials: [
      ...npmCredentials(filesOf([projectNpmrc, userNpmrc]), facts),
      ...bunCredentials({ user: userBunfig, project: projectBunfig, system: null }[scope]?.file, facts),
    ],
    told: null,
    standard: null,
  };
}
