import type { Scope } from "../../plan/types.ts";
import type { ReadPort } from "../../ports/types.ts";
import { fileObstacle } from "../reading.ts";
import { credentialBar } from "./credentials.ts";
import type { DockerCurrent } from "./current.ts";
import { futurePlace } from "./place.ts";
import { absenceRemarks } from "./remarks.ts";
import { notAList, settingOf, storedIn } from "./stored.ts";

/** Where no Docker is: the file that it will read. */
export async function currentLater(read: ReadPort, scope: Scope): Promise<DockerCurrent> {
  const place = futurePlace(read.facts, scope);
  const file = place.file ?? "";
  const stored = await storedIn(read, place.file);
  const { entry, list } = stored;
  const source = entry === null ? "default" : file;
  const obstacle = fileObstacle(file, stored.state, stored.problem) ?? notAList(file, stored);
  return {
    tool: "docker",
    scope: place.scope,
    installation: null,
    file,
    settings: [settingOf(stored, { value: entry?.value ?? null, source, shadowedBy: null })],
    chain: list,
    upstreamHosts: [],
    bar: await credentialBar(read, null),
    messages: await absenceRemarks(read),
    obstacle: place.file === null ? { code: "no-home", level: "error", args: {} } : obstacle,
    daemon: {
      engine: null,
      address: "",
      isByHand: false,
      list,
      version: null,
      activation: null,
      info: null,
      judge: null,
    },
  };
}
