import type { Ecosystem } from "../types.ts";
import { onlookers } from "./onlookers.ts";
import { pipTool } from "./pip.ts";
import { pipProtocol } from "./protocol.ts";
import { uvTool } from "./uv/uv.ts";

/** Python packages. */
export const pip: Ecosystem = {
  id: "pip",
  protocol: (probes) => pipProtocol(probes.pip ?? []),
  longestChain: 1,
  tools: [pipTool, uvTool],
  onlookers,
  clinic: async () => (await import("./doctor/index.ts")).pipClinic,
};
