import type { Scope } from "../../plan/types.ts";
import { pathsOf, variable } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import { once } from "../once.ts";
import type { Installation, Tool } from "../types.ts";
import { npmCredentials } from "./credentials.ts";
import { configVariable, plainVariable } from "./environment.ts";
import { currentOf, filesOf, type Layers, levelOf, type Member, openSource, type Source } from "./family.ts";
import { npmrcForm, pnpmForm } from "./forms.ts";
import { envLevel, type Level } from "./levels.ts";
import { userFile } from "./places.ts";
import { planNpm } from "./plan.ts";
import { askStaged, findMember, majorOf, without } from "./staged.ts";

/**
 * pnpm: npm's files, and from 11 on two of its own that may go before them. Which one is really asked was tried with 9.15, 10.34, 11.28 and
 * 12.21. https://pnpm.io/configuring
 */
const pnpm: Member = { id: "pnpm", lockFiles: ["pnpm-lock.yaml"], layers };

export const pnpmTool: Tool = {
  id: "pnpm",
  ecosystem: "npm",
  scopes: ["user", "project", "system"],
  detect: (read) => findMember(read, "pnpm"),
  current: (read, scope, installation) => currentOf(pnpm, read, scope, installation),
  plan: planNpm,
  trial: () => null,
};

/** pnpm's files; those that this version does not read are left out. */
interface Files {
  readonly user: Source | null;
  readonly project: Source | null;
  readonly workspace: Source | null;
  readonly old: Source | null;
  readonly config: Source | null;
  readonly auth: Source | null;
}

async function layers(
  read: ReadPort,
  scope: Scope,
  installation: Installation | null,
  folder: string | null,
): Promise<Layers> {
  const major = majorOf(installation) ?? 12;
  const files = await openFiles(read, major, folder);
  const { user, project, workspace, old, config, auth } = files;
  const levels = levelsOf(files, major, read);
  const [told, standard] = await askBoth(read, installation, files);
  const names = (source: Source | null) => levelOf(source, read).length > 0;
  const targets: Readonly<Record<Scope, Source | null>> = {
    user: [config, auth].find(names) ?? user,
    project: names(workspace) ? workspace : project,
    system: null,
  };
  const inProject = [project, workspace].some((source) => source !== null && source.file.path === levels[0]?.source);
  const credentials = npmCredentials(filesOf([project, user, auth, old]), read.facts);
  const beneath = { user: [config, auth, user, old], project: [workspace, project], system: [] }[scope];
  return {
    ...{ levels, files: Object.values(files), target: targets[scope], beneath, credentials, standard },
    told: inProject ? null : told,
  };
}

async function openFiles(read: ReadPort, major: number, folder: string | null): Promise<Files> {
  const { join } = pathsOf(read.facts);
  const [own, userPath] = [ownFolder(read), userFile(read)];
  const inOwn = (name: string) => (own === null ? null : join(own, name));
  const npmrc = folder === null ? null : join(folder, ".npmrc");
  const [user, project, workspace, old, config, auth] = await Promise.all([
    openSource(read, userPath, npmrcForm),
    openSource(read, npmrc === userPath ? null : npmrc, npmrcForm),
    openSource(read, major < 10 || folder === null ? null : join(folder, "pnpm-workspace.yaml"), pnpmForm),
    openSource(read, major < 11 ? inOwn("rc") : null, npmrcForm),
    openSource(read, major < 11 ? null : inOwn("config.yaml"), pnpmForm),
    openSource(read, major < 11 ? null : inOwn("auth.ini"), npmrcForm),
  ]);
  return { user, project, workspace, old, config, auth };
}

/** Where pnpm keeps its own files. https://pnpm.io/cli/config; source: config/config/src/dirs.ts, getConfigDir. */
function ownFolder({ facts }: ReadPort): string | null {
  const { join } = pathsOf(facts);
  const xdg = plainVariable(facts, "XDG_CONFIG_HOME");
  if (xdg !== null) return join(xdg.value, "pnpm");
  if (facts.home === null) return null;
  if (facts.os === "darwin") return join(facts.home, "Library", "Preferences", "pnpm");
  const local = facts.os === "win32" ? variable(facts, "LOCALAPPDATA") : null;
  if (local !== null) return join(local, "pnpm", "config");
  return join(facts.home, ".config", "pnpm");
}

function levelsOf({ user, project, workspace, old, config, auth }: Files, major: number, read: ReadPort): Level[] {
  const { facts } = read;
  const own = plainVariable(facts, "PNPM_CONFIG_REGISTRY") ?? plainVariable(facts, "pnpm_config_registry");
  const outside = major < 11 ? configVariable(facts, "registry") : own;
  const ranked = major === 11 ? [config, workspace] : [workspace, config];
  return [...envLevel(outside), ...[...ranked, project, auth, user, old].flatMap((source) => levelOf(source, read))];
}

/** What pnpm says of the user's files, and what it would use without any: where there are none that is one question, and a start of it takes half a second. */
async function askBoth(
  read: ReadPort,
  installation: Installation | null,
  { user, old, config, auth }: Files,
): Promise<[string | null, string | null]> {
  if (installation === null) return [null, null];
  const argv = [installation.path, "config", "get", "registry"] as const;
  const moved = { ...without(read, /^npm_config_userconfig$/i), npm_config_userconfig: "{stage}/home/.npmrc" };
  const bare = without(read, /^p?npm_config_(?:registry|userconfig|globalconfig)$/i);
  const files = { ".npmrc": user, "pnpm/rc": old, "pnpm/config.yaml": config, "pnpm/auth.ini": auth };
  const standard = once(read, "pnpm", () => askStaged(read, [...argv], bare, {}));
  const isUnset = Object.keys(bare).length === 0 && Object.values(files).every((each) => !isThere(each));
  return Promise.all([isUnset ? standard : askStaged(read, [...argv], moved, files), standard]);
}

function isThere(source: Source | null): boolean {
  return source?.file.state.kind === "file";
}
