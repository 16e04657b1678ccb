import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import type { Home } from "../cli/driver.ts";

const program = process.env.MIRROR_SETUP_BIN ?? fileURLToPath(new URL("../../bin/mirror-setup.cjs", import.meta.url));

/** How long a screen may take to come, in milliseconds. Nothing is asserted of time: this only ends what hangs. */
const patienceMs = 60_000;

/** The program in a real terminal. */
export interface Terminal {
  /** Sends keys by tmux's names (`Down`, `Enter`, `C-c`); anything else is typed. */
  keys(...names: readonly string[]): Promise<void>;
  /** Waits until the lines on the screen, with what has scrolled away above them, have this; gives them back. */
  see(text: string | RegExp): Promise<string>;
  /** The lines on the screen now, without what has scrolled away. */
  screen(): Promise<string>;
  /** The same with the colours in it. */
  coloured(): Promise<string>;
  /** All lines, as the person sees them, with what has scrolled away above and the colours in it. */
  whole(): Promise<string>;
  /** Makes the window wider or narrower. */
  resize(columns: number, rows: number): Promise<void>;
  /** Waits for the end of the program, and gives its exit code. */
  ended(): Promise<number>;
  /** Ends the terminal, with what runs in it. */
  close(): Promise<void>;
}

/** What to run it with, and in. */
export interface Stage {
  readonly home: Pick<Home, "path">;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** Starts the program in a terminal of its own, in a throw-away home. */
export async function startTerminal(
  args: readonly string[],
  { home, env, columns = 80, rows = 24 }: Stage,
): Promise<Terminal> {
  const socket = join(home.path, "..", "tmux");
  const { TERM, ...others } = env;
  const basic = { HOME: home.path, LANG: "C.UTF-8", TMPDIR: join(home.path, "..", "tmp") };
  const tmux = (...command: readonly string[]) =>
    execa("tmux", ["-u", "-S", socket, "-f", "/dev/null", ...command], {
      cwd: home.path,
      env: { PATH: process.env.PATH, TERM: "xterm", LANG: "C.UTF-8", HOME: join(home.path, "..") },
      extendEnv: false,
    });
  const inside = Object.entries({ ...basic, PATH: process.env.PATH ?? "", ...others }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const kind = TERM === undefined ? [] : [`TERM=${TERM}`];
  // The shell stays until somebody has read how it ended.
  const script = 'trap : INT; "$@"; code=$?; printf "[exit %s]\\n" "$code"; read -r rest';
  const command = [
    "env",
    "-u",
    "TMUX",
    ...inside,
    ...kind,
    "/bin/sh",
    "-c",
    script,
    "sh",
    process.execPath,
    program,
    ...args,
  ];
  await tmux("new-session", "-d", "-x", String(columns), "-y", String(rows), "-c", home.path, ...command);
  const capture = async (...how: readonly string[]) => (await tmux("capture-pane", "-p", ...how)).stdout.trimEnd();
  const see = async (text: string | RegExp) => {
    const end = performance.now() + patienceMs;
    for (;;) {
      const shown = await capture("-J", "-S", "-");
      if (typeof text === "string" ? shown.includes(text) : text.test(shown)) return shown;
      if (performance.now() > end) throw new Error(`never on the screen: ${text}\n${shown}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    see,
    keys: async (...names) => void (await tmux("send-keys", ...names)),
    resize: async (columns, rows) => void (await tmux("resize-window", "-x", String(columns), "-y", String(rows))),
    screen: () => capture(),
    coloured: () => capture("-e"),
    whole: () => capture("-e", "-S", "-"),
    ended: async () => Number(/\[exit (\d+)\]/.exec(await see(/\[exit \d+\]/))?.[1]),
    close: async () => void (await tmux("kill-server").catch(() => undefined)),
  };
}

/** A screen whose figures, addresses and folders are masked: what is left is the same in every run. */
export function masked(screen: string): string {
  return screen
    .replace(/127\.0\.0\.1:\d+/g, "HOST")
    .replace(/ *≥?\d+(\.\d+)? (ms|s|kB\/s|MB\/s)(?= |\.|$)/gm, " N $2")
    .replace(/ {2,}–/g, " –")
    .replace(/(\S) {2,}/g, "$1  ")
    .replace(/[^ ]*…$/gm, "…")
    .replace(/\/tmp\/[^/]+\/home/g, "HOME");
}
