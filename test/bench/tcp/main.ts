import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { limits } from "../../../src/probe/limits.ts";
import { type PolicyName, policies } from "../policies.ts";
import { type Outcome, runWorld } from "../run.ts";
import { type Callee, callee } from "./calls.ts";
import { type Running, race } from "./client.ts";
import { obstacle, openNetwork, type TcpNetwork } from "./network.ts";
import { chosen, help, otherLimits, values } from "./options.ts";
import { drawPlaced, type PlacedSet, placed, type WorldName } from "./place.ts";
import { type Greeting, type Opening, serve } from "./serve.ts";
import { differences, headLine, rowLine } from "./table.ts";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What a set of worlds needs: the processes in the namespaces, and what the servers said of themselves. */
interface Stage {
  readonly network: TcpNetwork;
  readonly server: Callee<Opening, Greeting>;
  readonly client: Callee<Running, Outcome>;
  readonly about: Pick<Running, "caFile" | "probes" | "limits">;
}

async function setUp(): Promise<Stage> {
  const network = await openNetwork(join(dirname(process.argv[1] ?? ""), "forwarder.c"));
  const server = callee<Opening, Greeting>(network.server, ["--role", "server"]);
  const client = callee<Running, Outcome>(network.client, ["--role", "client"]);
  const { ca, probes } = await server.call({ world: null });
  const caFile = join(network.folder, "ca.pem");
  writeFileSync(caFile, ca);
  return { network, server, client, about: { caFile, probes, limits: otherLimits() } };
}

/** One policy on kernel TCP. The hosts are opened anew: some faults draw lots. */
async function runTcp(
  { network, server, client, about }: Stage,
  world: WorldName,
  policy: PolicyName,
): Promise<Outcome> {
  await server.call({ world: null });
  await network.become(drawPlaced(world));
  await server.call({ world });
  return await client.call({ ...about, world, policy });
}

async function benchSet(stage: Stage, set: PlacedSet, tried: readonly PolicyName[]): Promise<object> {
  const tcp = new Map<PolicyName, Outcome[]>(tried.map((policy) => [policy, []]));
  const simulated = new Map<PolicyName, Outcome[]>(tried.map((policy) => [policy, []]));
  const names = Array.from(
    { length: Number(values.worlds) },
    (_, index) => `${set}/${values.seed}/${Number(values.from) + index}`,
  );
  for (const name of names) {
    for (const policy of tried) {
      simulated.get(policy)?.push(await runWorld(policy, drawPlaced({ set, name })));
      tcp.get(policy)?.push(await runTcp(stage, { set, name }, policy));
    }
    process.stderr.write(`\r${name} `);
  }
  say(
    `\n${set}: ${names.length} worlds on kernel TCP (${stage.network.hasBbr ? "half cubic, half bbr" : "cubic"}) and simulated`,
  );
  say(headLine());
  for (const policy of tried)
    for (const [where, all] of [["tcp", tcp] as const, ["simulated", simulated] as const])
      say(rowLine(set, policy, where, all.get(policy) ?? []));
  for (const line of differences(tcp.get("ours") ?? [], simulated.get("ours") ?? [])) say(line);
  return { set, tcp: Object.fromEntries(tcp), simulated: Object.fromEntries(simulated) };
}

/** `npm run bench:tcp`: worlds of the simulation on real kernel TCP, and the same worlds simulated beside them. */
async function bench(): Promise<void> {
  const stop = (code: number) => () => process.exit(code);
  process.once("SIGINT", stop(130)).once("SIGTERM", stop(143));
  const [tried, wanted] = [chosen(values.policy, Object.keys(policies) as PolicyName[]), chosen(values.set, placed)];
  Object.assign(limits, otherLimits());
  const stage = await setUp().catch((error: Error) => error.message);
  if (typeof stage === "string") return giveUp(stage);
  // The first run of all loads and warms what the others find loaded.
  const first = { set: wanted[0] ?? "go", name: `${wanted[0]}/warm/0` };
  for (const policy of tried) {
    await runWorld(policy, drawPlaced(first));
    await runTcp(stage, first, policy);
  }
  const documents: object[] = [];
  for (const set of wanted) documents.push(await benchSet(stage, set, tried));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(documents)}\n`);
  stage.client.end();
  stage.server.end();
  stage.network.close();
}

function giveUp(why: string): never {
  say(`Real TCP cannot be had here: ${why}.`);
  process.exit(2);
}

if (values.role === "server") await serve();
else if (values.role === "client") race();
else if (values.help) say(help);
else {
  const why = obstacle();
  if (why === null) await bench();
  else giveUp(why);
}
