import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Installation, Tool } from "../../src/ecosystems/types.ts";
import { apply } from "../../src/plan/apply.ts";
import { describeWith } from "../lab/tools.ts";
import { type LawFormat, lawTools } from "./formats.ts";
import { about, drafted, installed, planned, situations } from "./steps.ts";
import { worldMaker } from "./world.ts";

const make = worldMaker();
const tools = await lawTools();

describe.each(tools)("law 4, $id", ({ tool, law }) => {
  it("an edit changes its keys and nothing else", async () => {
    expect(await keepsTheRest(tool, law, 100, () => Promise.resolve(null))).toBeGreaterThan(0);
  });

  describeWith(tool.id, "with the tool itself", () => {
    it("an edit changes its keys and nothing else, whoever makes it", async () => {
      await keepsTheRest(tool, law, law.runsWithTool, (world) => installed(world, tool, law));
    });
  });
});

/** Runs the law; gives back how often there was something to change. */
async function keepsTheRest(
  tool: Tool,
  law: LawFormat,
  numRuns: number,
  detect: (world: Awaited<ReturnType<typeof make>>) => Promise<Installation | null>,
): Promise<number> {
  let changed = 0;
  const law4 = fc.asyncProperty(situations(law), async ({ setup, choice }) => {
    const world = await make(law.file, setup);
    const installation = await detect(world);
    const found = await planned(world, tool, law, choice, installation);
    const edits = found.ok ? found.changes.flatMap((change) => change.edits) : [];
    const { plan, problems } = await drafted(world, tool, law, choice, installation);
    expect(problems).toEqual([]);
    if (plan.files.length === 0) return;
    const before = setup.placement.startsWith("absent") ? new Uint8Array() : setup.bytes;
    await apply(plan, about, world.ports);
    expectOnly(law, before, await readFile(world.file), edits);
    changed += 1;
  });
  await fc.assert(law4, { numRuns });
  return changed;
}

function expectOnly(
  law: LawFormat,
  before: Uint8Array,
  after: Uint8Array,
  edits: readonly { key: string; value: string | null }[],
): void {
  const wanted = new Map(law.parse(before));
  for (const { key, value } of edits) {
    if (value === null) wanted.delete(key);
    else wanted.set(key, value);
  }
  expect(Object.fromEntries(law.parse(after))).toEqual(Object.fromEntries(wanted));
  // Where there was nothing, nothing is to be kept: a tool may lay out its new file as it likes.
  if (before.length === 0) return;
  const keys = edits.map(({ key }) => key);
  const [old, now] = [law.otherLines(before, keys), law.otherLines(after, keys)];
  // A last line without an end gets one when a key is put behind it, as the file has them: all that may be added.
  const last = old.at(-1);
  const isEnded = last !== undefined && [`${last}\n`, `${last}\r\n`].includes(now.at(-1) ?? "");
  const ended = isEnded ? [...old.slice(0, -1), now.at(-1)] : old;
  expect(now).toEqual(ended);
}
