import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { apply, type WriterPorts } from "../../src/plan/apply.ts";
import type { FilePlan } from "../../src/plan/types.ts";
import { undo } from "../../src/plan/undo.ts";
import { activation, type Daemon, daemonFile, startDaemon } from "./daemon.ts";
import { snapshotOfOthers } from "./snapshot.ts";
import { about } from "./steps.ts";
import { type World, worldMaker } from "./world.ts";

const make = worldMaker();
const one = '{"registry-mirrors":["https://one.example"]}';
const two = '{"registry-mirrors":["https://two.example/"]}';
const none = '{"debug":false}';

async function stage(before: string, state: Daemon["state"] = "up"): Promise<{ world: World; daemon: Daemon }> {
  const world = await make("etc/daemon.json", { placement: "plain", mode: 0o640, bytes: Buffer.from(before) });
  const daemon = startDaemon(world, JSON.parse(before)["registry-mirrors"] ?? []);
  daemon.state = state;
  return { world, daemon };
}

const write = (files: readonly FilePlan[], { ports }: { ports: WriterPorts }) =>
  apply({ version: 1, files }, about, ports);
const left = (file: string, manual: string, isRefused = false) => [{ ecosystem: "docker", file, manual, isRefused }];

describe("what a running program goes by", () => {
  it("is in force after the write and after the undo, with one reload each where nothing is to be forgotten", async () => {
    const { world, daemon } = await stage(one);
    const applied = await write([daemonFile(world.file, one, two)], daemon.ports());
    expect([applied.pending, daemon.mirrors, daemon.hangUps]).toEqual([[], ["https://two.example/"], 1]);
    expect(await undo(null, daemon.ports().ports)).toMatchObject({ kind: "undone", pending: [] });
    expect([daemon.mirrors, daemon.hangUps]).toEqual([["https://one.example/"], 2]);
  });

  it("is forgotten where its key goes, and the file is byte for byte what was wanted", async () => {
    const { world, daemon } = await stage(two);
    expect(await write([daemonFile(world.file, two, none)], daemon.ports())).toMatchObject({ pending: [] });
    expect([daemon.mirrors, await readFile(world.file, "utf8")]).toEqual([[], none]);
  });

  it("stays, and is said to, where it does not read again: the file is written, and can be undone", async () => {
    const { world, daemon } = await stage(one, "deaf");
    const applied = await write([daemonFile(world.file, one, two)], daemon.ports());
    expect(applied).toMatchObject({ problems: [], pending: left(world.file, activation.manual.reload, true) });
    expect(applied.transaction).not.toBeNull();
    expect(await readFile(world.file, "utf8")).toBe(two);
    daemon.mirrors = ["https://two.example/"];
    const undone = await undo(null, daemon.ports().ports);
    expect(undone).toMatchObject({ kind: "undone", pending: left(world.file, activation.manual.reload, true) });
    expect(await readFile(world.file, "utf8")).toBe(one);
  });

  it("stays where we may not reload; what would have to be forgotten takes more than that", async () => {
    const { world, daemon } = await stage(two, "closed");
    const applied = await write([daemonFile(world.file, two, none)], daemon.ports());
    expect(applied.pending).toEqual(left(world.file, activation.manual.forget));
    expect(await readFile(world.file, "utf8")).toBe(none);
  });

  it("is nothing while it does not run: nobody waits, and nothing is said", async () => {
    const { world, daemon } = await stage(two, "down");
    const { ports } = daemon.ports();
    expect(await write([daemonFile(world.file, two, none)], { ports })).toMatchObject({ pending: [] });
    expect([ports.clock.now(), daemon.hangUps]).toEqual([0, 0]);
    expect(await undo(null, ports)).toMatchObject({ kind: "undone", pending: [] });
    expect(await readFile(world.file, "utf8")).toBe(two);
  });

  it("is left alone with --no-reload, and brought back by an undo all the same", async () => {
    const { world, daemon } = await stage(one);
    const how = { ...activation, deferred: true } as const;
    const applied = await write([daemonFile(world.file, one, two, { how })], daemon.ports());
    expect(applied.pending).toEqual(left(world.file, activation.manual.reload));
    expect([daemon.mirrors, daemon.hangUps]).toEqual([["https://one.example"], 0]);
    daemon.mirrors = ["https://two.example/"];
    expect(await undo(null, daemon.ports().ports)).toMatchObject({ pending: [] });
    expect(daemon.mirrors).toEqual(["https://one.example/"]);
  });

  it.each([
    ["its own file fails", "etc/daemon.json"],
    ["another file of the ecosystem fails", "etc/zzz"],
  ])("comes back when %s", async (_, broken) => {
    const { world, daemon } = await stage(two);
    const old = await snapshotOfOthers(world.home);
    const { ports } = daemon.ports();
    const turns = broken.endsWith("zzz") ? 1 : 2;
    let turn = 0;
    const replace: WriterPorts["write"]["replace"] = async (path, content) => {
      turn += path === join(world.home, broken) ? 1 : 0;
      if (path === join(world.home, broken) && turn === turns) throw Object.assign(new Error("EIO"), { code: "EIO" });
      await ports.write.replace(path, content);
    };
    await mkdir(join(world.home, "etc"), { recursive: true });
    const other = { ...daemonFile(join(world.home, "etc/zzz"), null, one), activation: null };
    const files = [daemonFile(world.file, two, none), other];
    const applied = await write(files, { ports: { ...ports, write: { ...ports.write, replace } } });
    expect(applied).toMatchObject({ transaction: null, pending: [], problems: [{ code: "EIO" }] });
    expect(daemon.mirrors).toEqual(["https://two.example/"]);
    expect(await snapshotOfOthers(world.home)).toEqual(old);
  });
});
