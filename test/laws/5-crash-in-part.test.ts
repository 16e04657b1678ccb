import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { apply, underLock, type WriterPorts } from "../../src/plan/apply.ts";
import type { FilePlan, Plan } from "../../src/plan/types.ts";
import { undo } from "../../src/plan/undo.ts";
import { callsOf, expectSettled, runUntilDeath } from "./crash.ts";
import type { Death } from "./mortal.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { about } from "./steps.ts";
import { portsFor, type World, worldMaker } from "./world.ts";

const make = worldMaker();
const recoverOnly = (ports: WriterPorts) => underLock(ports, () => Promise.resolve());
const takeBackOne = (ports: WriterPorts) => undo(null, ports, "npm");
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A world in which one transaction wrote the files of two ecosystems: what it was, and what it is with one of them taken back. */
async function written(): Promise<{ world: World; old: object; inPart: object; both: object }> {
  const world = await make("go-env", { placement: "plain", mode: 0o640, bytes: Buffer.from("GO=old\n") });
  const npmrc = `${world.home}/npmrc`;
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const usual = { via: "span", argv: null, keys: [], activation: null } as const;
  const go: FilePlan = {
    ...{ ecosystem: "go", path: world.file, realPath: world.file, ...usual },
    before: { base64: base64("GO=old\n"), mode: 0o640, owner },
    after: { base64: base64("GO=new\n"), mode: 0o640, owner },
  };
  const npm: FilePlan = {
    ...{ ecosystem: "npm", path: npmrc, realPath: npmrc, before: null, ...usual },
    after: { base64: base64("registry=new\n"), mode: 0o600, owner: null },
  };
  const old = await snapshotOfOthers(world.home);
  const onlyGo: Plan = { version: 1, files: [go] };
  await apply(onlyGo, about, world.ports);
  const inPart = await snapshotOfOthers(world.home);
  await undo(null, world.ports);
  await apply({ version: 1, files: [go, npm] }, about, world.ports);
  return { world, old, inPart, both: await snapshotOfOthers(world.home) };
}

describe("law 5 when one ecosystem of several is taken back", () => {
  it.each(["before", "after", "temporary"] as const)(
    "and the run dies %s a call, nothing is lost",
    async (how: Death) => {
      const calls = await callsOf((await written()).world, takeBackOne);
      expect(calls).toBeGreaterThan(4);
      for (let nth = 1; nth <= calls; nth += 1) {
        const { world, old, inPart, both } = await written();
        await runUntilDeath(world, takeBackOne, nth, how);
        await recoverOnly(portsFor(world.home).ports);
        await expectSettled(world, [inPart, both]);
        await undo(null, portsFor(world.home).ports);
        await expectSettled(world, [old]);
        expect(await readFile(world.file, "utf8")).toBe("GO=old\n");
      }
    },
  );
});
