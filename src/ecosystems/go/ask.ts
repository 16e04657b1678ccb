import type { Command, ReadPort } from "../../ports/types.ts";
import type { Installation } from "../types.ts";

/** Variables of go that decide where modules come from and whether they are checked. */
const asked = [
  "GOPROXY",
  "GOSUMDB",
  "GOPRIVATE",
  "GONOPROXY",
  "GONOSUMDB",
  "GOFLAGS",
  "GO111MODULE",
  "GOROOT",
] as const;

/** What go says of itself, by variable. */
export type GoSays = Readonly<Partial<{ [Name in (typeof asked)[number]]: string }>>;

/**
 * Keeps every go command we run from fetching another toolchain: in a folder whose go.mod wants a newer one, even `go env` would try the network.
 * https://go.dev/doc/toolchain
 */
export const localToolchain = { GOTOOLCHAIN: "local" } as const;

/** Finds go and its version. */
export async function findGo(read: ReadPort): Promise<Installation | null> {
  const path = await read.which("go");
  if (path === null) return null;
  const { stdout } = await read.run({
    argv: [path, "version"],
    env: { ...localToolchain, GOFLAGS: null, GOENV: "off" },
  });
  return { path, version: /\bgo(\d+(?:\.\d+)*\S*)/.exec(stdout)?.[1] ?? "unknown" };
}

/** Asks go what is in force, reading this configuration file (`off`: none). Gives back its complaint where it will not even start. */
export async function askGo(
  read: ReadPort,
  go: Installation,
  file: string,
): Promise<GoSays | { readonly complaint: string }> {
  return parse(await read.run(askCommand(go, { GOENV: file })));
}

/** Asks go what it would use if nobody had configured anything; a distribution may have changed that in `$GOROOT/go.env`. */
export async function askDefaults(read: ReadPort, go: Installation): Promise<GoSays> {
  const unset = Object.fromEntries(asked.filter((name) => name !== "GOROOT").map((name) => [name, null]));
  const says = parse(await read.run(askCommand(go, { ...unset, GOENV: "off" })));
  return "complaint" in says ? {} : says;
}

function askCommand(go: Installation, env: Readonly<Record<string, string | null>>): Command {
  return { argv: [go.path, "env", "-json", ...asked], env: { ...localToolchain, ...env } };
}

function parse({
  code,
  stdout,
  stderr,
}: {
  code: number | null;
  stdout: string;
  stderr: string;
}): GoSays | { complaint: string } {
  try {
    if (code === 0) return JSON.parse(stdout) as GoSays;
  } catch {
    // Not what `go env -json` prints: told below, with what it did say.
  }
  return { complaint: stderr.trim().split("\n")[0] ?? "" };
}
