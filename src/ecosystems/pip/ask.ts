import { ownFolders, variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { Command, CommandResult, ReadPort } from "../../ports/types.ts";
import { once } from "../once.ts";
import { isFolder, timedOut } from "../reading.ts";
import type { Installation } from "../types.ts";
import { nullDevice } from "./files.ts";

/** Where pip may be found: a program of its own, or a module of a Python. `py` is the launcher that Windows has. */
const candidates: readonly { readonly program: string; readonly before: readonly string[] }[] = [
  { program: "pip", before: [] },
  { program: "pip3", before: [] },
  { program: "python3", before: ["-m", "pip"] },
  { program: "python", before: ["-m", "pip"] },
  { program: "py", before: ["-m", "pip"] },
];

/** Finds pip and its version. */
export async function findPip(read: ReadPort): Promise<Installation | null> {
  const about = aboutPip(read.facts);
  for (const { program, before } of candidates) {
    const path = await read.which(program);
    if (path === null || (await isPlaceholder(read, path))) continue;
    // No file of the user's: a broken one would keep pip from saying even this.
    const pip = { path, before, ...about };
    const env = { PIP_CONFIG_FILE: nullDevice(read.facts) };
    const { code, stdout, stderr } = await read.run(pipCommand({ ...pip, version: "" }, ["--version"], env));
    const version = /^pip (\S+)/.exec(stdout)?.[1];
    if (code === 0 && version !== undefined) return { ...pip, version };
    // That it is no pip is not said.
    if (timedOut.test(stderr)) return { ...pip, version: "unknown" };
  }
  return null;
}

/** What macOS has below `/usr/bin` until Apple's developer tools are installed: started, it opens a window that offers them. `xcode-select -p` looks there, too. */
async function isPlaceholder(read: ReadPort, path: string): Promise<boolean> {
  if (read.facts.os !== "darwin" || !path.startsWith("/usr/bin/")) return false;
  const places = ["/var/db/xcode_select_link", "/Library/Developer/CommandLineTools", "/Applications/Xcode.app"];
  const found = await Promise.all(places.map((place) => isFolder(read, place)));
  return !found.includes(true) && variable(read.facts, "DEVELOPER_DIR") === null;
}

/** What pip says of itself. */
export interface PipSays {
  /** The interpreter's own file: of the virtual environment, or of the installation. */
  readonly site: string | null;
  /** `global.index-url` over all files; null where none sets it, or pip could not be asked. */
  readonly indexUrl: string | null;
  /** What pip uses when nothing is configured. */
  readonly defaultIndex: string | null;
  /** Why no pip command runs. */
  readonly complaint: string | null;
}

const silent: PipSays = { site: null, indexUrl: null, defaultIndex: null, complaint: null };

/** Asks pip where its files are, what they come to, and what it would use without them. Each start takes a third of a second: what cannot change is asked once. */
export async function askPip(read: ReadPort, pip: Installation | null): Promise<PipSays> {
  if (pip === null) return silent;
  const [site, defaultIndex, general] = await Promise.all([
    askSite(read, pip),
    once(read, "pip default", async () => {
      const help = await read.run(pipCommand(pip, ["help", "download"], { ...bare(read.facts), COLUMNS: "400" }));
      return /--index-url <url>.*?\(default (https?:\/\/[^\s)]+)\)/.exec(help.stdout)?.[1] ?? null;
    }),
    askGeneral(read, pip),
  ]);
  return { site, defaultIndex, ...general };
}

/** Asks pip for the interpreter's own file, once: that cannot change. */
export function askSite(read: ReadPort, pip: Installation): Promise<string | null> {
  return once(read, "pip site", async () =>
    siteIn(await read.run(pipCommand(pip, ["config", "debug"], bare(read.facts)))),
  );
}

/** What keeps pip from the person's files and index. */
function bare(facts: HostFacts): Record<string, string | null> {
  return { PIP_CONFIG_FILE: nullDevice(facts), PIP_INDEX_URL: null };
}

function siteIn({ stdout }: CommandResult): string | null {
  return /^site:\s*\n\s+(.*), exists: (?:True|False)$/m.exec(stdout)?.[1] ?? null;
}

/** What all files come to for the general key. With a file named by the variable, `get` finds nothing (seen in pip 23.2); `list` does. */
async function askGeneral(read: ReadPort, pip: Installation): Promise<Pick<PipSays, "indexUrl" | "complaint">> {
  const isNamed = variable(read.facts, "PIP_CONFIG_FILE") !== null;
  const words = isNamed ? ["config", "list"] : ["config", "get", "global.index-url"];
  const result = await read.run(pipCommand(pip, words));
  if (result.code !== 0 && !/No such key/.test(result.stderr))
    return { indexUrl: null, complaint: complaintOf(result) };
  const listed = result.stdout.match(/^global\.index-url='.*'$/gm)?.at(-1);
  const said = isNamed ? listed?.slice("global.index-url='".length, -1) : result.stdout.trim();
  return { indexUrl: said === undefined || said === "" || result.code !== 0 ? null : said, complaint: null };
}

function complaintOf({ stderr, stdout }: CommandResult): string {
  const lines = `${stderr}\n${stdout}`.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(0, 2).join(" ").trim();
}

/**
 * pip runs with the person's own folders, where pip itself may be installed, and leaves nothing behind: its cache is in the private folder, no bytecode is
 * written. What it says is UTF-8: through a pipe Python would speak the system's code page (936 in China), in which a folder with a Chinese name is not found;
 * PYTHONUTF8 would have it read its files anew, too. On Linux alone a variable moves the file that `pip config --user` writes.
 * https://pip.pypa.io/en/stable/topics/configuration/#location
 */
function aboutPip(facts: HostFacts): Pick<Installation, "env" | "staging"> {
  const quiet = {
    PYTHONIOENCODING: "utf-8",
    PYTHONDONTWRITEBYTECODE: "1",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_INPUT: "1",
  };
  const staging = facts.os === "linux" ? { staging: { XDG_CONFIG_HOME: "{stage}/config" } } : {};
  return { env: { ...ownFolders(facts), ...quiet }, ...staging };
}

/** A pip command. */
export function pipCommand(pip: Installation, args: readonly string[], env: Command["env"] = {}): Command {
  return { argv: [pip.path, ...(pip.before ?? []), ...args], env: { ...pip.env, ...env } };
}
