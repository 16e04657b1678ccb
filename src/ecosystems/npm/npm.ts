import type { Probes } from "../../catalog/types.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { Command } from "../../ports/types.ts";
import { once } from "../once.ts";
import type { Current, Tool } from "../types.ts";
import { findNpm, traceless } from "./ask.ts";
import { currentNpm } from "./current.ts";
import { npmEnvironment } from "./environment.ts";
import { planNpm } from "./plan.ts";

/** npm itself. */
export const npmTool: Tool = {
  id: "npm",
  ecosystem: "npm",
  scopes: ["user", "project", "system"],
  detect: (read) => once(read, "npm program", () => findNpm(read)),
  current: currentNpm,
  plan: planNpm,
  trial,
};

/** Fetches one small package into the private folder, with an empty cache. A project's file counts only in the project. */
function trial({ installation, scope }: Current, probes: Probes, facts: HostFacts): Command | null {
  const spec = trialPackage(probes);
  if (installation === null || spec === null) return null;
  const quick = { ...traceless, loglevel: "error", fetch_retries: "1", fetch_retry_mintimeout: "500" };
  return {
    argv: [installation.path, "pack", spec, "--pack-destination", "{stage}"],
    env: npmEnvironment(facts, quick),
    ...(scope === "project" ? { cwd: facts.cwd } : {}),
    timeoutMs: 120_000,
  };
}

/** `name@version` of the small package that the catalog pins; null where it pins none. */
function trialPackage({ npm }: Probes): string | null {
  return npm === undefined ? null : `${npm.package}@${npm.version}`;
}
