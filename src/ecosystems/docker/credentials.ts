import { pathsOf, variable } from "../../platform/paths.ts";
import type { ReadPort } from "../../ports/types.ts";
import { textAt } from "../reading.ts";
import type { Current } from "../types.ts";
import { jsonIn, memberOf, objectOf, textIn } from "../untrusted.ts";
import type { DaemonInfo } from "./info.ts";

/**
 * Where images are kept by a graph driver, the daemon answers a mirror that asks for a login with the person's credentials for its own registry. Containerd
 * sends a mirror none. Nobody who asks for a login is chosen then.
 * https://github.com/moby/moby/issues/30880
 */
export async function credentialBar(
  read: ReadPort,
  info: DaemonInfo | null,
): Promise<NonNullable<Current["bar"]> | null> {
  if (info?.usesContainerd) return null;
  for (const file of clientFiles(read)) {
    const text = await textAt(read, file);
    if (holdsLogin(text, info?.index ?? null))
      return { trait: "token", message: { code: "docker-credentials", level: "warn", args: { file } } };
  }
  return null;
}

/**
 * Whether a client's file says that there is a login for the daemon's own registry, in it or in a store of the system. Where no daemon says how that is
 * called, it is known by its old form, which ends in `/v1/`. https://docs.docker.com/reference/cli/docker/login/
 */
export function holdsLogin(text: string, index: string | null): boolean {
  const found = jsonIn(text);
  const host = index !== null && URL.canParse(index) ? new URL(index).host : null;
  const isIndex = (name: string) => (index === null ? /\/v1\/?$/.test(name) : name === index || name === host);
  const names = ["auths", "credHelpers"].flatMap((member) => Object.keys(objectOf(memberOf(found, member)) ?? {}));
  return names.some(isIndex) || (textIn(found, "credsStore") ?? "") !== "";
}

/** The client's own file; under sudo that of the person who will pull, whose home the facts have. */
function clientFiles({ facts }: ReadPort): string[] {
  const { join } = pathsOf(facts);
  const named = variable(facts, "DOCKER_CONFIG");
  const own = facts.home === null ? [] : [join(facts.home, ".docker")];
  const folders = [...(named === null ? [] : [named]), ...own];
  return [...new Set(folders)].map((folder) => join(folder, "config.json"));
}
