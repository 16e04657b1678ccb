import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/plan/apply.ts";
import { isUnchanged } from "../../src/plan/stored.ts";
import { undo } from "../../src/plan/undo.ts";
import { lawTools } from "./formats.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { about, drafted, situations, work } from "./steps.ts";
import { placements, portsFor, worldMaker } from "./world.ts";

const make = worldMaker();

describe.each(await lawTools())("law 2, $id", ({ tool, law }) => {
  it("undo restores every byte, mode, owner and link", async () => {
    let undone = 0;
    const law2 = fc.asyncProperty(situations(law), async ({ setup, choice }) => {
      const world = await make(law.file, setup);
      const before = await snapshotOfOthers(world.home);
      const { plan } = await drafted(world, tool, law, choice);
      if (plan.files.length === 0) return;
      const applied = await apply(plan, about, world.ports);
      expect(await snapshotOfOthers(world.home)).not.toEqual(before);
      expect(await undo(applied.transaction, portsFor(world.home).ports)).toMatchObject({ kind: "undone" });
      expect(await snapshotOfOthers(world.home)).toEqual(before);
      undone += 1;
    });
    await fc.assert(law2, { numRuns: 80 });
    expect(undone).toBeGreaterThan(0);
  });

  it.each(placements)("undo restores a file that is %s", async (placement) => {
    const { world, plan } = await work(make, { tool, law }, placement);
    const before = await snapshotOfOthers(world.home);
    await apply(plan, about, world.ports);
    expect(await undo(null, world.ports)).toMatchObject({ kind: "undone" });
    expect(await snapshotOfOthers(world.home)).toEqual(before);
  });

  it("undoing two writes, last first, gives back the beginning", async () => {
    let undone = 0;
    const two = fc.asyncProperty(situations(law), law.choices, async ({ setup, choice }, second) => {
      const world = await make(law.file, setup);
      const before = await snapshotOfOthers(world.home);
      const first = await apply((await drafted(world, tool, law, choice)).plan, about, world.ports);
      const { plan } = await drafted(world, tool, law, second);
      if (first.transaction === null || plan.files.length === 0) return;
      const top = await apply(plan, about, world.ports);
      // A file that a daemon has merely not read is no second write.
      if (plan.files.every(isUnchanged)) return expect(top.transaction).toBeNull();
      expect(await undo(first.transaction, world.ports)).toEqual({ kind: "not-on-top", first: [top.transaction] });
      expect(await undo(null, world.ports)).toMatchObject({ kind: "undone", transaction: { id: top.transaction } });
      expect(await undo(null, world.ports)).toMatchObject({ kind: "undone", transaction: { id: first.transaction } });
      expect(await snapshotOfOthers(world.home)).toEqual(before);
      expect(await undo(null, world.ports)).toMatchObject({ kind: "nothing" });
      undone += 1;
    });
    await fc.assert(two, { numRuns: 50 });
    expect(undone).toBeGreaterThan(0);
  });
});
