import type { Ecosystem } from "../types.ts";
import { dockerTool } from "./docker.ts";
import { onlookers } from "./onlookers/index.ts";
import { podmanTool } from "./podman/index.ts";
import { dockerProtocol } from "./protocol.ts";

/** Docker images. The daemon tries mirrors in turn, but a dead one costs every pull some seconds: a few are enough. */
export const docker: Ecosystem = {
  id: "docker",
  protocol: (probes) => dockerProtocol(probes.docker),
  longestChain: 3,
  tools: [dockerTool, podmanTool],
  onlookers,
  clinic: async () => (await import("./doctor/index.ts")).dockerClinic,
};
