import { pathsOf } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Installation } from "../types.ts";
import type { NpmSays } from "./ask.ts";
import { configVariable } from "./environment.ts";
import { projectFolder } from "./project.ts";

/** Where npm keeps its settings, by level. Null: there is no such place. */
export interface Places {
  readonly project: string | null;
  readonly user: string | null;
  readonly system: string | null;
  /** The folder of the project, for its lock files. */
  readonly folder: string | null;
}

/** npm's files as it says itself; where it is not installed, where it would have them. */
export async function npmPlaces(read: ReadPort, npm: Installation | null, says: Promise<NpmSays>): Promise<Places> {
  const [folder, told] = await Promise.all([projectFolder(read, npm), says]);
  const user = textOf(told.userconfig) ?? userFile(read);
  const system = textOf(told.globalconfig) ?? configVariable(read.facts, "globalconfig")?.value ?? null;
  const project = folder === null ? null : pathsOf(read.facts).join(folder, ".npmrc");
  // In the home folder npm takes the file for the user's alone.
  return { project: project === user ? null : project, user, system, folder };
}

/** The user's `.npmrc`, without npm to ask. */
export function userFile({ facts }: ReadPort): string | null {
  const { join, resolve } = pathsOf(facts);
  const moved = configVariable(facts, "userconfig");
  if (moved !== null) return resolve(facts.cwd, moved.value);
  return facts.home === null ? null : join(facts.home, ".npmrc");
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
