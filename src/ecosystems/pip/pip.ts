import type { PipProbe, Probes } from "../../catalog/types.ts";
import type { Command } from "../../ports/types.ts";
import { once } from "../once.ts";
import type { Current, Tool } from "../types.ts";
import { findPip, pipCommand } from "./ask.ts";
import { currentPip } from "./current.ts";
import { planPip } from "./plan.ts";

/** pip itself. Its project scope is the active virtual environment's own file. */
export const pipTool: Tool = {
  id: "pip",
  ecosystem: "pip",
  scopes: ["user", "project", "system"],
  detect: (read) => once(read, "pip program", () => findPip(read)),
  current: currentPip,
  plan: planPip,
  trial,
};

/** Fetches one small package's file, and nothing that it depends on, through the index in force. */
function trial({ installation }: Current, probes: Probes): Command | null {
  const project = smallestProject(probes);
  if (installation === null || project === undefined) return null;
  const args = ["download", "--no-deps", "--no-cache-dir", "--retries", "1", "--dest", "{stage}/packages", project];
  // pip tells the index which Rust there is, and asks rustc for it, whose launcher makes a folder of its own in the home.
  // Who lets pip work in virtual environments only means installing.
  const env = { RUSTUP_HOME: "{stage}/rustup", PIP_REQUIRE_VIRTUALENV: "0" };
  return { ...pipCommand(installation, args, env), timeoutMs: 120_000 };
}

function smallestProject({ pip = [] }: Probes): string | undefined {
  const size = (probe: PipProbe) => probe.size ?? Number.POSITIVE_INFINITY;
  return pip.toSorted((a, b) => size(a) - size(b))[0]?.project;
}
