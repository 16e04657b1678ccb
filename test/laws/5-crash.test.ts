import { describe, expect, it } from "vitest";
import { apply, underLock, type WriterPorts } from "../../src/plan/apply.ts";
import type { Plan } from "../../src/plan/types.ts";
import { undo } from "../../src/plan/undo.ts";
import { callsOf, expectSettled, runUntilDeath } from "./crash.ts";
import { lawFiles, shareOf } from "./formats.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { about, work } from "./steps.ts";
import { type Placement, portsFor, type World, worldMaker } from "./world.ts";

const make = worldMaker();
const renamed = ["before", "after", "temporary"] as const;
const inPlace = ["before", "after", "torn", "torn-early"] as const;
const cases = [
  ...(["plain", "symlink", "absent"] as const).flatMap((placement) => renamed.map((how) => ({ placement, how }))),
  { placement: "absent-below-link", how: "after" } as const,
  ...inPlace.map((how) => ({ placement: "hard-link" as const, how })),
];
const recoverOnly = (ports: WriterPorts) => underLock(ports, () => Promise.resolve());

describe.each(await lawFiles())("law 5, $id", (subject) => {
  const start = async (placement: Placement) => {
    const { world, plan } = await work(make, subject, placement);
    return { world, plan, old: await snapshotOfOthers(world.home) };
  };

  it.each(shareOf(cases, subject.turn))(
    "$placement: death $how any call of apply leaves old or new, and undo restores",
    async (each) => {
      const { calls, written } = await wholeApply(each.placement);
      expect(calls).toBeGreaterThan(6);
      for (let nth = 1; nth <= calls; nth += 1) {
        const { world, plan, old } = await start(each.placement);
        expect(await runUntilDeath(world, (ports) => apply(plan, about, ports), nth, each.how)).toBe("died");
        if (each.placement !== "hard-link") await expectWhole(world, plan);
        await recoverOnly(portsFor(world.home).ports);
        await expectSettled(world, [old, written(world.home)]);
        await undo(null, portsFor(world.home).ports);
        await expectSettled(world, [old]);
      }
    },
  );

  it.each(shareOf(cases, subject.turn))(
    "$placement: death $how any call of undo leaves old or new, and undo restores",
    async (each) => {
      const { world: counted, plan: first } = await start(each.placement);
      await apply(first, about, counted.ports);
      const calls = await callsOf(counted, (ports) => undo(null, ports));
      for (let nth = 1; nth <= calls; nth += 1) {
        const { world, plan, old } = await start(each.placement);
        await apply(plan, about, world.ports);
        const written = await snapshotOfOthers(world.home);
        expect(await runUntilDeath(world, (ports) => undo(null, ports), nth, each.how)).toBe("died");
        await recoverOnly(portsFor(world.home).ports);
        await expectSettled(world, [old, written]);
        await undo(null, portsFor(world.home).ports);
        await expectSettled(world, [old]);
      }
    },
  );

  /** How many calls a write takes, and what a home of this kind looks like when it went through. */
  async function wholeApply(placement: Placement): Promise<{ calls: number; written: (home: string) => object }> {
    const { world, plan } = await start(placement);
    const calls = await callsOf(world, (ports) => apply(plan, about, ports));
    const found = JSON.stringify(await snapshotOfOthers(world.home));
    return { calls, written: (home) => JSON.parse(found.replaceAll(world.home, home)) as object };
  }
});

/** At no instant is a file that can be renamed over anything but the old or the new one. */
async function expectWhole({ ports, file }: World, { files: [planned] }: Plan): Promise<void> {
  const state = await ports.read.read(file);
  const now = state.kind === "file" ? Buffer.from(state.bytes).toString("base64") : null;
  expect([planned?.before?.base64 ?? null, planned?.after.base64]).toContain(now);
}
