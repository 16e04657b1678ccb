import { describe, expect, it } from "vitest";
import { apply, underLock, type WriterPorts } from "../../src/plan/apply.ts";
import { undo } from "../../src/plan/undo.ts";
import { callsOf, expectSettled, runUntilDeath } from "./crash.ts";
import { lawFiles, shareOf } from "./formats.ts";
import type { Death } from "./mortal.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { about, work } from "./steps.ts";
import { portsFor, worldMaker } from "./world.ts";

const make = worldMaker();
const recoverOnly = (ports: WriterPorts) => underLock(ports, () => Promise.resolve());
const pairs: readonly (readonly [Death, Death])[] = [
  ["torn", "torn-early"],
  ["torn-early", "torn"],
  ["after", "before"],
];
const cases = (["plain", "hard-link", "absent"] as const).flatMap((placement) =>
  pairs.map(([first, second]) => ({ placement, first, second })),
);

describe.each(await lawFiles())("law 5 when the run that settles a death dies too, $id", (subject) => {
  it.each(shareOf(cases, subject.turn))(
    "$placement: $first, then $second: undo restores",
    async ({ placement, first, second }) => {
      const { world: counted, plan: whole } = await work(make, subject, placement);
      const calls = await callsOf(counted, (ports) => apply(whole, about, ports));
      let deaths = 0;
      for (let nth = 1; nth <= calls; nth += 1) {
        for (let again = 1, end = "died"; end === "died"; again += 1) {
          const { world, plan } = await work(make, subject, placement);
          const old = await snapshotOfOthers(world.home);
          await runUntilDeath(world, (ports) => apply(plan, about, ports), nth, first);
          end = await runUntilDeath(world, recoverOnly, again, second);
          deaths += end === "died" ? 1 : 0;
          await undo(null, portsFor(world.home).ports);
          await expectSettled(world, [old]);
        }
      }
      expect(deaths).toBeGreaterThan(calls);
    },
  );
});
