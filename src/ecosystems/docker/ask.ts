import { ownFolders } from "../../platform/paths.ts";
import type { Command, ReadPort } from "../../ports/types.ts";
import { once } from "../once.ts";
import type { Installation } from "../types.ts";
import { objectOf, textIn } from "../untrusted.ts";
import { type DaemonInfo, parseInfo } from "./info.ts";

/** What stands where `docker` should. */
export type Client =
  | { readonly kind: "docker"; readonly installation: Installation }
  | { readonly kind: "podman" | "wsl-stub" | "missing" };

/** Finds the Docker client. What podman puts in its place is not it, nor what Docker Desktop leaves in a WSL distribution that it does not serve. */
export async function findClient(read: ReadPort): Promise<Client> {
  const path = await read.which("docker");
  if (path === null) return { kind: "missing" };
  const { code, stdout, stderr } = await read.run({ argv: [path, "--version"] });
  if (/podman/i.test(stdout + stderr)) return { kind: "podman" };
  if (/WSL/.test(stdout + stderr) && code !== 0) return { kind: "wsl-stub" };
  const version = /^Docker version ([^\s,]+)/m.exec(stdout)?.[1];
  return code === 0 && version !== undefined
    ? { kind: "docker", installation: { path, version, env: ownFolders(read.facts, ["DOCKER_CONFIG"]) } }
    : { kind: "missing" };
}

/** Which daemon the client speaks to. */
export interface Endpoint {
  readonly context: string;
  /** `unix://…`, `npipe://…`, `tcp://…`, `ssh://…`. */
  readonly address: string;
}

/**
 * Asks the client, which knows the order of `DOCKER_CONTEXT`, `DOCKER_HOST` and the context that is switched on; it reads the person's own contexts for that and
 * asks no daemon. Null: it names none, a context that is not there, say.
 * https://docs.docker.com/engine/manage-resources/contexts/
 */
export async function askEndpoint(read: ReadPort, { path, env }: Installation): Promise<Endpoint | null> {
  const said = await once(read, "docker context", async () => {
    const command = { argv: [path, "context", "inspect"] as const, ...(env === undefined ? {} : { env }) };
    const { code, stdout } = await read.run(command);
    return code === 0 ? stdout : null;
  });
  const [context] = said === null ? [] : listIn(said).map(objectOf);
  if (context === undefined) return null;
  const address = textIn(objectOf(objectOf(context?.Endpoints)?.docker), "Host");
  return address === null ? null : { context: textIn(context, "Name") ?? "", address };
}

/** The list in a text that is JSON; empty for any other. */
export function listIn(text: string): unknown[] {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** Asks a daemon by its address. From a home of its own: no plugin of the person's is started, and nothing is left behind. */
export async function askDaemon(read: ReadPort, { path }: Installation, address: string): Promise<DaemonInfo | null> {
  const { stdout } = await read.run(wholeInfoCommand(path, address));
  return parseInfo(stdout);
}

/** All that a daemon says of itself. */
export function wholeInfoCommand(path: string, address: string): Command {
  return { ...infoCommand(path, address, "{{json .}}"), timeoutMs: 8_000 };
}

/** `docker info` of one daemon, whatever the environment names; one that hangs is not waited for long. Under sudo root asks: it may. */
export function infoCommand(path: string, address: string, format: string): Command {
  const env = { DOCKER_HOST: null, DOCKER_CONTEXT: null, DOCKER_CONFIG: null };
  return { argv: [path, "--host", address, "info", "--format", format], env, timeoutMs: 4_000, rights: "ours" };
}
