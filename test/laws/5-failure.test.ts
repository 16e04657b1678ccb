import { describe, expect, it } from "vitest";
import { apply, underLock } from "../../src/plan/apply.ts";
import { undo } from "../../src/plan/undo.ts";
import type { WritePort } from "../../src/ports/types.ts";
import { expectSettled } from "./crash.ts";
import { lawFiles } from "./formats.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { about, work } from "./steps.ts";
import { portsFor, worldMaker } from "./world.ts";

const make = worldMaker();
const moments = ["before", "after"] as const;
const placements = ["plain", "hard-link", "absent"] as const;
const cases = placements.flatMap((placement) => moments.map((when) => ({ placement, when })));

describe.each(await lawFiles())("law 5 when the disk fails, $id", (subject) => {
  it.each(cases)("$placement: a file that fails $when being written is the old one again", async (each) => {
    const { world, plan } = await work(make, subject, each.placement);
    const old = await snapshotOfOthers(world.home);
    const write = failing(world.ports.write, "replace", (path) => path === world.file, each.when);
    const applied = await apply(plan, about, { ...world.ports, write });
    expect(applied).toMatchObject({ transaction: null, problems: [{ file: world.file, code: "EIO" }] });
    await expectSettled(world, [old]);
    expect(await undo(null, world.ports)).toMatchObject({ kind: "nothing" });
  });

  it.each(moments)(
    "a journal that fails %s being written: the next run leaves it sound, and undo restores",
    async (when) => {
      for (const nth of [1, 2]) {
        const { world, plan } = await work(make, subject, "plain");
        const old = await snapshotOfOthers(world.home);
        let seen = 0;
        const isNth = (path: string) => path.startsWith(world.ports.place.folder) && ++seen === nth;
        const write = failing(world.ports.write, "replace", isNth, when);
        await apply(plan, about, { ...world.ports, write }).catch(() => null);
        await underLock(portsFor(world.home).ports, () => Promise.resolve());
        await undo(null, portsFor(world.home).ports);
        await expectSettled(world, [old]);
      }
    },
  );
});

/** A write port whose disk gives up on one method, for the paths that are picked. */
function failing(
  real: WritePort,
  method: "replace",
  picks: (path: string) => boolean,
  when: (typeof moments)[number],
): WritePort {
  let spent = false;
  const failed = () => Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
  const replace: WritePort["replace"] = async (path, content) => {
    const fails = !spent && picks(path);
    spent ||= fails;
    if (fails && when === "before") throw failed();
    await real[method](path, content);
    if (fails) throw failed();
  };
  return { ...real, replace };
}
