import type { EcosystemId } from "../catalog/types.ts";
import type { Ecosystem } from "./types.ts";

/** Every ecosystem there is, loaded when it is asked for. Null: the catalog knows its mirrors, and the program cannot set them yet. */
export const ecosystems = {
  go: async () => (await import("./go/index.ts")).go,
  pip: async () => (await import("./pip/index.ts")).pip,
  npm: async () => (await import("./npm/index.ts")).npm,
  docker: null,
} satisfies Record<EcosystemId, (() => Promise<Ecosystem>) | null>;

/** The ecosystem of an id; null where it is not there yet. */
export async function ecosystemOf(id: EcosystemId): Promise<Ecosystem | null> {
  return (await ecosystems[id]?.()) ?? null;
}
