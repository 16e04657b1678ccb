import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import type { LabEcosystem } from "../lab/faults.ts";
import { type HostSpec, type Lab, startLab } from "../lab/index.ts";
import { findTool } from "../lab/tools.ts";
import type { Report } from "./documents.ts";

/** The program under test: the built one of this repository, or another (of a packed tarball, say). */
export const program =
  process.env.MIRROR_SETUP_BIN ?? fileURLToPath(new URL("../../bin/mirror-setup.cjs", import.meta.url));

/** A throw-away home. */
export interface Home {
  readonly path: string;
  /** Where go keeps its settings in it. */
  readonly goenv: string;
  /** Where pip does. */
  readonly pipConf: string;
  /** Where npm does. */
  readonly npmrc: string;
  /** Where our journal is. */
  readonly journal: string;
}

/** Makes a home that is removed when the test ends. Its temporary folder is beside it, so that litter can be seen. */
export async function makeHome(goenv?: string | Uint8Array): Promise<Home> {
  const root = await mkdtemp(join(tmpdir(), "mirror-setup-cli-"));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  const path = join(root, "home");
  await mkdir(path);
  await mkdir(join(root, "tmp"));
  const home = homeAt(path);
  if (goenv !== undefined) await put(home.goenv, goenv);
  return home;
}

/** A home that is made elsewhere, with a folder `tmp` beside it. */
export function homeAt(path: string): Home {
  return {
    path,
    goenv: join(path, ".config", "go", "env"),
    pipConf: join(path, ".config", "pip", "pip.conf"),
    npmrc: join(path, ".npmrc"),
    journal: join(path, ".local", "state", "mirror-setup", "journal"),
  };
}

