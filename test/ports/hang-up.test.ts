import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("hanging up on a daemon", () => {
  it("reaches the program whose number stands in the file", async () => {
    const { child, pidFile } = await listener();
    const heard = once(child.stdout as NodeJS.ReadableStream, "data");
    expect(await hangUp(pidFile, "node")).toBe(true);
    expect(String(await heard)).toBe("again");
  });

  it("leaves alone who has got the number since", async () => {
    const { child, pidFile } = await listener();
    expect(await hangUp(pidFile, "dockerd")).toBe(false);
    expect(child.exitCode).toBeNull();
  });

  it.each([
    ["names nobody", "999999999"],
    ["is empty", ""],
    ["has a word in it", "node"],
    ["means the whole group", "0"],
    ["means everybody", "-1"],
    ["means the first process", "1"],
  ])("does nothing where the file %s", async (name, text) => {
    const pidFile = join(folder, name);
    await writeFile(pidFile, text);
    expect(await hangUp(pidFile, "node")).toBe(false);
  });

  it("does nothing where there is no file", async () => {
    expect(await hangUp(join(folder, "none"), "node")).toBe(false);
  });
});
