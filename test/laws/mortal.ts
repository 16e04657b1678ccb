import { lstat, readFile, realpath, writeFile } from "node:fs/promises";
import { temporaryBeside } from "../../src/ports/files/replace.ts";
import type { Replacement, WritePort } from "../../src/ports/types.ts";

/**
 * How a run ends in the middle of a call. `before`, `after`: just before it, just after it did its work. `temporary`: a replacement that got
 * as far as a part of its temporary file. `torn`, `torn-early`: a replacement in place of which half of what is new came out, or one byte of it.
 */
export const deaths = ["before", "after", "temporary", "torn", "torn-early"] as const;
export type Death = (typeof deaths)[number];

export interface Mortal {
  readonly port: WritePort;
  /** Resolves when the run dies. */
  readonly died: Promise<"died">;
  readonly calls: () => number;
}

/** A write port whose process dies at its nth call, counted from 1. From then on no call ever returns: nobody is there to go on. */
export function mortal(real: WritePort, nth: number, how: Death): Mortal {
  let count = 0;
  let die: (end: "died") => void = () => undefined;
  const died = new Promise<"died">((resolve) => (die = resolve));
  const never = new Promise<never>(() => undefined);
  async function live<T>(step: () => Promise<T>, half?: () => Promise<void>): Promise<T> {
    count += 1;
    if (count > nth) return never;
    if (count < nth) return step();
    if (how === "after") await step();
    else if (how !== "before") await half?.();
    die("died");
    return never;
  }
  const replace: WritePort["replace"] = (path, content) =>
    live(
      () => real.replace(path, content),
      () => (how === "temporary" ? leaveTemporary(path, content) : tear(path, content, how === "torn" ? 0.5 : 0)),
    );
  const port: WritePort = {
    obstacle: (path) => live(() => real.obstacle(path)),
    replace,
    makeDirectory: (path, mode) => live(() => real.makeDirectory(path, mode)),
    removeFile: (path) => live(() => real.removeFile(path)),
    sweep: (path) => live(() => real.sweep(path)),
    removeDirectory: (path) => live(() => real.removeDirectory(path)),
    run: (command) => live(() => real.run(command)),
    hangUp: (pidFile, program) => live(() => real.hangUp(pidFile, program)),
    lock: async (path) => {
      const release = await live(() => real.lock(path));
      return release === null ? null : () => live(release);
    },
  };
  return { port, died, calls: () => count };
}

async function leaveTemporary(path: string, { bytes }: Replacement): Promise<void> {
  const target = await realpath(path).catch(() => path);
  await writeFile(temporaryBeside(target), bytes.subarray(0, bytes.length / 2), { mode: 0o600 });
}

/** Only a file with a second name is written in place; of any other, a crash leaves a temporary file at the most. */
async function tear(path: string, content: Replacement, share: number): Promise<void> {
  const names = await lstat(path).then(
    ({ nlink }) => nlink,
    () => 1,
  );
  if (names === 1) return leaveTemporary(path, content);
  const old = await readFile(path);
  const same = content.bytes.findIndex((byte, index) => byte !== old[index]);
  const written = same + Math.max(1, Math.floor((content.bytes.length - same) * share));
  await writeFile(path, Buffer.concat([content.bytes.subarray(0, written), old.subarray(written)]));
}
