import type { Probes } from "../../catalog/types.ts";
import { variable } from "../../platform/paths.ts";
import type { HostFacts } from "../../platform/types.ts";
import type { Command } from "../../ports/types.ts";
import type { Current, Ecosystem, Tool } from "../types.ts";
import { findGo, localToolchain } from "./ask.ts";
import { currentGo } from "./current.ts";
import { planGo } from "./plan.ts";
import { goProtocol } from "./protocol.ts";

const goTool: Tool = {
  id: "go",
  ecosystem: "go",
  scopes: ["user"],
  detect: findGo,
  current: (read, _scope, installation) => currentGo(read, installation),
  plan: planGo,
  trial,
};

/** Go modules. */
export const go: Ecosystem = {
  id: "go",
  protocol: (probes) => goProtocol(probes.go ?? {}),
  longestChain: 8,
  tools: [goTool],
  onlookers: [],
  clinic: async () => (await import("./doctor/index.ts")).goClinic,
};

/** Fetches one small module into an empty module cache, checksum database and all. `-modcacherw`, so that the cache can be removed again. */
function trial({ installation, file }: Current, probes: Probes, facts: HostFacts): Command | null {
  const module = probes.go?.sumdb?.lookup;
  if (installation === null || module === undefined) return null;
  return {
    argv: [installation.path, "mod", "download", "-x", module],
    env: {
      ...localToolchain,
      GOENV: variable(facts, "GOENV") === "off" ? "off" : file,
      GOPATH: "{stage}/gopath",
      GOMODCACHE: "{stage}/modules",
      GOCACHE: "{stage}/cache",
      GOFLAGS: `${variable(facts, "GOFLAGS") ?? ""} -modcacherw`.trim(),
    },
    timeoutMs: 120_000,
  };
}
