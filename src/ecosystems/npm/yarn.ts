import type { Scope } from "../../plan/types.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Installation, Tool } from "../types.ts";
import { currentOf, type Layers, type Member } from "./family.ts";
import { planNpm } from "./plan.ts";
import { findMember, majorOf } from "./staged.ts";
import { berryLayers } from "./yarn-berry.ts";
import { classicLayers } from "./yarn-classic.ts";
import { yarnOfProject } from "./yarn-project.ts";

/** Yarn: the classic one shares npm's files, and those from 2 on have their own. */
const yarn: Member = { id: "yarn", lockFiles: ["yarn.lock"], layers };

export const yarnTool: Tool = {
  id: "yarn",
  ecosystem: "npm",
  scopes: ["user", "project", "system"],
  detect,
  current: (read, scope, installation) => currentOf(yarn, read, scope, installation),
  plan: planNpm,
  trial: () => null,
};

/** The yarn of the project we are in, where it names one: whichever is installed hands over to it, or refuses to work there. */
async function detect(read: ReadPort): Promise<Installation | null> {
  const [found, path] = await Promise.all([findMember(read, "yarn"), read.which("yarn")]);
  const version = path === null ? null : await yarnOfProject(read);
  return path === null || version === null ? found : { path, version };
}

function layers(
  read: ReadPort,
  scope: Scope,
  installation: Installation | null,
  folder: string | null,
): Promise<Layers> {
  const isBerry = (majorOf(installation) ?? 1) >= 2;
  return (isBerry ? berryLayers : classicLayers)(read, scope, installation, folder);
}
