import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { createDoor, type Door, type Manners } from "./door.ts";
import { type Fault, faultList, faultName } from "./faults.ts";
import { mannersOf } from "./manners.ts";
import type { Link } from "./pacing.ts";
import { readRequest, respond, statusOf } from "./respond.ts";
import type { Certificates } from "./tls.ts";
import type { Handler, LabHost, LabRequest, LogEntry, Middleware, Site } from "./types.ts";

/** What a host is made of. It knows no protocol: that is the handler, and the middleware of a fault. */
export interface HostOptions {
  readonly id: string;
  readonly link: Link;
  readonly port: number;
  readonly certificates: Certificates;
  readonly handler: Handler;
  /** The middleware of a fault, if it is one at the level of requests. */
  readonly middleware: (fault: Fault) => Middleware | null;
  /** The faults that this host can have, by name. */
  readonly faults: object;
  /** Where below its base URL the mirror is: nothing, or `/simple`. */
  readonly mirrorPath: string;
}

/** A host, and what only the lab may do with it. */
export interface OpenHost extends LabHost {
  close(): void;
}

/** Opens a healthy host; faults are set afterwards, so that a refused host first takes a port of its own. */
export async function openHost(options: HostOptions): Promise<OpenHost> {
  const state: State = { log: [], set: [], origin: "" };
  const doors: Door[] = [];
  const newDoor: NewDoor = (companion, manners) => {
    const onRequest = (request: IncomingMessage, response: ServerResponse) =>
      void serve(request, response, { ...options, ...state, site, companion });
    const door = createDoor({ ...options, manners, onRequest });
    doors.push(door);
    return door;
  };
  const site = companions(newDoor, state);
  const main = newDoor(false, () => mannersOf(namesOf(state)));
  const port = await main.open(options.port);
  state.origin = `https://127.0.0.1:${port}`;
  return {
    id: options.id,
    url: state.origin,
    mirrorUrl: state.origin + options.mirrorPath,
    port,
    log: state.log,
    get sockets() {
      return doors.reduce((sum, door) => sum + door.sockets, 0);
    },
    setFault: (fault) => changeFaults(state, main, port, checked(options, faultList(fault))),
    close: () => {
      for (const door of doors) door.shut();
    },
  };
}

type NewDoor = (companion: boolean, manners: () => Manners) => Door;

/** What changes while a host runs. */
interface State {
  readonly log: Mutable<LogEntry>[];
  set: readonly Fault[];
  origin: string;
}

function namesOf({ set }: State): readonly string[] {
  return set.map(faultName);
}

/** A fault that nobody carries out would make a healthy host of a bad one. */
function checked({ id, faults }: HostOptions, wanted: readonly Fault[]): readonly Fault[] {
  const strange = wanted.map(faultName).find((name) => !(name in faults));
  if (strange !== undefined) throw new Error(`"${id}" cannot have the fault "${strange}" in its ecosystem`);
  return wanted;
}

/** A refused host does not listen; one that is no longer refused listens again on the same port. */
function changeFaults(state: State, main: Door, port: number, faults: readonly Fault[]): void {
  const wasRefused = namesOf(state).includes("refused");
  state.set = faults;
  const isRefused = namesOf(state).includes("refused");
  if (isRefused && !wasRefused) main.shut();
  if (wasRefused && !isRefused) void main.open(port);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The further ports of a host, each opened when something first leads there. */
function companions(newDoor: NewDoor, state: State): Site {
  const urls = new Map<string, Promise<string>>();
  const open = async (scheme: "http" | "https") => {
    const certificate = () => (namesOf(state).includes("cdn-expired") ? "expired" : "good");
    const entrance = scheme === "http" ? "plain" : "tls";
    const port = await newDoor(true, () => ({ entrance, certificate: certificate() })).open(0);
    return `${scheme}://127.0.0.1:${port}`;
  };
  const companion = (scheme: "http" | "https", name = "files") => {
    const url = urls.get(`${scheme} ${name}`) ?? open(scheme);
    urls.set(`${scheme} ${name}`, url);
    return url;
  };
  return { companion };
}

interface Service extends HostOptions, State {
  readonly site: Site;
  readonly companion: boolean;
}

/** Logs a request, lets the faults and the protocol answer it, and carries the answer out. */
async function serve(incoming: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const at = performance.now();
  const { log, link, origin } = service;
  const request = { ...readRequest(incoming, log.length + 1, service.companion), origin };
  const userAgent = incoming.headers["user-agent"] ?? "";
  const port = incoming.socket.localPort ?? 0;
  const entry = { method: request.method, path: request.target, userAgent, status: 0, at, port };
  log.push(entry);
  const answer = await answerTo(request, service);
  entry.status = statusOf(answer);
  await respond(answer, response, link, at);
}

async function answerTo(request: LabRequest, { set, handler, middleware, site }: Service) {
  const chain = set.map(middleware).filter((each) => each !== null);
  const whole = chain.reduceRight<Handler>((next, each) => (asked) => each(asked, next, site), handler);
  return await whole(request);
}
