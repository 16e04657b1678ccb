import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { hangUp } from "../../src/ports/hang-up.ts";

let folder: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mirror-hang-up-"));
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

/** A process that says when it is hung up on, and a file with its number. */
async function listener(): Promise<{ child: ChildProcess; pidFile: string }> {
  const script = "process.on('SIGHUP', () => process.stdout.write('again')); setInterval(() => {}, 1e6); console.log()";
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, "data");
  const pidFile = join(folder, `${child.pid}.pid`);
  await writeFile(pidFile, `${child.pid}\n`);
  return { child, pidFile };
}

/** What the first process of this machine calls itself. */
function nameOfFirst(): Promise<string> {
  return readFile("/proc/1/comm", "utf8").then(
    (name) => name.trim(),
    () => "launchd",
  );
}

describe("hanging up on a daemon", () => {
  it("reaches the program whose number stands in the file", async () => {
    const { child, pidFile } = await listener();
    const heard = once(child.stdout as NodeJS.ReadableStream, "data");
    expect(await hangUp(pidFile, "node")).toBe(true);
    expect(String(await heard)).toBe("again");
  });

  it("leaves alone who has got the number since", async () => {
    // A hang-up would end it, before it reads another line.
    const other = spawn("cat", { stdio: ["pipe", "pipe", "ignore"] });
    children.push(other);
    const pidFile = join(folder, "other");
    await writeFile(pidFile, `${other.pid}\n`);
    expect(await hangUp(pidFile, "dockerd")).toBe(false);
    const heard = Promise.race([once(other.stdout, "data"), once(other, "exit")]);
    other.stdin.write("still here");
    expect(String(await heard)).toBe("still here");
  });

  it.each([
    ["names nobody", "999999999"],
    ["is empty", ""],
    ["has a word in it", "node"],
    ["means the whole group", "0"],
    ["means everybody", "-1"],
    ["means the first process", "1"],
    ["is not there", null],
  ])("sends nobody anything where the file %s", async (name, text) => {
    // Nothing is really sent, were it to go wrong: it would be to all processes of this machine.
    const kill = vi.spyOn(process, "kill").mockReturnValue(true);
    onTestFinished(() => kill.mockRestore());
    const pidFile = join(folder, name);
    if (text !== null) await writeFile(pidFile, text);
    // The first process is told nothing under its own name either.
    for (const program of ["node", await nameOfFirst()]) expect(await hangUp(pidFile, program)).toBe(false);
    expect(kill).not.toHaveBeenCalled();
  });
});
