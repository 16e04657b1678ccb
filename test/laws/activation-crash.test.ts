import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { apply, underLock, type WriterPorts } from "../../src/plan/apply.ts";
import type { FilePlan } from "../../src/plan/types.ts";
import { undo } from "../../src/plan/undo.ts";
import { callsOf, expectSettled, runUntilDeath } from "./crash.ts";
import { type Daemon, daemonFile, startDaemon } from "./daemon.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { about } from "./steps.ts";
import { type World, worldMaker } from "./world.ts";

const make = worldMaker();
const one = '{ "debug": true, "registry-mirrors": ["https://one.example"] }\n';
const two = '{ "debug": true, "registry-mirrors": ["https://two.example", "https://one.example"] }\n';
const none = '{ "debug": true }\n';
const cases = [
  { name: "made", before: null, after: two },
  { name: "given the key", before: none, after: two },
  { name: "changed", before: one, after: two },
  { name: "rid of the key", before: two, after: none },
] as const;
const recoverOnly = (ports: WriterPorts) => underLock(ports, () => Promise.resolve());

interface Stage {
  readonly world: World;
  readonly daemon: Daemon;
  readonly file: FilePlan;
  readonly old: object;
  write(ports: WriterPorts): Promise<unknown>;
}

async function stage({ before, after }: (typeof cases)[number]): Promise<Stage> {
  const placement = before === null ? "absent" : "plain";
  const world = await make("etc/daemon.json", { placement, mode: 0o640, bytes: Buffer.from(before ?? "") });
  const file = daemonFile(world.file, before, after);
  const daemon = startDaemon(world, listIn(before));
  const write = (ports: WriterPorts) => apply({ version: 1, files: [file] }, about, ports);
  return { world, daemon, file, old: await snapshotOfOthers(world.home), write };
}

const listIn = (text: string | null): string[] => JSON.parse(text ?? "{}")["registry-mirrors"] ?? [];
const plain = (urls: readonly string[]) => urls.map((url) => url.replace(/\/$/, ""));
const textAt = (path: string) => readFile(path, "utf8").catch(() => null);

/** At every instant the file is whole: what it was, what it is to be, or what the daemon is shown on the way. */
async function expectWhole({ world, file }: Stage): Promise<void> {
  const ours = [file.before, file.after, file.activation?.before.interim, file.activation?.after.interim];
  const texts = ours.map((stored) => (stored ? Buffer.from(stored.base64, "base64").toString() : null));
  expect(texts).toContain(await textAt(world.file));
}

/** The journal is settled, and the daemon goes by what the file says. */
async function expectInStep({ world, daemon }: Stage, allowed: readonly object[]): Promise<void> {
  await expectSettled(world, allowed);
  expect(plain(daemon.mirrors)).toEqual(listIn(await textAt(world.file)));
}

async function written(each: (typeof cases)[number]): Promise<{ calls: number; at: (home: string) => object }> {
  const { world, daemon, write } = await stage(each);
  const calls = await callsOf(world, write, daemon.ports());
  const found = JSON.stringify(await snapshotOfOthers(world.home));
  return { calls, at: (home) => JSON.parse(found.replaceAll(world.home, home)) as object };
}

describe.each(cases)("law 5 with a daemon that goes by the file, which is $name", (each) => {
  it.each(["before", "after", "temporary"] as const)(
    "death %s any call of apply: whole, settled, in step, undone",
    async (how) => {
      const { calls, at } = await written(each);
      for (let nth = 1; nth <= calls; nth += 1) {
        const staged = await stage(each);
        const { world, daemon, write, old } = staged;
        expect(await runUntilDeath(world, write, nth, how, daemon.ports())).toBe("died");
        await expectWhole(staged);
        await recoverOnly(daemon.ports().ports);
        await expectInStep(staged, [old, at(world.home)]);
        await undo(null, daemon.ports().ports);
        await expectInStep(staged, [old]);
      }
    },
  );

  it.each(["before", "after", "temporary"] as const)(
    "death %s any call of undo: whole, settled, in step",
    async (how) => {
      const counted = await stage(each);
      await counted.write(counted.daemon.ports().ports);
      const calls = await callsOf(counted.world, (ports) => undo(null, ports), counted.daemon.ports());
      for (let nth = 1; nth <= calls; nth += 1) {
        const staged = await stage(each);
        const { world, daemon, write, old } = staged;
        await write(daemon.ports().ports);
        const now = await snapshotOfOthers(world.home);
        await runUntilDeath(world, (ports) => undo(null, ports), nth, how, daemon.ports());
        await expectWhole(staged);
        await recoverOnly(daemon.ports().ports);
        await expectInStep(staged, [old, now]);
        await undo(null, daemon.ports().ports);
        await expectInStep(staged, [old]);
      }
    },
  );

  it("death of the run that settles a death: the next one settles both", async () => {
    const { calls } = await written(each);
    for (let nth = 2; nth <= calls; nth += 2) {
      for (let again = 1, end = "died"; end === "died"; again += 1) {
        const staged = await stage(each);
        const { world, daemon, write, old } = staged;
        await runUntilDeath(world, write, nth, "after", daemon.ports());
        end = await runUntilDeath(world, recoverOnly, again, again % 2 === 0 ? "after" : "before", daemon.ports());
        await expectWhole(staged);
        await undo(null, daemon.ports().ports);
        await expectInStep(staged, [old]);
      }
    }
  });
});
