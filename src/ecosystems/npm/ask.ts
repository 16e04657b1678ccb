import type { Command, CommandResult, ReadPort } from "../../ports/types.ts";
import type { Installation } from "../types.ts";
import { npmEnvironment } from "./environment.ts";

/** npm's whole configuration in force, by key; credentials are not among it. */
export type NpmSays = Readonly<Record<string, unknown>>;

/** Keeps an npm that we run from writing anything outside the private folder. */
export const traceless = { cache: "{stage}/cache", logs_max: "0", update_notifier: "false" } as const;

/** Finds npm and its version. */
export async function findNpm(read: ReadPort): Promise<Installation | null> {
  const path = await read.which("npm");
  if (path === null) return null;
  const { stdout } = await read.run({ argv: [path, "--version"], env: npmEnvironment(read.facts, traceless) });
  return { path, version: /^\d+\.\S+/m.exec(stdout)?.[0] ?? "unknown" };
}

/**
 * Asks npm, in the person's own folder, for all that is in force. Some folders it will not work in: a member of a workspace (ENOWORKSPACES), a project that
 * wants another npm (EBADDEVENGINES). Then the project's root is asked, and at last no project. Gives back its complaint where it will not even start.
 */
export async function askNpm(read: ReadPort, npm: Installation): Promise<NpmSays | { readonly complaint: string }> {
  const first = await listIn(read, npm, read.facts.cwd);
  const says = parse(first);
  if (says !== null) return says;
  if (!/\bE(?:NOWORKSPACES|BADDEVENGINES)\b/.test(first.stderr)) return { complaint: complaintOf(first) };
  const root = await askProject(read, npm);
  const inRoot = root === null || root === read.facts.cwd ? null : parse(await listIn(read, npm, root));
  return inRoot ?? parse(await listIn(read, npm, null)) ?? { complaint: complaintOf(first) };
}

/** @param cwd null: the private folder, which is no project. */
function listIn(read: ReadPort, npm: Installation, cwd: string | null): Promise<CommandResult> {
  const command = { argv: [npm.path, "config", "list", "--json"], env: npmEnvironment(read.facts, traceless) } as const;
  return read.run(cwd === null ? command : { ...command, cwd });
}

/** Asks npm which registry it would use if nobody had configured any. Null where it does not say. */
export async function askDefaultRegistry(read: ReadPort, npm: Installation): Promise<string | null> {
  const empty = { userconfig: "{stage}/no-user", globalconfig: "{stage}/no-global", registry: null };
  const command: Command = {
    argv: [npm.path, "config", "get", "registry"],
    env: npmEnvironment(read.facts, { ...traceless, ...empty }),
  };
  const address = (await read.run(command)).stdout.trim();
  return URL.canParse(address) ? address : null;
}

/** Asks npm for the project's folder, which only it can tell where workspaces are about. Null where it does not say. */
export async function askProject(read: ReadPort, npm: Installation): Promise<string | null> {
  const env = npmEnvironment(read.facts, traceless);
  const { code, stdout } = await read.run({ argv: [npm.path, "prefix"], env, cwd: read.facts.cwd });
  return code === 0 && stdout.trim() !== "" ? stdout.trim() : null;
}

function parse({ code, stdout }: CommandResult): NpmSays | null {
  if (code !== 0) return null;
  try {
    const says: unknown = JSON.parse(stdout);
    return typeof says === "object" && says !== null ? (says as NpmSays) : null;
  } catch {
    return null;
  }
}

function complaintOf({ stderr }: CommandResult): string {
  return stderr.trim().split("\n")[0] ?? "";
}
