import type { HostFacts } from "../../../src/platform/types.ts";
import type { Command, CommandResult, ReadPort, StagedFiles, WritePort } from "../../../src/ports/types.ts";
import { Disk, type Rules } from "./disk.ts";

/** What a fake program is told, and may look at. */
export interface Run {
  readonly args: readonly string[];
  /** As the program sees it: the person's, with the command's changes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string | undefined;
  readonly files: StagedFiles;
  readonly disk: Disk;
}

type Answer = Partial<CommandResult & { readonly files: StagedFiles }> | string;

/** A program that is a function: what it prints, or all that it does. */
export type Program = (run: Run) => Answer;

/** How a machine is described. */
export interface Build {
  readonly facts: HostFacts;
  readonly rules?: Partial<Rules>;
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
  /** By their full path. They are found on the PATH by the rules of the system. */
  readonly programs?: Readonly<Record<string, Program>>;
}

/** A machine that is not there: its disk, its ports, and every command that was run on it. */
export interface Machine {
  readonly facts: HostFacts;
  readonly disk: Disk;
  readonly read: ReadPort;
  readonly write: WritePort;
  readonly runs: readonly Command[];
}

export function build({ facts: given, rules, files = {}, folders = [], links = {}, programs = {} }: Build): Machine {
  const facts = { ...given };
  const disk = new Disk({ os: facts.os, uid: facts.uid ?? 0, ...rules });
  for (const folder of folders) disk.folder(folder);
  if (facts.home !== null) disk.folder(facts.home);
  for (const [path, content] of Object.entries(files)) disk.file(path, content);
  for (const path of Object.keys(programs)) disk.file(path, "#!program", 0o755);
  for (const [path, target] of Object.entries(links)) disk.link(path, target);
  disk.sealed = true;
  const runs: Command[] = [];
  const runIt = (command: Command, staged: StagedFiles): CommandResult & { files: StagedFiles } => {
    runs.push(command);
    const at = disk.real(command.argv[0]);
    const program = Object.entries(programs).find(([path]) => disk.real(path) === at)?.[1];
    if (program === undefined) return { code: null, stdout: "", stderr: "ENOENT", files: staged };
    const env = environment(facts, command);
    const answer = program({ args: command.argv.slice(1), env, cwd: command.cwd, files: staged, disk });
    const told = typeof answer === "string" ? { stdout: answer } : answer;
    return { code: 0, stdout: "", stderr: "", files: staged, ...told };
  };
  return { facts, disk, runs, read: readPort(facts, disk, runIt), write: writePort(disk, runIt) };
}

type RunIt = (command: Command, staged: StagedFiles) => CommandResult & { files: StagedFiles };

function readPort(facts: HostFacts, disk: Disk, runIt: RunIt): ReadPort {
  return {
    facts,
    read: async (path) => disk.read(path),
    names: async (path) => disk.names(path),
    which: async (program) => find(facts, disk, program),
    run: async (command, staged = {}) => runIt(command, staged),
  };
}

function writePort(disk: Disk, runIt: RunIt): WritePort {
  let held = false;
  return {
    obstacle: async (path) => disk.obstacle(path),
    replace: async (path, content) => disk.put(path, content),
    makeDirectory: async (path, mode) => disk.folder(path, mode),
    removeFile: async (path) => disk.remove(path),
    removeDirectory: async (path) => {
      if (disk.names(path).length > 0) return false;
      disk.remove(path);
      return true;
    },
    sweep: async () => undefined,
    run: async (command) => runIt(command, {}),
    hangUp: async () => true,
    lock: async () => {
      if (held) return null;
      held = true;
      return async () => {
        held = false;
      };
    },
  };
}

function environment({ env, os }: HostFacts, command: Command): Record<string, string | undefined> {
  const same = (a: string, b: string) => (os === "win32" ? a.toLowerCase() === b.toLowerCase() : a === b);
  const merged: Record<string, string | undefined> = { ...env };
  for (const [name, value] of Object.entries(command.env ?? {})) {
    for (const known of Object.keys(merged)) if (same(known, name)) delete merged[known];
    if (value !== null) merged[name] = value;
  }
  return merged;
}

/** By the PATH: on Windows with the endings of PATHEXT, elsewhere what has a bit for running. */
function find(facts: HostFacts, disk: Disk, program: string): string | null {
  const windows = facts.os === "win32";
  const entry = Object.entries(facts.env).find(([name]) => (windows ? /^path$/i : /^PATH$/).test(name));
  const endings = windows ? [".com", ".exe", ".bat", ".cmd"] : [""];
  for (const folder of (entry?.[1] ?? "").split(windows ? ";" : ":")) {
    for (const ending of endings) {
      const path = disk.path.join(folder, program + ending);
      const state = disk.read(path);
      if (state.kind === "file" && (windows || (state.mode & 0o111) !== 0)) return path;
    }
  }
  return null;
}
