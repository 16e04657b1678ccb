import { appendFile, chmod, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/plan/apply.ts";
import type { Plan } from "../../src/plan/types.ts";
import { undo } from "../../src/plan/undo.ts";
import { lawTools } from "./formats.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { about, drafted, situations, work } from "./steps.ts";
import { type World, worldMaker } from "./world.ts";

const make = worldMaker();

/** What somebody else may do to a file that is there. */
const meddlings: Readonly<Record<string, (world: World) => Promise<void>>> = {
  "a line more": ({ file }) => appendFile(file, "# mine\n"),
  "one byte less": async ({ file }) => writeFile(file, (await readFile(file)).subarray(0, -1)),
  "another mode": ({ file }) => chmod(file, 0o604),
  "no file": ({ file }) => rm(file),
  "a link to a copy": async ({ home, file }) => {
    await rename(file, join(home, "elsewhere"));
    await symlink(join(home, "elsewhere"), file);
  },
};

describe.each(await lawTools())("law 3, $id", ({ tool, law }) => {
  it.each(Object.keys(meddlings))("%s between plan and apply: stopped, said, nothing lost", async (name) => {
    const { world, plan } = await work(make, { tool, law }, "plain");
    await meddlings[name]?.(world);
    const before = await snapshotOfOthers(world.home);
    const applied = await apply(plan, about, world.ports);
    expect(applied.transaction).toBeNull();
    expect(applied.problems).toMatchObject([{ file: world.file, code: "changed-meanwhile" }]);
    expect(await snapshotOfOthers(world.home)).toEqual(before);
    expect(await undo(null, world.ports)).toMatchObject({ kind: "nothing" });
  });

  it.each(Object.keys(meddlings))("%s between apply and undo: stopped, said, nothing lost", async (name) => {
    const { world, plan } = await work(make, { tool, law }, "plain");
    const { transaction } = await apply(plan, about, world.ports);
    await meddlings[name]?.(world);
    const before = await snapshotOfOthers(world.home);
    const problems = [{ file: world.file, code: "changed-since" }];
    expect(await undo(null, world.ports)).toMatchObject({ kind: "problems", id: transaction, problems });
    expect(await snapshotOfOthers(world.home)).toEqual(before);
  });

  it("a file that appears between plan and apply is not written over", async () => {
    const { world, plan } = await work(make, { tool, law }, "absent-below-link");
    await writeFile(world.file, "mine\n");
    const applied = await apply(plan, about, world.ports);
    expect(applied).toMatchObject({ transaction: null, problems: [{ code: "changed-meanwhile" }] });
    expect(await readFile(world.file, "utf8")).toBe("mine\n");
  });

  it("an undo that was stopped can be done once the file is as it was written", async () => {
    const { world, plan } = await work(make, { tool, law }, "symlink");
    const before = await snapshotOfOthers(world.home);
    await apply(plan, about, world.ports);
    const written = await readFile(world.file);
    await appendFile(world.file, "x");
    expect(await undo(null, world.ports)).toMatchObject({ kind: "problems" });
    await writeFile(world.file, written);
    expect(await undo(null, world.ports)).toMatchObject({ kind: "undone" });
    expect(await snapshotOfOthers(world.home)).toEqual(before);
  });

  it.each(["apply", "undo"] as const)("whatever other bytes stand there before %s, they stay", async (next) => {
    let stopped = 0;
    const law3 = fc.asyncProperty(situations(law), law.texts, async ({ setup, choice }, bytes) => {
      const world = await make(law.file, setup);
      const { plan } = await drafted(world, tool, law, choice);
      if (setup.placement === "absent" || plan.files.length === 0) return;
      const outcome = await overwritten(world, plan, bytes, next);
      if (outcome === "same") return;
      expect(outcome).toMatchObject(next === "undo" ? { kind: "problems" } : { transaction: null });
      expect(Buffer.from(bytes).equals(await readFile(world.file))).toBe(true);
      stopped += 1;
    });
    await fc.assert(law3, { numRuns: 40 });
    expect(stopped).toBeGreaterThan(0);
  });
});

/** Somebody writes other bytes just before a step. `same`: the bytes are no others. */
async function overwritten({ file, ports }: World, plan: Plan, bytes: Uint8Array, next: "apply" | "undo") {
  const [planned] = plan.files;
  if (next === "undo") await apply(plan, about, ports);
  const stored = next === "undo" ? planned?.after : planned?.before;
  if (stored?.base64 === Buffer.from(bytes).toString("base64")) return "same";
  await writeFile(file, bytes);
  return next === "undo" ? undo(null, ports) : apply(plan, about, ports);
}
