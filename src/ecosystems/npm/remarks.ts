import type { Message } from "../../report/types.ts";
import type { ChosenMirror, Current, Knowledge, LockedTo } from "../types.ts";
import { majorOf } from "./staged.ts";

/** What a person should know of a registry that is about to be set, or (null) of going back to npm's own. */
export function remarksOn(current: Current, mirror: ChosenMirror | null, knowledge: Knowledge): Message[] {
  return [...(mirror === null ? [] : ofMirror(current, mirror)), ...ofLocks(current, mirror, knowledge)];
}

/** What holds for every mirror is said once, by npm. */
function ofMirror(current: Current, { traits, mirror, url }: ChosenMirror): Message[] {
  const said: Message[] = [];
  const { tool } = current;
  const [host] = current.upstreamHosts;
  const id = mirror?.id ?? url;
  if (tool === "npm" && host !== undefined)
    said.push({ code: "npm-read-only", level: "info", args: { registry: `https://${host}/` } });
  if (traits?.includes("foreign-tarball-host") && refusesOtherHosts(current))
    said.push({ code: "npm-foreign-tarballs", level: "warn", args: { id } });
  if (traits?.includes("no-time") && hasAgeGate(current))
    said.push({ code: "npm-no-time", level: "warn", args: { id, tool } });
  return said;
}

/** Tools that keep off releases of the last day, and need to be told when a release was made: yarn from 4 on, pnpm from 11 on. */
function hasAgeGate({ tool, installation }: Current): boolean {
  const major = majorOf(installation) ?? 0;
  return (tool === "yarn" && major >= 4) || (tool === "pnpm" && major >= 11);
}

/** Lock files that tie packages to another mirror than the chosen one. npm replaces the addresses of its own registry only. */
function ofLocks(current: Current, mirror: ChosenMirror | null, { isMirror }: Knowledge): Message[] {
  const chosen = mirror === null ? null : hostOf(mirror.url);
  const others = (current.locked ?? []).filter(({ registry }) => isMirror(registry) && hostOf(registry) !== chosen);
  return others.map((locked) => ofLock(locked, current));
}

function ofLock({ file, registry, packages }: LockedTo, current: Current): Message {
  const args = { file, registry, count: packages };
  if (current.tool !== "npm") return { code: "npm-lock-stays", level: "info", args };
  if (refusesOtherHosts(current)) return { code: "npm-lock-refused", level: "warn", args };
  return { code: "npm-lock-elsewhere", level: "info", args };
}

/** From version 12 on, npm takes tarballs only from the registry's own host. https://docs.npmjs.com/cli/using-npm/config#allow-remote */
function refusesOtherHosts({ tool, installation }: Current): boolean {
  return tool === "npm" && (majorOf(installation) ?? 0) >= 12;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
