import type { Activation, Reload } from "../../plan/types.ts";
import { runtimeFolder } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Installation } from "../types.ts";
import { infoCommand, wholeInfoCommand } from "./ask.ts";
import { usualPidFile } from "./dockerd.ts";
import { mirrorsKey } from "./mirrors.ts";
import type { Found } from "./obstacles.ts";
import { isReloadable } from "./place.ts";

/**
 * How a running daemon is told: a hang-up, which leaves its containers alone, by its number or through its service. A daemon keeps its mirrors when the key is
 * gone, and drops them for an empty list. Null: it reads its file only when it starts. One that does not run now may do so when this is taken back.
 * https://docs.docker.com/reference/cli/dockerd/#configuration-reload-behavior
 */
export async function activationOf(found: Found, { path }: Installation, read: ReadPort): Promise<Activation | null> {
  const { engine, endpoint } = found.seen;
  if (!isReloadable(engine.kind)) return null;
  const { restart } = found.place;
  const isUsers = engine.kind === "rootless";
  const forget = restart.includes("systemctl")
    ? restart.replace(" reload ", " restart ")
    : "sudo service docker restart";
  return {
    reload: await reloadOf(found, isUsers, read),
    inForce: infoCommand(path, endpoint.address, "{{json .RegistryConfig.Mirrors}}"),
    sights: [wholeInfoCommand(path, endpoint.address)],
    key: mirrorsKey,
    none: "[]",
    manual: { reload: restart, forget },
  };
}

/** A daemon that answers, and whose process we do not see, is told by its service. */
async function reloadOf({ seen, units }: Found, isUsers: boolean, read: ReadPort): Promise<Reload> {
  const isHidden = seen.info !== null && seen.running === null;
  const systemctl = isHidden ? await read.which("systemctl") : null;
  if (systemctl !== null)
    return { kind: "command", command: { argv: [systemctl, ...(isUsers ? ["--user"] : []), "reload", "docker"] } };
  const named = seen.running?.pidFile ?? units.find(({ pidFile }) => pidFile !== null)?.pidFile;
  const runtime = runtimeFolder(read.facts);
  return { kind: "hang-up", pidFile: named ?? (isUsers ? `${runtime}/docker.pid` : usualPidFile), program: "dockerd" };
}
