import type { Entry } from "../../edits/types.ts";
import { variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { ReadPort } from "../../ports/types.ts";
import type { Message } from "../../report/types.ts";
import { findClient } from "./ask.ts";
import { hostIn, isElsewhere } from "./engine.ts";
import { isReloadable } from "./place.ts";
import type { Seen } from "./sight.ts";

/** What a person who wonders where images come from should know. */
export function dockerRemarks(seen: Seen, file: string, entries: readonly Entry[], facts: HostFacts): Message[] {
  const typo = entries.find(({ key }) => key === "registry-mirror");
  return [
    ...(typo === undefined ? [] : [{ code: "docker-typo", level: "warn", args: { file, line: typo.line } } as const]),
    ...(seen.info === null ? [silenceOf(seen)] : []),
    ...(hasOtherProxy(seen, facts) ? [{ code: "docker-proxy", level: "info", args: {} } as const] : []),
  ];
}

/**
 * Why nothing is known from the daemon itself. Its socket is for root and a group; its process, everybody sees.
 * https://docs.docker.com/engine/install/linux-postinstall/
 */
function silenceOf({ running, engine, endpoint, facts }: Seen): Message {
  if (isElsewhere(engine.kind))
    return { code: "docker-unseen", level: "warn", args: { host: hostIn(endpoint.address) } };
  const code = running === null ? "docker-asleep" : facts.uid === 0 ? "docker-hung" : "docker-closed";
  return { code, level: "warn", args: {} };
}

/** The daemon goes out by proxies of its own, which no variable of a shell reaches. https://docs.docker.com/engine/daemon/proxy/ */
function hasOtherProxy({ info, engine }: Seen, facts: HostFacts): boolean {
  if (info === null || !isReloadable(engine.kind)) return false;
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];
  const shell = names.map((name) => variable(facts, name)).filter((proxy) => proxy !== null);
  const isIn = (proxy: string, list: readonly string[]) => list.some((each) => hostOf(each) === hostOf(proxy));
  return shell.some((proxy) => !isIn(proxy, info.proxies)) || info.proxies.some((proxy) => !isIn(proxy, shell));
}

/** The daemon hides the password in what it shows. */
function hostOf(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : proxy;
}

/** Why there is no Docker, where something stands in its place. */
export async function absenceRemarks(read: ReadPort): Promise<Message[]> {
  const { kind } = await findClient(read);
  if (kind === "podman") return [{ code: "docker-is-podman", level: "info", args: {} }];
  return kind === "wsl-stub" ? [{ code: "docker-wsl-off", level: "warn", args: {} }] : [];
}
