import { ownerAt } from "../platform/sudo.ts";
import type { HostFacts } from "../platform/types.ts";
import { readNames, readPath } from "./files/read.ts";
import type { Command, ReadPort, WritePort } from "./types.ts";

/** Loaded when the first program is to be run, or the first byte to be written: commands that only look need neither. */
const programs = () => import("./programs.ts");
const writing = () => import("./files/index.ts");

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

/** Root's own programs are not to look, or leave anything, in the home of who called sudo. */
function asRoot(command: Command, { person }: HostFacts): Command {
  return person === undefined ? command : { ...command, env: { HOME: null, ...command.env } };
}

/** Writing to this machine. */
export function realWritePort(facts: HostFacts): WritePort {
  return {
    obstacle: async (path) => (await writing()).obstacleTo(path),
    replace: async (path, content) =>
      (await writing()).replaceFile(path, { ...content, owner: content.owner ?? ownerAt(path, facts) }),
    makeDirectory: async (path, mode) => (await writing()).makeFolder(path, mode, (made) => ownerAt(made, facts)),
    removeDirectory: async (path) => (await writing()).removeFolder(path),
    removeFile: async (path) => (await writing()).removeIfThere(path),
    sweep: async (path) => (await writing()).sweep(path),
    run: async (given) => {
      const { follow, ...command } = asRoot(given, facts);
      if (follow === undefined) return (await programs()).runProgram(facts, command, facts.cwd);
      return (await import("./follow/index.ts")).followProgram(facts, { ...command, follow }, facts.cwd);
    },
    hangUp: async (pidFile, program) => (await import("./hang-up.ts")).hangUp(pidFile, program),
    lock: async (path) => (await writing()).takeLock(path),
  };
}
