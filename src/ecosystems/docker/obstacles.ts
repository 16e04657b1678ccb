import type { Scope } from "../../plan/types.ts";
import type { Message } from "../../report/types.ts";
import { fileObstacle } from "../reading.ts";
import type { Place } from "./place.ts";
import type { Seen } from "./sight.ts";
import { notAList, type Stored } from "./stored.ts";
import type { UnitFlags } from "./units.ts";

/** A daemon, its file, and what starts it. */
export interface Found {
  readonly seen: Seen;
  readonly units: readonly UnitFlags[];
  readonly place: Place;
  readonly stored: Stored;
  /** Of the daemon, or of the program that would run. */
  readonly version: string | null;
}

/** What would keep the daemon from starting with its file, or us from writing it; null where nothing does. */
export function obstacleIn(found: Found, scope: Scope): Message | null {
  const { place, stored } = found;
  const where = flaggedBy(found);
  if (where !== null) return { code: "docker-flag", level: "error", args: { where } };
  const { file } = place;
  if (file === null) return null;
  if (scope !== place.scope) return { code: "docker-scope", level: "error", args: { scope, own: place.scope, file } };
  return fileObstacle(file, stored.state, stored.problem) ?? notAList(file, stored);
}

/** Who gives mirrors on the command line: with some in its file as well, the daemon does not start. */
function flaggedBy({ units, seen }: Found): string | null {
  const unit = units.find(({ namesMirrors }) => namesMirrors);
  const { running } = seen;
  return unit?.where ?? (running?.namesMirrors ? `dockerd (${running.pid})` : null);
}
