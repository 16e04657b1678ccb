import { connect } from "node:net";
import { parseCatalog } from "../../../src/catalog/parse.ts";
import { goProtocol } from "../../../src/ecosystems/go/protocol.ts";
import { realClock } from "../../../src/ports/clock.ts";
import { realHttp } from "../../../src/ports/http/index.ts";
import type { HttpPort } from "../../../src/ports/types.ts";
import { limits } from "../../../src/probe/limits.ts";
import { type PolicyName, policies } from "../policies.ts";
import { type Outcome, outcomeOf } from "../run.ts";
import type { Usage } from "../sim/types.ts";
import type { World } from "../worlds.ts";
import { answerCalls } from "./calls.ts";
import { addressOf, drawPlaced, type WorldName } from "./place.ts";

/** One policy in one world whose hosts are open. */
export interface Running {
  readonly world: WorldName;
  readonly policy: PolicyName;
  /** Where the authority's certificate is, and the catalog's probes. */
  readonly caFile: string;
  readonly probes: object;
  /** Numbers of src/probe/limits.ts to put others in place of. */
  readonly limits: Readonly<Record<string, number>>;
}

/** The role of the client namespace: policies over the real port. */
export function race(): void {
  let http: HttpPort | null = null;
  answerCalls(async ({ world: name, policy, caFile, probes, limits: others }: Running): Promise<Outcome> => {
    Object.assign(limits, others);
    const env = { ...process.env, SSL_CERT_FILE: caFile };
    http ??= realHttp({ os: "linux", env, home: null, uid: null, cwd: "/" });
    const world = atAddresses(drawPlaced(name), probes);
    const counts: Counts = { usage: new Map(), open: 0 };
    const candidates = world.mirrors.map(({ candidate }) => candidate);
    const start = realClock.now();
    const picks = await policies[policy](
      candidates,
      { http: counted(http, counts), clock: realClock, connect: connectTo },
      world,
    );
    return outcomeOf(world, picks, realClock.now() - start, { usage: counts.usage, leftOpen: counts.open });
  });
}

/** The world at its addresses in the namespaces, with the pins of the process that serves it. */
function atAddresses(world: World, go: object): World {
  const source = { version: 1, updated: "2026-11-20", mirrors: [], probes: { go } };
  const { catalog, problems } = parseCatalog(JSON.stringify(source), "file");
  if (catalog === null) throw new Error(JSON.stringify(problems));
  const protocol = { ...goProtocol(catalog.probes.go ?? {}), weights: world.weights };
  const mirrors = world.mirrors.map((mirror, index) => ({
    ...mirror,
    candidate: { ...mirror.candidate, url: `https://${addressOf(index + 1)}` },
  }));
  return { ...world, protocol, mirrors };
}

interface Counts {
  readonly usage: Map<string, Usage>;
  /** Sessions that nobody has closed. */
  open: number;
}

function counted(http: HttpPort, counts: Counts): HttpPort {
  return {
    session: (userAgent, onReach) => {
      const session = http.session(userAgent, onReach);
      counts.open += 1;
      let isOpen = true;
      const get: typeof session.get = async (request) => {
        const { host } = new URL(request.url);
        const one = counts.usage.get(host) ?? { connections: 0, requests: 0, bytes: 0 };
        counts.usage.set(host, one);
        one.requests += 1;
        const result = await session.get(request);
        one.bytes += result.bytes;
        return result;
      };
      const close = () => {
        counts.open -= isOpen ? 1 : 0;
        isOpen = false;
        session.close();
      };
      return { get, close };
    },
  };
}

function connectTo(host: string, patienceMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const start = performance.now();
    const socket = connect(443, host);
    const end = (result: number | null) => {
      clearTimeout(patience);
      socket.destroy();
      resolve(result);
    };
    const patience = setTimeout(() => end(null), patienceMs);
    socket.once("connect", () => end(performance.now() - start)).on("error", () => end(null));
  });
}
