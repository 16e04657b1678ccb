import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { createDoor, type Door, type Manners } from "./door.ts";
import { certificateFaults, connectionFaults, type Fault, faultList, faultName } from "./faults.ts";
import type { Link } from "./pacing.ts";
import { readRequest, respond, statusOf } from "./respond.ts";
import type { CertificateKind, Certificates } from "./tls.ts";
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
}

/** A host, and what only the lab may do with it. */
export interface OpenHost extends LabHost {
  close(): void;
}

const certificateOf: Readonly<Record<keyof typeof certificateFaults, CertificateKind>> = {
  "tls-expired": "expired",
  "tls-not-yet": "not-yet",
  "tls-wrong-name": "wrong-name",
  "tls-untrusted": "untrusted",
  "tls-expiring": "expiring",
};

const entranceOf: Readonly<Record<keyof typeof connectionFaults, Manners["entrance"]>> = {
  refused: "silence",
  "hang-connect": "silence",
  "hang-tls": "half-hello",
  garbage: "garbage",
  "plain-http": "plain",
};

/** Opens a healthy host; faults are set afterwards, so that a refused host first takes a port of its own. */
export async function openHost(options: HostOptions): Promise<OpenHost> {
  const state: State = { log: [], faults: [] };
  const doors: Door[] = [];
  const newDoor: NewDoor = (companion, manners) => {
    const onRequest = (request: IncomingMessage, response: ServerResponse) =>
      void serve(request, response, { ...options, ...state, site, companion });
    const door = createDoor({ ...options, manners, onRequest });
    doors.push(door);
    return door;
  };
  const site = companions(newDoor, state);
  const main = newDoor(false, () => mainManners(namesOf(state)));
  const port = await main.open(options.port);
  return {
    id: options.id,
    url: `https://127.0.0.1:${port}`,
    port,
    log: state.log,
    get sockets() {
      return doors.reduce((sum, door) => sum + door.sockets, 0);
    },
    setFault: (fault) => changeFaults(state, main, port, faultList(fault)),
    close: () => {
      for (const door of doors) door.shut();
    },
  };
}

type NewDoor = (companion: boolean, manners: () => Manners) => Door;

/** What changes while a host runs. */
interface State {
  readonly log: Mutable<LogEntry>[];
  faults: readonly Fault[];
}

function namesOf({ faults }: State): readonly string[] {
  return faults.map(faultName);
}

/** A refused host does not listen; one that is no longer refused listens again on the same port. */
function changeFaults(state: State, main: Door, port: number, faults: readonly Fault[]): void {
  const wasRefused = namesOf(state).includes("refused");
  state.faults = faults;
  const isRefused = namesOf(state).includes("refused");
  if (isRefused && !wasRefused) main.shut();
  if (wasRefused && !isRefused) void main.open(port);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function mainManners(names: readonly string[]): Manners {
  const entrances = names.filter((name): name is keyof typeof connectionFaults => name in connectionFaults);
  const certificates = names.filter((name): name is keyof typeof certificateFaults => name in certificateFaults);
  return {
    entrance: entrances[0] ? entranceOf[entrances[0]] : "tls",
    certificate: certificates[0] ? certificateOf[certificates[0]] : "good",
  };
}

/** The second ports of a host, each opened when a redirect first leads there. */
function companions(newDoor: NewDoor, state: State): Site {
  const urls = new Map<string, Promise<string>>();
  const open = async (scheme: "http" | "https") => {
    const certificate = () => (namesOf(state).includes("cdn-expired") ? "expired" : "good");
    const entrance = scheme === "http" ? "plain" : "tls";
    const port = await newDoor(true, () => ({ entrance, certificate: certificate() })).open(0);
    return `${scheme}://127.0.0.1:${port}`;
  };
  const companion = (scheme: "http" | "https") => {
    const url = urls.get(scheme) ?? open(scheme);
    urls.set(scheme, url);
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
  const { log, link } = service;
  const request = readRequest(incoming, log.length + 1, service.companion);
  const userAgent = incoming.headers["user-agent"] ?? "";
  const port = incoming.socket.localPort ?? 0;
  const entry = { method: request.method, path: request.target, userAgent, status: 0, at, port };
  log.push(entry);
  const answer = await answerTo(request, service);
  entry.status = statusOf(answer);
  await respond(answer, response, link, at);
}

async function answerTo(request: LabRequest, { faults, handler, middleware, site }: Service) {
  const chain = faults.map(middleware).filter((each) => each !== null);
  const whole = chain.reduceRight<Handler>((next, each) => (asked) => each(asked, next, site), handler);
  return await whole(request);
}
