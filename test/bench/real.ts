import { parseCatalog } from "../../src/catalog/parse.ts";
import { goProtocol } from "../../src/ecosystems/go/protocol.ts";
import { realClock } from "../../src/ports/clock.ts";
import { realHttp } from "../../src/ports/http/index.ts";
import type { HttpPort } from "../../src/ports/types.ts";
import { type Lab, startLab } from "../lab/index.ts";
import { labFault } from "./forms.ts";
import { measure } from "./measure.ts";
import { type PolicyName, policies } from "./policies.ts";
import { type Outcome, outcomeOf, runWorld } from "./run.ts";
import { sets } from "./sets.ts";
import type { Usage } from "./sim/types.ts";
import { quantile } from "./statistics.ts";
import { headLine, rowLine } from "./table.ts";
import { drawWorld, type World } from "./worlds.ts";

/** The policies that are held against sockets. */
const tried = ["ours", "oracle"] as const satisfies readonly PolicyName[];

/** Runs worlds of the Go set on the lab, with the real port and clock, and the same worlds in virtual time beside them. */
export async function benchReal(worlds: number, seed: string, say: (line: string) => void): Promise<void> {
  const names = Array.from({ length: worlds }, (_, index) => `go/${seed}/${index}`);
  const draw = { ...sets.go, likeLab: true };
  const real = new Map<PolicyName, Outcome[]>(tried.map((policy) => [policy, []]));
  const virtual = new Map<PolicyName, Outcome[]>(tried.map((policy) => [policy, []]));
  for (const name of names) {
    for (const policy of tried) {
      virtual.get(policy)?.push(await runWorld(policy, drawWorld(draw, name)));
      real.get(policy)?.push(await runReal(policy, drawWorld(draw, name)));
    }
  }
  say(
    `\nReal time on the lab: ${worlds} Go worlds, real sockets, no line that all share; below, the same in virtual time`,
  );
  say(headLine());
  for (const [where, outcomes] of [["real", real] as const, ["virtual", virtual] as const])
    for (const policy of tried)
      say(rowLine(`${policy} ${where}`, measure(outcomes.get(policy) ?? [], null, outcomes.get("oracle") ?? null)));
  for (const line of differences(names, real.get("ours") ?? [], virtual.get("ours") ?? [])) say(line);
}

/** Where sockets and simulation disagree. */
function differences(names: readonly string[], real: readonly Outcome[], virtual: readonly Outcome[]): string[] {
  const pairs = names.flatMap((name, index) => {
    const [one, other] = [real[index], virtual[index]];
    return one === undefined || other === undefined ? [] : [{ name, one, other }];
  });
  const apart = pairs.filter(({ one, other }) => one.pick !== other.pick);
  const walls = pairs.map(({ one, other }) => one.wallMs / Math.max(1, other.wallMs));
  const shown = ({ pick, regret }: Outcome) => `${pick ?? "nobody"} (÷best ${regret?.toFixed(2) ?? "-"})`;
  return [
    `  same pick in ${names.length - apart.length} of ${names.length}; wall time real ÷ virtual: median ${quantile(walls, 0.5).toFixed(2)}, p5 ${quantile(walls, 0.05).toFixed(2)}, p95 ${quantile(walls, 0.95).toFixed(2)}`,
    ...apart.map(({ name, one, other }) => `  ${name}: real ${shown(one)}, virtual ${shown(other)}`),
  ];
}

async function runReal(policy: PolicyName, drawn: World): Promise<Outcome> {
  const lab = await startLab(
    drawn.mirrors.map(({ candidate, host, form }) => {
      const { rttMs, thinkMs, bytesPerSecond } = host;
      const fault = labFault(form);
      return { id: candidate.id, rttMs, thinkMs, bytesPerSecond, ...(fault === null ? {} : { fault }) };
    }),
  );
  try {
    const world = onLab(drawn, lab);
    const usage = new Map<string, Usage>();
    const candidates = world.mirrors.map(({ candidate }) => candidate);
    const ports = { http: counted(portOf(lab), usage), clock: realClock, connect: () => Promise.resolve(null) };
    const start = realClock.now();
    const picks = await policies[policy](candidates, ports, world);
    const wallMs = realClock.now() - start;
    await realClock.sleep(30);
    const leftOpen = [...candidates.map(({ id }) => id), "sumdb"].reduce((sum, id) => sum + lab.host(id).sockets, 0);
    return outcomeOf(world, picks, wallMs, { usage, leftOpen });
  } finally {
    await lab.close();
  }
}

function portOf(lab: Lab): HttpPort {
  const env = { ...process.env, ...lab.env };
  return realHttp({ os: "linux", env, home: null, uid: null, cwd: lab.directory });
}

/** The same world at the lab's addresses, with the lab's pins. */
function onLab(world: World, lab: Lab): World {
  const { catalog } = parseCatalog(JSON.stringify(lab.catalog), "file");
  const protocol = { ...goProtocol(catalog?.probes.go ?? {}), weights: world.weights };
  const mirrors = world.mirrors.map((mirror) => ({
    ...mirror,
    candidate: { ...mirror.candidate, url: lab.host(mirror.candidate.id).url },
  }));
  return { ...world, protocol, mirrors };
}

/** Counts what is asked of whom, by the port of its address; the database's host is not among the mirrors. */
function counted(http: HttpPort, usage: Map<string, Usage>): HttpPort {
  return {
    session: (userAgent, onReach) => {
      const session = http.session(userAgent, onReach);
      const get: typeof session.get = async (request) => {
        const { host } = new URL(request.url);
        const one = usage.get(host) ?? { connections: 0, requests: 0, bytes: 0 };
        usage.set(host, one);
        one.requests += 1;
        const result = await session.get(request);
        one.bytes += result.bytes;
        return result;
      };
      return { get, close: () => session.close() };
    },
  };
}
