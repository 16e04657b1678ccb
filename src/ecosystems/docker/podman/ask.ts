import type { HostFacts } from "../../../platform/types.ts";
import type { ReadPort } from "../../../ports/types.ts";
import type { Installation } from "../../types.ts";
import { jsonIn, memberOf, objectOf, objectsIn, textIn } from "../../untrusted.ts";
import { addressOf } from "./tables.ts";

/** Keeps what podman writes in the private folder: even `podman info` makes its stores. */
export const ownStores = [
  ...["--root", "{stage}/root", "--runroot", "{stage}/run", "--tmpdir", "{stage}/tmp"],
  ...["--storage-driver", "vfs"],
] as const;

export async function findPodman(read: ReadPort): Promise<Installation | null> {
  const path = await read.which("podman");
  if (path === null) return null;
  // Without a folder for the session podman makes two in /tmp, even for that.
  const { stdout } = await read.run({ argv: [path, "--version"], env: { XDG_RUNTIME_DIR: "{stage}" } });
  return { path, version: /\bversion (\d[\w.-]*)/.exec(stdout)?.[1] ?? "unknown" };
}

/** Whether programs run as root: under sudo they run as who called it. */
export function mayAsk({ uid, person }: HostFacts): boolean {
  return uid === 0 && person === undefined;
}

/**
 * The mirrors that podman itself has for a registry. Only root can ask without a trace: for anybody else podman makes a user namespace first, and leaves a
 * process behind that holds it. Null: not asked, or no answer.
 */
export async function askPodman(
  read: ReadPort,
  { path }: Installation,
  registry: string,
): Promise<readonly string[] | { readonly complaint: string } | null> {
  const { home } = read.facts;
  if (!mayAsk(read.facts) || home === null) return null;
  const asked = await read.run({ argv: [path, ...ownStores, "info", "--format", "json"], env: { HOME: home } });
  if (asked.code !== 0) return { complaint: asked.stderr.trim().split("\n")[0] ?? "" };
  const table = objectOf(memberOf(objectOf(memberOf(jsonIn(asked.stdout), "registries")), registry));
  return objectsIn(table, "Mirrors").map((mirror) =>
    addressOf(textIn(mirror, "Location") ?? "", memberOf(mirror, "Insecure") === true),
  );
}
