import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Current, Installation, Setting, Tool } from "../../../src/ecosystems/types.ts";
import type { Scope } from "../../../src/plan/types.ts";
import { realReadPort } from "../../../src/ports/real.ts";
import type { Command, ReadPort } from "../../../src/ports/types.ts";
import { worldMaker } from "../../laws/world.ts";

/** A throw-away home: its files by path, variables (`HOME` in a value is the home), the folder we are in, and programs by name. */
export interface HomeSetup {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Stands in for a program: gets the command as it would be run, and says what the program would print; null: it fails. */
  readonly programs?: Readonly<Record<string, (command: Command) => string | null>>;
}

export interface Home {
  readonly path: string;
  readonly read: ReadPort;
  /** What the stand-ins were asked, in order. */
  readonly asked: readonly Command[];
}

/** Makes throw-away homes; all are removed when the test file ends. */
export function homeMaker(): (setup: HomeSetup) => Promise<Home> {
  const make = worldMaker();
  return async ({ files = {}, env = {}, cwd = "", programs }) => {
    const { facts, home } = await make("unused", { placement: "absent", mode: 0o644, bytes: new Uint8Array() });
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(home, name)), { recursive: true });
      await writeFile(join(home, name), text.replaceAll("HOME", home));
    }
    const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace("HOME", home)]));
    const folder = join(home, cwd);
    await mkdir(folder, { recursive: true });
    const real = realReadPort({ ...facts, cwd: folder, env: { ...facts.env, ...filled } });
    const asked: Command[] = [];
    return { path: home, read: programs === undefined ? real : withStandIns(real, programs, asked), asked };
  };
}

function withStandIns(read: ReadPort, programs: NonNullable<HomeSetup["programs"]>, asked: Command[]): ReadPort {
  return {
    ...read,
    which: (name) => Promise.resolve(name in programs ? `/stand-in/${name}` : null),
    run: (command) => {
      asked.push(command);
      const stdout = programs[command.argv[0].replace("/stand-in/", "")]?.(command) ?? null;
      const stderr = stdout === null ? "cannot start\nmore" : "";
      return Promise.resolve({ code: stdout === null ? 1 : 0, stdout: stdout ?? "", stderr, files: {} });
    },
  };
}

/** Looks at a tool as a command does; `absent`: as if it were not installed. */
export async function look(tool: Tool, { read }: Home, scope: Scope = "user", absent = false): Promise<Current> {
  return tool.current(read, scope, absent ? null : await tool.detect(read));
}

export function settingOf(current: Current, key = "registry"): Setting | undefined {
  return current.settings.find((each) => each.key === key);
}

export function installed(version: string): Installation {
  return { path: "/stand-in/npm", version };
}
