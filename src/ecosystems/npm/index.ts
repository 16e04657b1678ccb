import type { Ecosystem } from "../types.ts";
import { npmProtocol } from "./protocol.ts";
import { npmTools } from "./tools.ts";

/** npm packages. */
export const npm: Ecosystem = {
  id: "npm",
  protocol: (probes) => npmProtocol(probes.npm),
  longestChain: 1,
  tools: npmTools,
  onlookers: [],
  clinic: async () => (await import("./doctor/index.ts")).npmClinic,
};
