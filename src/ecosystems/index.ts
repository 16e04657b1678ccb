import type { EcosystemId } from "../catalog/types.ts";
import type { Ecosystem } from "./types.ts";

/** Every ecosystem there is, loaded when it is asked for. */
export const ecosystems = {
  go: async () => (await import("./go/index.ts")).go,
  pip: async () => (await import("./pip/index.ts")).pip,
  npm: async () => (await import("./npm/index.ts")).npm,
  docker: async () => (await import("./docker/index.ts")).docker,
} satisfies Record<EcosystemId, () => Promise<Ecosystem>>;

/** The ecosystem of an id. */
export function ecosystemOf(id: EcosystemId): Promise<Ecosystem> {
  return ecosystems[id]();
}
