import type { Candidate } from "../../src/probe/types.ts";
import { referenceHost } from "./contents.ts";
import { type PolicyName, type Ports, policies } from "./policies.ts";
import { type VirtualClock, virtualClock } from "./sim/clock.ts";
import { simHttp } from "./sim/http.ts";
import type { Link } from "./sim/link.ts";
import { Network } from "./sim/network.ts";
import type { Usage } from "./sim/types.ts";
import { bestOf, regretOf } from "./truth.ts";
import { type Draw, drawWorld, type TrueMirror, type World } from "./worlds.ts";

/** How one policy did in one world. */
export interface Outcome {
  readonly world: string;
  /** Null: it picked nobody. */
  readonly pick: string | null;
  readonly second: string | null;
  /** The form of the picked mirror's fault; null for a healthy one. */
  readonly pickFault: string | null;
  readonly secondFault: string | null;
  /** Our install time ÷ the best's; infinite for a faulty pick, null where nobody was picked. */
  readonly regret: number | null;
  readonly someHealthy: boolean;
  readonly wallMs: number;
  readonly bytes: number;
  readonly requests: number;
  /** Of the mirror that was asked for most. */
  readonly mostBytes: number;
  readonly mostRequests: number;
  readonly mirrors: number;
  /** Sessions and transfers still open when it had ended. */
  readonly leftOpen: number;
}

/** Runs one policy in one world, in virtual time; nothing is warm, and the dice are those of the world. */
export async function runPolicy(name: PolicyName, draw: Draw, worldName: string): Promise<Outcome> {
  return await runWorld(name, drawWorld(draw, worldName));
}

/** The same in a world already drawn, which must not have been run before: some of its faults draw lots. */
export async function runWorld(name: PolicyName, world: World): Promise<Outcome> {
  const { result, wallMs, ...traces } = await simulate(world, policies[name]);
  return outcomeOf(world, result, wallMs, traces);
}

/** Lets somebody act in a world, in virtual time. */
export async function simulate<T>(
  world: World,
  act: (candidates: readonly Candidate[], ports: Ports, world: World) => Promise<T>,
): Promise<Traces & { readonly result: T; readonly wallMs: number }> {
  const clock = virtualClock();
  const network = networkOf(world, clock);
  const candidates = world.mirrors.map(({ candidate }) => candidate);
  const result = await clock.run(act(candidates, portsOf(network, clock), world));
  return {
    result,
    wallMs: clock.now(),
    usage: usageIn(network, world),
    leftOpen: network.sessions + network.link.flows,
  };
}

/** The network of a world; `link` where its line is that of other worlds too. */
export function networkOf(world: World, clock: VirtualClock, link?: Link): Network {
  const hosts = [...world.mirrors.flatMap(({ host, companion }) => [host, companion]), world.reference];
  return new Network(clock, hosts, world.line, world.name, link);
}

/** What a mirror's companion was asked for, it was asked for itself. */
function usageIn({ usage }: Network, { mirrors }: World): ReadonlyMap<string, Usage> {
  const all = new Map(usage);
  for (const { host, companion } of mirrors) {
    const [own, further] = [all.get(host.name), all.get(companion.name)];
    if (own === undefined || further === undefined) continue;
    const sum = (of: keyof Usage) => own[of] + further[of];
    all.set(host.name, { connections: sum("connections"), requests: sum("requests"), bytes: sum("bytes") });
    all.delete(companion.name);
  }
  return all;
}

export function portsOf(network: Network, clock: VirtualClock): Ports {
  const connect = (host: string, patienceMs: number) =>
    new Promise<number | null>((resolve) => {
      const start = clock.now();
      const hangUp = network.dial(host, { secure: false, onReach: () => undefined }, (result) => {
        patience.cancel();
        resolve("code" in result ? null : clock.now() - start);
      });
      const patience = clock.after(patienceMs, () => {
        hangUp();
        resolve(null);
      });
    });
  return { http: simHttp(network), clock, connect };
}

/** What a run left behind: what each host was asked for, and what was still open. */
interface Traces {
  readonly usage: ReadonlyMap<string, Usage>;
  readonly leftOpen: number;
}

export function outcomeOf(
  world: World,
  picks: readonly string[],
  wallMs: number,
  { usage, leftOpen }: Traces,
): Outcome {
  const find = (id: string | undefined) => world.mirrors.find(({ candidate }) => candidate.id === id) ?? null;
  const [pick, second] = [find(picks[0]), find(picks[1])];
  const used = [...usage].filter(([name]) => name !== referenceHost).map(([, each]) => each);
  const sum = (of: "bytes" | "requests") => [...usage.values()].reduce((total, each) => total + each[of], 0);
  return {
    world: world.name,
    pick: pick?.candidate.id ?? null,
    second: second?.candidate.id ?? null,
    pickFault: faultOf(pick),
    secondFault: faultOf(second),
    regret: pick === null ? null : regretOf(pick, world),
    someHealthy: bestOf(world) !== null,
    wallMs,
    bytes: sum("bytes"),
    requests: sum("requests"),
    mostBytes: Math.max(0, ...used.map(({ bytes }) => bytes)),
    mostRequests: Math.max(0, ...used.map(({ requests }) => requests)),
    mirrors: world.mirrors.length,
    leftOpen,
  };
}

function faultOf(mirror: TrueMirror | null): string | null {
  return mirror?.faulty ? String(mirror.form) : null;
}
