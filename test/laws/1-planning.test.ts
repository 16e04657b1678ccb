import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/plan/apply.ts";
import { describeWith } from "../lab/tools.ts";
import { lawTools } from "./formats.ts";
import { snapshot } from "./snapshot.ts";
import { about, drafted, installed, planned, situations } from "./steps.ts";
import { worldMaker } from "./world.ts";

const make = worldMaker();
const tools = await lawTools();

describe.each(tools)("law 1, $id", ({ tool, law }) => {
  it("planning writes nothing", async () => {
    const law1 = fc.asyncProperty(situations(law), async ({ setup, choice }) => {
      const world = await make(law.file, setup);
      const before = await snapshot(world.home);
      await drafted(world, tool, law, choice);
      expect(await snapshot(world.home)).toEqual(before);
    });
    await fc.assert(law1, { numRuns: 60 });
  });

  it("planning after applying is empty", async () => {
    let written = 0;
    const law1 = fc.asyncProperty(situations(law), async ({ setup, choice }) => {
      const world = await make(law.file, setup);
      const { plan } = await drafted(world, tool, law, choice);
      if (plan.files.length === 0) return;
      expect(await apply(plan, about, world.ports)).toMatchObject({ problems: [] });
      written += 1;
      expect(await planned(world, tool, law, choice)).toMatchObject({ ok: true, changes: [] });
      expect(await drafted(world, tool, law, choice)).toEqual({ plan: { version: 1, files: [] }, problems: [] });
    });
    await fc.assert(law1, { numRuns: 60 });
    expect(written).toBeGreaterThan(0);
  });
});

describe.each(tools)("law 1 with the tool itself, $id", ({ tool, law }) => {
  describeWith(tool.id, "installed", () => {
    it("running its own command on a copy leaves no trace, and planning after applying is empty", async () => {
      const law1 = fc.asyncProperty(situations(law), async ({ setup, choice }) => {
        const world = await make(law.file, setup);
        const before = await snapshot(world.home);
        const installation = await installed(world, tool, law);
        const { plan } = await drafted(world, tool, law, choice, installation);
        expect(await snapshot(world.home)).toEqual(before);
        await apply(plan, about, world.ports);
        const again = await drafted(world, tool, law, choice, installation);
        expect(again).toEqual({ plan: { version: 1, files: [] }, problems: [] });
      });
      await fc.assert(law1, { numRuns: law.runsWithTool ?? 10 });
    });
  });
});
