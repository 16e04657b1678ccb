import { chmod, link, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { WriterPorts } from "../../src/plan/apply.ts";
import { journalPlace } from "../../src/plan/journal.ts";
import type { HostFacts } from "../../src/platform/types.ts";
import { realClock } from "../../src/ports/clock.ts";
import { realReadPort, realWritePort } from "../../src/ports/real.ts";

/** How a configuration file can stand in a home: as people, dotfile managers and backup tools leave it. */
export const placements = ["plain", "symlink", "linked-folder", "hard-link", "absent", "absent-below-link"] as const;
export type Placement = (typeof placements)[number];

export interface Setup {
  readonly placement: Placement;
  readonly mode: number;
  readonly bytes: Uint8Array;
}

/** A throw-away home with one tool's file in it, and the real ports. */
export interface World {
  readonly home: string;
  /** The path that the tool knows. */
  readonly file: string;
  readonly facts: HostFacts;
  readonly ports: WriterPorts;
}

/** Makes throw-away homes; all are removed when the test file ends. */
export function worldMaker(): (relativeFile: string, setup: Setup) => Promise<World> {
  const bases: string[] = [];
  afterAll(() => Promise.all(bases.map((base) => rm(base, { recursive: true, force: true }))));
  return async (relativeFile, setup) => {
    const base = await mkdtemp(join(tmpdir(), "mirror-law-"));
    bases.push(base);
    const home = join(base, "home");
    await mkdir(home);
    const file = join(home, relativeFile);
    await put(home, file, setup);
    return { home, file, ...portsFor(home) };
  };
}

/** Real ports as a new process would have them. */
export function portsFor(home: string): Pick<World, "facts" | "ports"> {
  const env = { PATH: process.env.PATH, HOME: home };
  const facts: HostFacts = { os: "linux", env, home, uid: process.getuid?.() ?? null, cwd: home };
  const place = journalPlace(join(home, ".local/state/mirror-setup"), join);
  return { facts, ports: { read: realReadPort(facts), write: realWritePort(facts), clock: realClock, place } };
}

async function put(home: string, file: string, { placement, mode, bytes }: Setup): Promise<void> {
  const kept = join(home, "dotfiles", "kept");
  if (placement === "absent") return;
  if (placement === "absent-below-link" || placement === "linked-folder") {
    await linkFolder(dirname(file), dirname(file) === home ? join(dirname(home), "kept") : kept);
    if (placement === "absent-below-link") return;
  }
  await mkdir(dirname(file), { recursive: true });
  if (placement === "plain" || placement === "linked-folder") return writeWithMode(file, bytes, mode);
  await mkdir(dirname(kept), { recursive: true });
  await writeWithMode(kept, bytes, mode);
  await (placement === "symlink" ? symlink(kept, file) : link(kept, file));
}

/** Makes a folder a link to another; the home itself, where the file is right in it. */
async function linkFolder(folder: string, kept: string): Promise<void> {
  await mkdir(kept, { recursive: true });
  await mkdir(dirname(folder), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await symlink(kept, folder);
}

async function writeWithMode(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  await writeFile(path, bytes);
  await chmod(path, mode);
}
