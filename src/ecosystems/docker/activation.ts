import type { Activation, Reload } from "../../plan/types.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Installation } from "../types.ts";
import { infoCommand, wholeInfoCommand } from "./ask.ts";
import { mirrorsKey } from "./mirrors.ts";
import { isReloadable } from "./place.ts";
import type { Seen } from "./sight.ts";

/**
 * How a running daemon is told: a hang-up, which leaves its containers alone, by its number or through its service. A daemon keeps its mirrors when the key is
 * gone, and drops them for an empty list. Null: it does not run, or reads its file only when it starts.
 * https://docs.docker.com/reference/cli/dockerd/#configuration-reload-behavior
 */
export async function activationOf(seen: Seen, { path }: Installation, read: ReadPort): Promise<Activation | null> {
  const { engine, info, running, endpoint } = seen;
  if ((info === null && running === null) || !isReloadable(engine.kind)) return null;
  const reload: Reload | null =
    running === null
      ? await serviceReload(read, engine.kind === "rootless")
      : { kind: "hang-up", pidFile: running.pidFile, program: "dockerd" };
  const inForce = infoCommand(path, endpoint.address, "{{json .RegistryConfig.Mirrors}}");
  const manual = byHand(engine.kind === "rootless");
  const sights = [wholeInfoCommand(path, endpoint.address)];
  return reload === null ? null : { reload, inForce, sights, key: mirrorsKey, none: "[]", manual };
}

/** The same for a person's own hands; forgetting without the program is left to a start. */
function byHand(isUsers: boolean): Activation["manual"] {
  const systemctl = isUsers ? "systemctl --user" : "sudo systemctl";
  return { reload: `${systemctl} reload docker`, forget: `${systemctl} restart docker` };
}

async function serviceReload(read: ReadPort, isUsers: boolean): Promise<Reload | null> {
  const systemctl = await read.which("systemctl");
  if (systemctl === null) return null;
  return { kind: "command", command: { argv: [systemctl, ...(isUsers ? ["--user"] : []), "reload", "docker"] } };
}
