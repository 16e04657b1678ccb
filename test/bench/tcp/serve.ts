import type http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { makeGoWorld } from "../../lab/go-world.ts";
import { text } from "../../lab/http.ts";
import { readRequest, respond } from "../../lab/respond.ts";
import type { Answer, Handler, Middleware, Reply } from "../../lab/types.ts";
import type { Form } from "../forms.ts";
import { seeded } from "../sim/random.ts";
import { answerCalls } from "./calls.ts";
import { type Leaves, makeLeaves } from "./certificates.ts";
import { addressOf, drawPlaced, hostsOf, referenceNumber, type WorldName } from "./place.ts";

/** What the servers tell once: whom to trust, and what the catalog would say of the Go artefacts. */
export interface Greeting {
  readonly ca: string;
  readonly probes: object;
}

/** To open a world's hosts (null: only to greet), after those of the world before have been closed. */
export interface Opening {
  readonly world: WorldName | null;
}

const lab = makeGoWorld();
const thinkJitter = 0.1;
/** The forwarder sets the pace: the lab's own is switched off. */
const unpaced = { rttMs: 0, bytesPerSecond: 1e9 };

/** The role of the server namespace: the lab's handlers at one address for each host. */
export async function serve(): Promise<void> {
  const numbers = Array.from({ length: referenceNumber }, (_, index) => index + 1);
  const leaves = await makeLeaves(numbers.map(addressOf));
  let open: readonly OpenHost[] = [];
  answerCalls(async ({ world }: Opening): Promise<Greeting> => {
    for (const host of open) host.close();
    open = world === null ? [] : await openHosts(world, leaves);
    return { ca: leaves.ca, probes: lab.probes(`https://${addressOf(referenceNumber)}`) };
  });
}

interface OpenHost {
  close(): void;
}

/** Those that listen: nobody does at the address of a mirror that refuses, and what is sent to a dead one never comes. */
async function openHosts(name: WorldName, leaves: Leaves): Promise<OpenHost[]> {
  const world = drawPlaced(name);
  const listening = hostsOf(world).filter(({ host }) => host.state === "up");
  return await Promise.all(
    listening.map(({ number, host }) => {
      const { form = null, candidate } = world.mirrors[number - 1] ?? {};
      const handler = number === referenceNumber ? lab.reference : handlerOf(form, `${name.name}/${candidate?.id}`);
      const leaf = leaves.leaves[host.certificate];
      return openHost(addressOf(number), host.thinkMs, handler, leaf);
    }),
  );
}

function openHost(address: string, thinkMs: number, handler: Handler, leaf: https.ServerOptions): Promise<OpenHost> {
  let ordinal = 0;
  const sockets = new Set<Socket>();
  const onRequest = async (incoming: http.IncomingMessage, response: http.ServerResponse) => {
    const arrived = performance.now();
    ordinal += 1;
    const answer = await handler(readRequest(incoming, ordinal, false));
    const link = { ...unpaced, thinkMs: thinkMs * (1 + thinkJitter * (2 * Math.random() - 1)) };
    await respond(answer, response, link, arrived);
  };
  const server = https.createServer(
    { ...leaf, ALPNProtocols: ["http/1.1"], keepAliveTimeout: 60_000 },
    (...both) => void onRequest(...both),
  );
  server.on("connection", (socket: Socket) => {
    sockets.add(socket.on("error", () => undefined));
    socket.once("close", () => sockets.delete(socket));
  });
  const close = () => {
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(443, address, () => resolve({ close }));
  });
}

/** As `mirrorHandler` of test/bench/content.ts, over this process's own lab: its keys are drawn anew in each process. */
function handlerOf(form: Form, seed: string): Handler {
  const before = middlewareOf(form, seed);
  if (before === null) return lab.mirror;
  const site = { companion: (scheme: "http" | "https") => Promise.resolve(`${scheme}://cdn.invalid`) };
  return (request) => before(request, lab.mirror, site);
}

function middlewareOf(form: Form, seed: string): Middleware | null {
  if (form === null || form === "cert-expired" || form === "cert-wrong-name") return null;
  if (form === "random-500") {
    const random = seeded(`${seed}/500`);
    return (request, next) => (random.chance(0.3) ? text(500, "internal error\n") : next(request));
  }
  if (form !== "truncated-late") return lab.middleware(form as Parameters<typeof lab.middleware>[0]);
  const after = Math.round(seeded(`${seed}/truncated`).between(150_000, 800_000));
  return async (request, next) => {
    const answer = await next(request);
    return isLarge(answer) ? { ...answer, stop: closedAfter(after) } : answer;
  };
}

function isLarge(answer: Answer): answer is Reply {
  return (
    typeof answer === "object" &&
    "status" in answer &&
    answer.body instanceof Uint8Array &&
    answer.body.length >= 300_000
  );
}

function closedAfter(after: number): NonNullable<Reply["stop"]> {
  // biome-ignore lint/suspicious/noThenProperty: the lab's word for what comes after; nobody awaits it.
  return { after, then: "close" };
}
