import type { CommandResult, ReadPort, Replacement, WritePort } from "../types.ts";
import { isBelow, isSame, type Served } from "./protocol.ts";
import type { Remote } from "./raise.ts";
import type { Needs } from "./types.ts";

/** Ports that can get more rights on the way. From then on, what was announced goes through a child that has them, all else as before. */
export interface Raisable {
  readonly read: ReadPort;
  readonly write: WritePort;
  /** `mayPrompt`: a password may be asked for. False: we did not get them. */
  raise(needs: Needs, mayPrompt: boolean): Promise<boolean>;
}

/** Whether a call is about what was announced. */
type Picks = (needs: Needs) => boolean;

/** @param self how this program is run: Node, and its entry. */
export function raisable(read: ReadPort, write: WritePort, self: readonly string[]): Raisable {
  let remote: Remote | null = null;
  const has = (picks: Picks) => remote !== null && picks(remote.needs);
  const there: There = (picks, name, args, here) =>
    remote !== null && picks(remote.needs) ? (remote.call(name, ...args) as ReturnType<typeof here>) : here();
  const raised = { ...write, ...raisedCalls(write, there) };
  return {
    raise: async (needs, mayPrompt) => {
      if (has((known) => isSame(known, needs))) return true;
      const sudo = await read.which("sudo");
      if (sudo === null) return false;
      const { startRemote } = await import("./raise.ts");
      const started = await startRemote(
        [sudo, ...(mayPrompt ? [] : ["-n"]), "--", ...self, "__write"],
        needs,
        mayPrompt,
      );
      remote = started ?? remote;
      return started !== null;
    },
    read: {
      ...read,
      run: async (command, files = {}) => {
        const isOurs = has(({ commands }) => commands.some((known) => isSame(known, command)));
        return isOurs ? { ...(await raised.run(command)), files: {} } : read.run(command, files);
      },
    },
    write: raised,
  };
}

type There = <T>(picks: Picks, name: Served, args: readonly unknown[], here: () => Promise<T>) => Promise<T>;

function raisedCalls(write: WritePort, there: There): Pick<WritePort, Served> {
  const file =
    (path: string): Picks =>
    (needs) =>
      needs.files.includes(path);
  const folder =
    (path: string): Picks =>
    (needs) =>
      needs.files.some((each) => isBelow(each, path));
  return {
    obstacle: (path) => there(file(path), "obstacle", [path], () => write.obstacle(path)),
    replace: (path, content) =>
      there(file(path), "replace", [path, toWire(content)], () => write.replace(path, content)),
    removeFile: (path) => there(file(path), "removeFile", [path], () => write.removeFile(path)),
    sweep: (path) => there(file(path), "sweep", [path], () => write.sweep(path)),
    makeDirectory: (path, mode) =>
      there(folder(path), "makeDirectory", [path, mode], () => write.makeDirectory(path, mode)),
    removeDirectory: (path) => there(folder(path), "removeDirectory", [path], () => write.removeDirectory(path)),
    run: (command): Promise<CommandResult> => {
      const picks: Picks = ({ commands }) => commands.some((known) => isSame(known, command));
      return there(picks, "run", [command], () => write.run(command));
    },
    hangUp: (pidFile, program) => {
      const picks: Picks = ({ hangUps }) => hangUps.some((known) => isSame(known, { pidFile, program }));
      return there(picks, "hangUp", [pidFile, program], () => write.hangUp(pidFile, program));
    },
  };
}

function toWire({ bytes, ...rest }: Replacement) {
  return { ...rest, base64: Buffer.from(bytes).toString("base64") };
}