/** Writes a file and the folders it needs. */
export async function put(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** A PATH with this Node and nothing else: no go. */
export async function withoutGo(home: Home): Promise<{ readonly PATH: string }> {
  const folder = await mkdtemp(join(home.path, "..", "bin-"));
  await symlink(process.execPath, join(folder, "node"));
  return { PATH: folder };
}

/** A PATH with this Node and these tools, and nothing else. pip comes as a Python that runs it, whatever stands in for it on our own PATH. */
export async function withOnly(home: Home, ...tools: readonly LabEcosystem[]): Promise<{ readonly PATH: string }> {
  const { PATH } = await withoutGo(home);
  for (const tool of tools) {
    const place = join(PATH, tool);
    if (tool !== "pip") await symlink(await realpath(findTool(tool) ?? tool), place);
    else await writeFile(place, `#!/bin/sh\nexec "${await realPython()}" -m pip "$@"\n`, { mode: 0o755 });
  }
  return { PATH };
}

let python: Promise<string> | null = null;

function realPython(): Promise<string> {
  python ??= execa("python3", ["-c", "import sys; print(sys.executable)"]).then(({ stdout }) => stdout);
  return python;
}

/** A catalog of two mirrors per ecosystem, `near` and `far`, that nobody can ask: for what is done without a probe. */
export async function exampleCatalog(home: Home): Promise<string> {
  const file = join(home.path, "..", "catalog.json");
  const mirrors = (["go", "pip", "npm"] as const).flatMap((ecosystem) =>
    (["near", "far"] as const).map((id) => {
      const about = { id, ecosystem, name: { zh: id, en: id }, operator: id, kind: "community", status: "active" };
      return { ...about, url: exampleUrl(id, ecosystem), offer: true, restriction: null, docs: null, asOf: null };
    }),
  );
  await writeFile(file, JSON.stringify({ version: 1, updated: "2026-11-20", mirrors, probes: {} }));
  return file;
}

/** Where one of them is. */
export function exampleUrl(id: "near" | "far", ecosystem: LabEcosystem): string {
  return `https://${id}.example/${ecosystem}`;
}

/** How to run the program, beyond its arguments. */
export interface Way {
  readonly home: Home;
  /** On top of PATH, HOME, LANG and TMPDIR, which is all that the child gets; undefined takes one of these away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** A program that runs ours, and its arguments. */
  readonly through?: readonly [string, ...string[]];
  /** A signal after so many milliseconds: SIGKILL, unless another is named. */
  readonly killAfterMs?: number;
  readonly signal?: "SIGKILL" | "SIGINT" | "SIGTERM";
}

/** How a run ended. */
export interface Ended {
  /** null: killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly elapsedMs: number;
}

/** Runs the program as a child process, in a home of its own and nothing else of ours but PATH. */
export async function run(
  args: readonly string[],
  { home, env = {}, cwd, through, killAfterMs, signal = "SIGKILL" }: Way,
): Promise<Ended> {
  const began = performance.now();
  const basic = { PATH: process.env.PATH, HOME: home.path, LANG: "C.UTF-8", TMPDIR: join(home.path, "..", "tmp") };
  const [first, ...before] = [...(through ?? []), process.execPath, program] as [string, ...string[]];
  const child = execa(first, [...before, ...args], {
    cwd: cwd ?? home.path,
    env: { ...basic, ...env },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    stripFinalNewline: false,
    ...(killAfterMs === undefined ? {} : { timeout: killAfterMs, killSignal: signal }),
  });
  const { exitCode, stdout, stderr } = await child;
  const elapsedMs = performance.now() - began;
  return { code: exitCode ?? null, stdout, stderr, elapsedMs };
}

/** Runs with `--json` and gives back the code and the document. */
export async function ask(args: readonly string[], way: Way): Promise<{ code: number | null; report: Report }> {
  const { code, stdout, stderr } = await run([...args, "--json"], way);
  expect(stderr).toBe("");
  const report = JSON.parse(stdout) as Report;
  expect(report.exitCode).toBe(code);
  return { code, report };
}

/** The codes of a report's messages. */
export function codesOf({ messages }: Report): string[] {
  return messages.map(({ code }) => code);
}

/** Every path below a folder: what it is, its mode, its bytes or target, and when it was last written. */
export type Snapshot = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Takes a snapshot. `times: false` leaves out when things were written. */
export async function snapshot(folder: string, { times = true } = {}): Promise<Snapshot> {
  const found: Record<string, Record<string, string>> = {};
  const names = ["", ...(await readdir(folder, { recursive: true }))].sort();
  for (const name of names) {
    const path = join(folder, name);
    const about = await lstat(path, { bigint: true });
    const entry: Record<string, string> = { mode: about.mode.toString(8) };
    if (times) entry.written = String(about.mtimeNs);
    if (about.isSymbolicLink()) entry.target = await readlink(path);
    if (about.isFile()) entry.bytes = (await readFile(path)).toString("latin1");
    found[name] = entry;
  }
  return found;
}

/** Starts one lab for a file's tests; gives back how to get at it. */
export function useLab(specs: readonly HostSpec[]): () => Lab {
  let lab: Lab | null = null;
  beforeAll(async () => {
    lab = await startLab(specs);
  });
  afterAll(async () => {
    await lab?.close();
    lab = null;
  });
  return () => {
    if (lab === null) throw new Error("the lab is not open");
    return lab;
  };
}

/** What a child needs to trust the lab. The database's key is stored in go's settings instead (`databaseLine`): a variable would win over them. */
export function trusting({ caFile }: Lab): Record<string, string> {
  return { SSL_CERT_FILE: caFile };
}

/** The same for the tools that a run may start: go, pip and npm each look elsewhere. Nothing of it names a mirror. */
export function trustingAll({ caFile }: Lab): Record<string, string> {
  return { SSL_CERT_FILE: caFile, NODE_EXTRA_CA_CERTS: caFile, PIP_CERT: caFile, npm_config_cafile: caFile };
}

/** go's settings as a test with the lab begins: its own database, and nothing else. */
export function databaseLine({ sumdb }: Lab): string {
  return `GOSUMDB=${sumdb.key}\n`;
}
