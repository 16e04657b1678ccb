import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lab } from "./index.ts";

/** How a run of a real tool ended. */
export interface Run {
  /** 0: success; null: killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the real `go` in a throw-away home, in an empty module, with nothing of our own environment but PATH; the lab's
 * environment is added, and what `env` says on top.
 */
export async function runGo(lab: Lab, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const home = await mkdtemp(join(tmpdir(), "lab-go-"));
  const own = { PATH: process.env.PATH ?? "", HOME: home, GOPATH: join(home, "go"), GOTOOLCHAIN: "local" };
  const options = { cwd: home, env: { ...own, ...lab.env, GOFLAGS: "-mod=mod -modcacherw", ...env }, timeout: 20_000 };
  try {
    await run("go", ["mod", "init", "example.test/user"], options);
    return await run("go", args, options);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function run(file: string, args: readonly string[], options: object): Promise<Run> {
  return new Promise((resolve) => {
    execFile(file, args, { ...options, encoding: "utf8" }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ code, stdout, stderr });
    });
  });
}
