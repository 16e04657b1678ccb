import type { ReadPort } from "../../ports/types.ts";
import type { Installation, Tool } from "../types.ts";
import { findClient } from "./ask.ts";
import { currentDocker, type DockerCurrent, keepSight } from "./current.ts";
import { placeOf } from "./place.ts";
import { planDocker } from "./plan.ts";
import { look } from "./sight.ts";

/** Docker Engine, and who stands in its place: Docker Desktop, OrbStack and others. Nothing is fetched for a trial: a pull would leave its image behind. */
export const dockerTool: Tool = {
  id: "docker",
  ecosystem: "docker",
  scopes: ["system", "user"],
  detect: findDocker,
  current: currentDocker,
  plan: (current, choice, knowledge) => planDocker(current as DockerCurrent, choice, knowledge),
  trial: () => null,
};

/** Finds the client, and whose settings its daemon reads: the system's or a person's. */
async function findDocker(read: ReadPort): Promise<Installation | null> {
  const client = await findClient(read);
  if (client.kind !== "docker") return null;
  const seen = await look(read, client.installation);
  if (seen === null) return client.installation;
  const { scope } = await placeOf(seen, [], read);
  const { kind } = seen.engine;
  const installation = { ...client.installation, scope, isElsewhere: kind === "remote" || kind === "outside" };
  keepSight(installation, seen);
  return installation;
}
