import type { Message } from "../../report/types.ts";
import type { ChosenMirror, Current, Knowledge, LockedTo } from "../types.ts";

/** What a person should know of a registry that is about to be set, or (null) of going back to npm's own. */
export function remarksOn(current: Current, mirror: ChosenMirror | null, knowledge: Knowledge): Message[] {
  return [...(mirror === null ? [] : ofMirror(current, mirror)), ...ofLocks(current, mirror, knowledge)];
}

function ofMirror(current: Current, { traits, mirror, url }: ChosenMirror): Message[] {
  const said: Message[] = [];
  const [host] = current.upstreamHosts;
  const id = mirror?.id ?? url;
  if (host !== undefined) said.push({ code: "npm-read-only", level: "info", args: { registry: `https://${host}/` } });
  if (traits?.includes("foreign-tarball-host") && refusesOtherHosts(current))
    said.push({ code: "npm-foreign-tarballs", level: "warn", args: { id } });
  return said;
}

/** Lock files that tie packages to another mirror than the chosen one. npm replaces the addresses of its own registry only. */
function ofLocks(current: Current, mirror: ChosenMirror | null, { isMirror }: Knowledge): Message[] {
  const chosen = mirror === null ? null : hostOf(mirror.url);
  const others = (current.locked ?? []).filter(({ registry }) => isMirror(registry) && hostOf(registry) !== chosen);
  return others.map((locked) => ofLock(locked, refusesOtherHosts(current)));
}

function ofLock({ file, registry, packages }: LockedTo, isRefused: boolean): Message {
  const args = { file, registry, count: packages };
  if (isRefused) return { code: "npm-lock-refused", level: "warn", args };
  return { code: "npm-lock-elsewhere", level: "info", args };
}

/** From version 12 on, npm takes tarballs only from the registry's own host. https://docs.npmjs.com/cli/using-npm/config#allow-remote */
function refusesOtherHosts({ installation }: Current): boolean {
  return Number.parseInt(installation?.version ?? "", 10) >= 12;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
