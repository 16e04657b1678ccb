import type { Pause } from "../catalog/types.ts";
import { type Fault, fault } from "../probe/answers.ts";
import type { Visit } from "../probe/types.ts";

const msPerDay = 86_400_000;

/**
 * Whether a mirror has had nothing new for longer than its canaries have ever paused: then it is behind, even where all the others are too, or where there are
 * none. Null where it has, or where nothing can be relied on: canaries come to an end, so what a catalog says of them holds for a time.
 *
 * @param newestAt the latest that the mirror's newest could have come out, in milliseconds since 1970.
 */
export function silenceOf(newestAt: number | null, pause: Pause | undefined, { today }: Visit): Fault | null {
  if (newestAt === null || pause === undefined || today.getTime() > Date.parse(pause.until)) return null;
  const days = Math.floor((today.getTime() - newestAt) / msPerDay);
  return days > pause.days ? fault("stale", { code: "nothing-new", args: { count: days } }) : null;
}
