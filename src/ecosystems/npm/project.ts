import { pathsOf } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Installation } from "../types.ts";
import { askProject } from "./ask.ts";

/**
 * The project's folder as npm finds it: the nearest one upwards with a `package.json` or `node_modules`; a workspace belongs to the folder
 * that lists it, which only npm itself can tell. Null: there is no project here. Source: @npmcli/config, loadLocalPrefix.
 */
export async function projectFolder(read: ReadPort, npm: Installation | null): Promise<string | null> {
  const folders = upwards(read);
  const names = await Promise.all(folders.map((folder) => read.names(folder)));
  const nearest = names.findIndex((found) => found.includes("package.json") || found.includes("node_modules"));
  if (nearest === -1) return null;
  const mayBeWorkspace = names.some((found, index) => index > nearest && found.includes("package.json"));
  const asked = npm === null || !mayBeWorkspace ? null : await askProject(read, npm);
  const [folder = null] = folders.slice(nearest);
  return asked !== null && folders.includes(asked) ? asked : folder;
}

/** The folder we are in and those above it, nearest first. */
export function upwards({ facts }: ReadPort): string[] {
  const { dirname } = pathsOf(facts);
  const folders = [facts.cwd];
  for (let folder = facts.cwd; dirname(folder) !== folder; folder = dirname(folder)) folders.push(dirname(folder));
  return folders;
}
