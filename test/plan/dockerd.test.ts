import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { apply, underLock } from "../../src/plan/apply.ts";
import type { Activation, FilePlan } from "../../src/plan/types.ts";
import { undo } from "../../src/plan/undo.ts";
import { type Dockerd, describeWithDockerd, startDockerd } from "../lab/dockerd.ts";
import { activation, daemonFile } from "../laws/daemon.ts";
import { about } from "../laws/steps.ts";
import { portsFor } from "../laws/world.ts";

const one = '{ "debug": false, "registry-mirrors": ["https://one.example"] }\n';
const two = '{ "debug": false, "registry-mirrors": ["https://two.example", "https://one.example/"] }\n';
const none = '{ "debug": false }\n';
const root = join(import.meta.dirname, "..", "..");

describeWithDockerd("Docker's daemon takes files up", () => {
  let started: Dockerd | undefined;
  let daemon: Dockerd;
  let base: string;
  let how: Activation;
  let file: string;

  beforeAll(async () => {
    started = daemon = await startDockerd();
    ({ base, file } = daemon);
    await mkdir(join(base, "home"));
    const { socket, pidFile } = daemon;
    const inForce = { argv: ["docker", "-H", socket, "info", "--format", "{{json .RegistryConfig.Mirrors}}"] } as const;
    how = { ...activation, inForce, reload: { kind: "hang-up", pidFile, program: "dockerd" } };
  });
  afterAll(() => started?.stop());

  const ports = () => portsFor(join(base, "home")).ports;
  const mirrors = () => daemon.mirrors();
  /** The file as somebody left it, taken up. */
  async function begin(text: string | null): Promise<void> {
    await rm(join(base, "home", ".local"), { recursive: true, force: true });
    await writeFile(file, text === null || !text.includes("registry-mirrors") ? '{"registry-mirrors":[]}' : text);
    const wanted = text === null ? [] : (JSON.parse(text)["registry-mirrors"] ?? []);
    await ports().write.hangUp(daemon.pidFile, "dockerd");
    while ((await mirrors())?.length !== wanted.length) await setTimeout(50);
    if (text === null) await rm(file);
    else await writeFile(file, text);
    if (text !== null) await chmod(file, 0o640);
  }
  const write = (planned: FilePlan) => apply({ version: 1, files: [planned] }, about, ports());
  const text = () => readFile(file, "utf8").catch(() => null);
  const plan = (before: string | null, after: string) => daemonFile(file, before, after, { how });
  const slashed: Readonly<Record<string, readonly string[]>> = {
    [one]: ["https://one.example/"],
    [two]: ["https://two.example/", "https://one.example/"],
  };

  it.each([
    ["made", null, two],
    ["given the key", none, two],
    ["changed", one, two],
    ["rid of the key", two, none],
  ] as const)("goes by a file that is %s, and by the old one after the undo", async (_, before, after) => {
    await begin(before);
    expect(await write(plan(before, after))).toMatchObject({ problems: [], pending: [] });
    expect([await text(), await mirrors()]).toEqual([after, slashed[after] ?? []]);
    expect(await undo(null, ports())).toMatchObject({ kind: "undone", pending: [] });
    expect([await text(), await mirrors()]).toEqual([before, slashed[before ?? ""] ?? []]);
  });

  it("refuses a mirror that it cannot take, which is said; and takes the old file up again", async () => {
    await begin(one);
    const bad = one.replace("https://one.example", "ftp://one.example");
    expect((await write(plan(one, bad))).pending).toEqual([
      { ecosystem: "docker", file, manual: how.manual.reload, isRefused: true },
    ]);
    expect([await text(), await mirrors()]).toEqual([bad, slashed[one]]);
    expect(await undo(null, ports())).toMatchObject({ pending: [] });
  });

  it("is not told where another process has its number by now: that one lives on, and how to tell the daemon is said", async () => {
    await begin(one);
    const other = spawn("cat", { stdio: ["pipe", "pipe", "ignore"] });
    onTestFinished(async () => {
      other.kill();
      await writeFile(daemon.pidFile, String(daemon.pid));
    });
    await writeFile(daemon.pidFile, String(other.pid));
    expect((await write(plan(one, two))).pending).toEqual([
      { ecosystem: "docker", file, manual: how.manual.reload, isRefused: false },
    ]);
    expect([await text(), await mirrors()]).toEqual([two, slashed[one]]);
    const heard = Promise.race([once(other.stdout, "data"), once(other, "exit")]);
    other.stdin.write("still here");
    expect(String(await heard)).toBe("still here");
  });

  it("is in step with the file after a kill -9 at any moment, once that is settled", async () => {
    await begin(two);
    const script = await killable(base, plan(two, none));
    for (let round = 0; round < 8; round += 1) {
      const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
      const end = once(child, "exit");
      await once(child.stdout, "data");
      await setTimeout(Math.random() * 300);
      child.kill("SIGKILL");
      await end;
      await underLock(ports(), () => Promise.resolve());
      expect([two, none]).toContain(await text());
      expect(await mirrors()).toEqual(slashed[(await text()) ?? ""] ?? []);
      await undo(null, ports());
      expect([await text(), await mirrors()]).toEqual([two, slashed[two]]);
    }
  });
});

/** A run of its own, that says when it begins to write. Bundled beside what it writes: it is not to leave anything in this repository when it is killed. */
async function killable(base: string, planned: FilePlan): Promise<string> {
  const source = (path: string) => JSON.stringify(join(root, "src", path));
  const script = join(base, "run.ts");
  const home = JSON.stringify(join(base, "home"));
  const text = `
import { apply } from ${source("plan/apply.ts")};
import { journalPlace } from ${source("plan/journal.ts")};
import { realClock } from ${source("ports/clock.ts")};
import { realReadPort, realWritePort } from ${source("ports/real.ts")};
import { join } from "node:path";
const facts = { os: "linux", env: process.env, home: ${home}, uid: 0, cwd: "/" };
const place = journalPlace(join(${home}, ".local/state/mirror-setup"), join);
console.log("now");
const ports = { read: realReadPort(facts), write: realWritePort(facts), clock: realClock, place };
await apply({ version: 1, files: [${JSON.stringify(planned)}] }, { command: "law", mirrors: [] }, ports);
`;
  await writeFile(script, text);
  const outfile = join(base, "run.mjs");
  await build({ entryPoints: [script], outfile, bundle: true, format: "esm", platform: "node", packages: "external" });
  await symlink(join(root, "node_modules"), join(base, "node_modules"));
  return outfile;
}
