import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { curve } from "./curve.ts";
import { explain } from "./explain.ts";
import { costOf, isWrong } from "./measure.ts";
import { type PolicyName, policies } from "./policies.ts";
import { benchReal } from "./real.ts";
import { type MeasuredSet, measureSet } from "./series.ts";
import { type SetName, sets } from "./sets.ts";
import { headLine, rowLine } from "./table.ts";
import { targetsOf } from "./targets.ts";

/** `npm run bench`: every policy in the same worlds, ratios and shares of each. */
const help = `Options:
  --worlds N       worlds per ecosystem (1000); the special sets take a share of it
  --quick          100 worlds, ours and the oracle only
  --seed TEXT      the seed of all worlds (1)
  --set A,B        ${Object.keys(sets).join(" ")}
  --policy A,B     ${Object.keys(policies).join(", ")}
  --json FILE      all numbers, with what came of each world
  --explain WORLD  one world as it really is, and every policy's pick: pip/1/17, or just 17 for go/SEED/17
  --worst N        the N worlds in which ours did worst (5), by name, for --explain
  --curve          ours with other limits, one after the other, in the worlds of --set (go)
  --real           after the simulation, the same worlds on the lab: real sockets, real time
  --real-worlds N  how many of them (40)
  --real-only      no simulation before
`;

const { values } = parseArgs({
  options: {
    worlds: { type: "string", default: "1000" },
    quick: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
    set: { type: "string" },
    policy: { type: "string" },
    json: { type: "string" },
    explain: { type: "string" },
    worst: { type: "string", default: "5" },
    curve: { type: "boolean", default: false },
    real: { type: "boolean", default: false },
    "real-worlds": { type: "string", default: "40" },
    "real-only": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function chosen<Name extends string>(text: string | undefined, all: readonly Name[]): Name[] {
  if (text === undefined) return [...all];
  return text.split(",").map((name) => {
    const found = all.find((each) => each === name.trim());
    if (found === undefined) throw new Error(`"${name}" is none of: ${all.join(", ")}`);
    return found;
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints one block: the table, and for ours the targets and where it failed. */
function report(measured: MeasuredSet): void {
  say(`\n${sets[measured.set].title} · ${measured.worlds} worlds · ${(measured.tookMs / 1000).toFixed(1)} s`);
  say(headLine());
  for (const { policy, row } of measured.rows) say(rowLine(policy, row));
  const ours = measured.rows.find(({ policy }) => policy === "ours");
  if (ours === undefined) return;
  for (const { what, met, is } of targetsOf(measured.set, ours.row))
    say(`  ${met ? "met    " : "NOT MET"} ${what}: ${is}`);
  const { mostRequests, mostBytes } = ours.row;
  say(`  most that one mirror was asked for: ${mostRequests} requests, ${(mostBytes / 1024 / 1024).toFixed(2)} MiB`);
  const picked = Object.entries(ours.row.faults).map(([fault, times]) => `${fault} ${times}×`);
  if (picked.length > 0) say(`  faulty picks of ours: ${picked.join(", ")}`);
  const worst = ours.outcomes
    .filter(isWrong)
    .toSorted((a, b) => costOf(b) - costOf(a))
    .slice(0, Number(values.worst));
  const names = worst.map(({ world, pick, pickFault, regret }) => {
    return `${world} (${pick === null ? "nobody" : (pickFault ?? regret?.toFixed(2))})`;
  });
  if (names.length > 0) say(`  worst: ${names.join(", ")}`);
}

async function simulate(): Promise<void> {
  const all = Object.keys(policies) as PolicyName[];
  const wanted = {
    worlds: values.quick ? 100 : Number(values.worlds),
    seed: values.seed,
    policies: values.policy === undefined && values.quick ? all.slice(0, 2) : chosen(values.policy, all),
  };
  const documents: MeasuredSet[] = [];
  for (const name of chosen(values.set, Object.keys(sets) as SetName[])) {
    const measured = await measureSet(name, wanted);
    report(measured);
    documents.push(measured);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(documents)}\n`);
}

if (values.help) say(help);
else if (values.curve)
  await curve(
    chosen(values.set ?? "go", Object.keys(sets) as SetName[])[0] ?? "go",
    Number(values.worlds),
    values.seed,
    say,
  );
else if (values.explain !== undefined) await explain(values.explain, values.seed, say);
else {
  if (!values["real-only"]) await simulate();
  if (values.real || values["real-only"]) await benchReal(Number(values["real-worlds"]), values.seed, say);
}
