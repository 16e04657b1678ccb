import fc from "fast-check";
import type { Choice, Installation, Planned, Tool } from "../../src/ecosystems/types.ts";
import { type Draft, draft } from "../../src/plan/draft.ts";
import type { FilePlan, Plan } from "../../src/plan/types.ts";
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
  { ports, home }: World,
  tool: Tool,
  law: LawFormat,
  choice: Choice,
  installation: Installation | null = null,
): Promise<Planned> {
  const current = await tool.current(ports.read, law.scope ?? tool.scopes[0], installation, law.knowledge.probes);
  if (!current.file.startsWith(`${home}/`))
    throw new Error(`${current.file} is the machine's own: no law may write it`);
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

const seeds = new Map<string, number>();

/** A file and a plan that changes something in the midst of it (where there is a file), always the same. */
export async function work(
  make: (file: string, setup: Setup) => Promise<World>,
  { tool, law }: { tool: Tool; law: LawFormat },
  placement: Setup["placement"],
): Promise<{ world: World; plan: Plan }> {
  const name = `${tool.id} ${placement}`;
  for (let seed = seeds.get(name) ?? 1; seed < 300; seed += 1) {
    const [bytes] = fc.sample(law.texts, { numRuns: 1, seed });
    const [choice] = fc.sample(law.choices, { numRuns: 1, seed });
    if (bytes === undefined || choice === undefined || bytes.length < 40 || bytes.length > 4000) continue;
    const world = await make(law.file, { placement, mode: 0o640, bytes });
    const { plan } = await drafted(world, tool, law, choice);
    if (!plan.files.some(changesItsMidst)) continue;
    seeds.set(name, seed);
    return { world, plan };
  }
  throw new Error("no generated file and choice gave a plan with something to do");
}

function changesItsMidst({ before, after }: FilePlan): boolean {
  const [old, now] = [before?.base64, after.base64].map((base64) => Buffer.from(base64 ?? "", "base64"));
  if (before === null || old === undefined || now === undefined) return true;
  return old.at(-1) === now.at(-1) && old.at(-2) === now.at(-2) && !now.subarray(0, old.length).equals(old);
}

/** The tool as it is installed; null where this one keeps its settings in another file than the law's. */
export async function installed({ ports }: World, tool: Tool, law: LawFormat): Promise<Installation | null> {
  const installation = await tool.detect(ports.read);
  if (installation === null) throw new Error(`${tool.id} is on PATH, and was not found`);
  const isOther = law.scope !== undefined && installation.scope !== undefined && installation.scope !== law.scope;
  return isOther || law.versions?.test(installation.version) === false ? null : installation;
}
