import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describeWhere } from "./where.ts";

/** Where a tool is on PATH, or null. */
export function findTool(tool: string): string | null {
  const names = process.platform === "win32" ? [`${tool}.exe`, `${tool}.cmd`] : [tool];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

/** What CI installs (.ci/run); the others cannot be had everywhere. */
const promised = ["go", "pip", "python3", "npm", "dockerd", "podman", "tmux", "bash", "zsh", "fish"];

/** A `describe` that needs a real tool. */
export function describeWith(tool: string, name: string, tests: () => void): void {
  describeWhere(findTool(tool) !== null, `${tool} is not installed`, name, tests, promised.includes(tool));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** How a run of a real tool ended. */
export interface Run {
  /** 0: success; null: killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for one run, and the whole environment that a child needs to have nothing of ours but PATH. */
interface ThrowAwayHome {
  readonly path: string;
  readonly env: { readonly PATH: string; readonly HOME: string; readonly USERPROFILE: string };
}

/** Makes a home, does something in it, and removes it. */
export async function inThrowAwayHome<T>(tool: string, act: (home: ThrowAwayHome) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), `lab-${tool}-`));
  try {
    return await act({ path, env: { PATH: process.env.PATH ?? "", HOME: path, USERPROFILE: path } });
  } finally {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Runs a tool with that environment only; it has 20 seconds. */
export function runTool(tool: string, args: readonly string[], cwd: string, env: object): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...env }, timeout: 20_000, encoding: "utf8" } as const;
    execFile(tool, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ code, stdout, stderr });
    });
  });
}
