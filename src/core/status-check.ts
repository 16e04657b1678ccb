import type { Catalog, EcosystemId } from "../catalog/types.ts";
import { makeLink } from "../probe/link.ts";
import { isUsable } from "../probe/rank.ts";
import type { RaceResult } from "../probe/types.ts";
import type { ExitCode, Message } from "../report/types.ts";
import { commonCause } from "./diagnose.ts";
import { isBare } from "./known-as.ts";
import { proveOne } from "./one-mirror.ts";
import { aboutOf } from "./outcome.ts";
import type { StatusPart } from "./status.ts";
import type { Services } from "./types.ts";

/** What `status --check` found. */
export interface Checked {
  readonly races: readonly { readonly ecosystem: EcosystemId; readonly race: RaceResult }[];
  readonly exitCode: ExitCode;
  readonly messages: readonly Message[];
}

/** What makes a state another than the one that was set: said by `status` itself. */
const deviations: ReadonlySet<string> = new Set(["drift", "drift-set", "drift-gone"]);

/**
 * Whether everything is still as it was set, and still works: nothing changed since we wrote it, nothing shadowed, every file readable, and the first
 * mirror in use proves good. Who uses no mirror has nothing to be proved.
 */
export async function checkStatus(
  parts: readonly StatusPart[],
  catalog: Catalog,
  services: Services,
): Promise<Checked> {
  const link = makeLink(services.clock);
  const checked = await Promise.all(
    parts.map(async ({ ecosystem, tools, messages }) => {
      const present = tools.filter(({ installation }) => installation !== null);
      const isOff = messages.some(({ code }) => deviations.has(code)) || present.some(isBroken);
      const url = present[0]?.current.chain[0];
      if (url === undefined || isBare(url, present[0]?.current)) return { race: null, isOff, said: [] };
      const seat = link.join();
      const proved = await proveOne({ ecosystem, tools: present, catalog, services, seat }, url).finally(seat.leave);
      if (proved === null) return { race: null, isOff, said: [] };
      const { race, standing } = proved;
      const { id } = standing.candidate;
      if (isUsable(standing))
        return { race, isOff, said: [{ code: "check-good", level: "info", args: { id } } as const] };
      const cause = commonCause(race, services.clock.date());
      const bad: Message = { code: "check-bad", level: "error", args: { id, ecosystem: ecosystem.id } };
      return { race, isOff: true, said: [...(cause === null ? [] : [cause]), bad] };
    }),
  );
  const ids = parts.map(({ ecosystem }) => ecosystem.id);
  return {
    races: checked.flatMap(({ race }, index) => (race === null ? [] : [{ ecosystem: ids[index] ?? "go", race }])),
    exitCode: checked.some(({ isOff }) => isOff) ? 6 : 0,
    messages: checked.flatMap(({ said }, index) => aboutOf(said, ids, index)),
  };
}

function isBroken({ current }: StatusPart["tools"][number]): boolean {
  return current.obstacle !== null || current.settings.some(({ shadowedBy }) => shadowedBy !== null);
}
