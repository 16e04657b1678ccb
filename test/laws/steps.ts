import fc from "fast-check";
import type { Choice, Installation, Planned, Tool } from "../../src/ecosystems/types.ts";
import { type Draft, draft } from "../../src/plan/draft.ts";
import type { Plan } from "../../src/plan/types.ts";
import type { LawFormat } from "./formats.ts";
import { placements, type Setup, type World } from "./world.ts";

/** What the journal is told about a write. */
export const about = { command: "mirror-setup law", mirrors: [] };

/** One run of a law: a file as it may stand, and something to do to it. */
export function situations(law: LawFormat): fc.Arbitrary<{ setup: Setup; choice: Choice }> {
  const setup = fc.record({
    placement: fc.constantFrom(...placements),
    mode: fc.constantFrom(0o644, 0o640, 0o600),
    bytes: law.texts,
  });
  return fc.record({ setup, choice: law.choices });
}

/** Looks and plans, as a command does. */
export async function planned(
  { ports }: World,
  tool: Tool,
  law: LawFormat,
  choice: Choice,
  installation: Installation | null = null,
): Promise<Planned> {
  const current = await tool.current(ports.read, tool.scopes[0], installation);
  return tool.plan(current, choice, law.knowledge);
}

/** Works out the files of a plan; a choice that the tool refuses changes none. */
export async function drafted(
  world: World,
  tool: Tool,
  law: LawFormat,
  choice: Choice,
  installation: Installation | null = null,
): Promise<Draft> {
  const found = await planned(world, tool, law, choice, installation);
  return found.ok ? draft(found.changes, world.ports.read) : { plan: { version: 1, files: [] }, problems: [] };
}

/** A setup and a plan that has something to do, always the same. */
export async function work(
  make: (file: string, setup: Setup) => Promise<World>,
  { tool, law }: { tool: Tool; law: LawFormat },
  placement: Setup["placement"],
): Promise<{ world: World; plan: Plan }> {
  for (let seed = 1; seed < 100; seed += 1) {
    const [bytes] = fc.sample(law.texts, { numRuns: 1, seed });
    const [choice] = fc.sample(law.choices, { numRuns: 1, seed });
    if (bytes === undefined || choice === undefined || bytes.length < 40) continue;
    const world = await make(law.file, { placement, mode: 0o640, bytes });
    const { plan } = await drafted(world, tool, law, choice);
    if (plan.files.length > 0) return { world, plan };
  }
  throw new Error("no generated file and choice gave a plan with something to do");
}
