import { lchown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import { execa } from "execa";
import which from "which";
import { variable } from "../platform/paths.ts";
import type { HostFacts, Person } from "../platform/types.ts";
import { stagePrefix, sweepStages } from "./stages.ts";
import type { Command, CommandResult, StagedFiles } from "./types.ts";

const defaultTimeoutMs = 20_000;
const maxOutputBytes = 4 * 1024 * 1024;

/**
 * Finds a program as the user's shell would; on Windows as PowerShell does: `which` looks into the current folder first, as cmd.exe does, where a project
 * could have put anything under the name of a tool.
 */
export async function findProgram(facts: HostFacts, program: string): Promise<string | null> {
  const path = variable(facts, "PATH") ?? "";
  const pathExt = variable(facts, "PATHEXT");
  const options = { nothrow: true, path, ...(pathExt === null ? {} : { pathExt }) } as const;
  if (facts.os !== "win32") return which(program, options);
  const plain = (folder: string) => resolve(folder.replaceAll('"', "")).toLowerCase();
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  const found = (await which(program, { ...options, all: true })) ?? [];
  return found.find((each) => folders.map(plain).includes(plain(dirname(each)))) ?? null;
}

/** Runs a program in the user's environment. execa: argument arrays without a shell, `.cmd` shims on Windows, time-outs that end the child. */
export async function runProgram(
  facts: HostFacts,
  command: Command,
  cwd: string,
  person?: Person,
): Promise<CommandResult> {
  const [file, ...args] = command.argv;
  const result = await execa(file, args, {
    cwd,
    env: mergedEnvironment(facts, command.env ?? {}),
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    stripFinalNewline: false,
    timeout: command.timeoutMs ?? defaultTimeoutMs,
    maxBuffer: maxOutputBytes,
    windowsHide: true,
    ...(person === undefined ? {} : { uid: person.uid, gid: person.gid }),
  });
  const isUnexplained = result.timedOut || (result.stderr === "" && result.failed);
  const stderr = isUnexplained ? String(result.shortMessage) : result.stderr;
  return { code: result.exitCode ?? null, stdout: result.stdout, stderr };
}

/** The same, in a private folder that stands for every folder the program might write to, and is removed afterwards. */
export async function runStaged(
  facts: HostFacts,
  command: Command,
  files: StagedFiles,
): Promise<CommandResult & { files: StagedFiles }> {
  const person = command.rights === "ours" ? undefined : facts.person;
  sweeping ??= sweepStages(tmpdir(), person?.uid ?? facts.uid, Date.now());
  const stage = await mkdtemp(join(tmpdir(), stagePrefix));
  try {
    for (const [name, bytes] of Object.entries(files)) {
      await mkdir(dirname(join(stage, name)), { recursive: true });
      await writeFile(join(stage, name), bytes, { mode: 0o600 });
    }
    if (person !== undefined) await giveAll(stage, person);
    const result = await runProgram(facts, intoStage(command, stage), command.cwd ?? stage, person);
    return { ...result, files: await readStage(stage, Object.keys(files)) };
  } finally {
    // What Windows does not let go of yet (a virus scanner looks at it) is swept away another day.
    await rm(stage, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    await sweeping;
  }
}

/** What root has made for a program that is run as somebody else. */
async function giveAll(stage: string, { uid, gid }: Person): Promise<void> {
  const names = await readdir(stage, { recursive: true });
  for (const name of ["", ...names]) await lchown(join(stage, name), uid, gid);
}

/** Once a run, beside the first program. */
let sweeping: Promise<void> | null = null;

/** Fills in `{stage}` and points every folder variable of the three systems into the stage. */
function intoStage(command: Command, stage: string): Command {
  const fill = (text: string) => text.replaceAll("{stage}", stage);
  const homes = ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"];
  const xdg = ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"];
  const env: Record<string, string | null> = {};
  for (const name of [...homes, ...xdg]) env[name] = join(stage, "home");
  for (const [name, value] of Object.entries(command.env ?? {})) env[name] = value === null ? null : fill(value);
  const [file, ...args] = command.argv;
  return { ...command, argv: [file, ...args.map(fill)], env };
}

async function readStage(stage: string, names: readonly string[]): Promise<StagedFiles> {
  const found: Record<string, Uint8Array> = {};
  const wanted = new Set(names);
  for (const entry of await readdir(stage, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(stage, path).replaceAll("\\", "/");
    if (entry.isFile() && (wanted.has(name) || !name.includes("/"))) found[name] = await readFile(path);
  }
  return found;
}

export function mergedEnvironment(
  facts: HostFacts,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts.env)) if (value !== undefined) merged[name] = value;
  const windows = facts.os === "win32";
  for (const [name, value] of Object.entries(changes)) {
    // On Windows the same variable may stand there in another case, and would win.
    const same = windows ? Object.keys(merged).filter((known) => known.toLowerCase() === name.toLowerCase()) : [name];
    for (const known of same) delete merged[known];
    if (value !== null) merged[name] = value;
  }
  return merged;
}
