import type { Budget } from "../../src/probe/budget.ts";
import type { Protocol } from "../../src/probe/types.ts";
import { type ContentName, contentOf } from "./contents.ts";

/** An ecosystem as the benchmark knows it. */
export interface Kind {
  readonly mirrors: number;
  readonly content: ContentName;
  /** Of an ecosystem that borrows the content and the protocol of another: what its installs cost, and what its race may. */
  readonly model: { readonly weights: Protocol["weights"]; readonly budget: Partial<Budget> } | null;
}

export const kinds = {
  go: { mirrors: 5, content: "go", model: null },
  npm: { mirrors: 4, content: "npm", model: null },
  pip: { mirrors: 8, content: "pip", model: null },
  docker: { mirrors: 6, content: "docker", model: null },
} as const satisfies Record<string, Kind>;

/** The protocol that mirrors of a kind are proved by. */
export function protocolOf({ content, model }: Kind): Protocol {
  const { protocol } = contentOf(content);
  return model === null ? protocol : { ...protocol, ...model };
}

/** The same kind where only Go's content can be served. */
export function modelledOnGo(kind: Kind): Kind {
  const { weights, budget = {} } = protocolOf(kind);
  return { ...kind, content: "go", model: { weights, budget } };
}
