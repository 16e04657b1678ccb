import fc from "fast-check";
import type { Choice, ChosenMirror, ScopeRegistry } from "../../../src/ecosystems/types.ts";

/** What the probe may have found, where a plan goes by it. */
type Traits = readonly (readonly string[] | null)[];

/** Some mirrors, all different, or, mostly not, the way back: what a person may want of a tool. */
export function choicesAmong(
  mirrors: readonly string[],
  most: number,
  { traits = [null], privatePatterns = fc.constant([]), scopeRegistries = fc.constant([]) }: More = {},
): fc.Arbitrary<Choice> {
  const chosen: fc.Arbitrary<ChosenMirror> = fc.record({
    url: fc.constantFrom(...mirrors),
    mirror: fc.constant(null),
    traits: fc.constantFrom(...traits),
  });
  const chain = fc.uniqueArray(chosen, { minLength: 1, maxLength: most, selector: ({ url }) => url });
  const kind = fc.constant("mirrors" as const);
  return fc.oneof(
    { arbitrary: fc.record({ kind, chain, privatePatterns, scopeRegistries }), weight: 3 },
    { arbitrary: fc.constant({ kind: "reset" as const }), weight: 1 },
  );
}

interface More {
  readonly traits?: Traits;
  readonly privatePatterns?: fc.Arbitrary<string[]>;
  readonly scopeRegistries?: fc.Arbitrary<ScopeRegistry[]>;
}
