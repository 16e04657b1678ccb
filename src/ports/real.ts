import { unlink } from "node:fs/promises";
import type { HostFacts } from "../platform/types.ts";
import { codeOf } from "./files/errors.ts";
import { makeFolder, obstacleTo, removeFolder } from "./files/folders.ts";
import { takeLock } from "./files/lock.ts";
import { readNames, readPath } from "./files/read.ts";
import { replaceFile, resolveTarget, temporaryBeside } from "./files/replace.ts";
import type { ReadPort, WritePort } from "./types.ts";

/** Loaded when the first program is to be run. */
const programs = () => import("./programs.ts");

/** Reading this machine. */
export function realReadPort(facts: HostFacts): ReadPort {
  return {
    facts,
    read: readPath,
    names: readNames,
    which: async (program) => (await programs()).findProgram(facts, program),
    run: async (command, files = {}) => (await programs()).runStaged(facts, command, files),
  };
}

/** Writing to this machine. */
export function realWritePort(facts: HostFacts): WritePort {
  return {
    obstacle: obstacleTo,
    replace: replaceFile,
    makeDirectory: makeFolder,
    removeDirectory: removeFolder,
    removeFile: removeIfThere,
    sweep: async (path) => removeIfThere(temporaryBeside(await resolveTarget(path))),
    run: async (command) => (await programs()).runProgram(facts, command, facts.cwd),
    lock: takeLock,
  };
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}
