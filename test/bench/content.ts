import { parseCatalog } from "../../src/catalog/parse.ts";
import { goProtocol } from "../../src/ecosystems/go/protocol.ts";
import type { Protocol } from "../../src/probe/types.ts";
import type { Fault } from "../lab/faults.ts";
import { makeGoWorld } from "../lab/go-world.ts";
import { file, text } from "../lab/http.ts";
import type { Answer, Handler, Middleware, Reply } from "../lab/types.ts";
import { seeded } from "./sim/random.ts";

/** What the lab has no name for: breaks off only bodies of 300 kB and more; and three requests in ten fail, by lot. */
export type ContentFault = Fault | "truncated-late" | "random-500" | null;

/** What chsrc would measure a Go mirror by: a whole file of 40 MB, which only the benchmark's hosts have. */
export const wholeFile = "/bench.example/whole/@v/v1.0.0.zip";
const wholeBytes = 40_000_000;

/** The reference's host, and where `redirect-upstream` leads (test/lab/http-faults.ts). */
export const referenceHost = "sumdb.example";
export const upstreamHost = "upstream.invalid";

const lab = makeGoWorld();
const whole = new Uint8Array(wholeBytes);

const probes = (() => {
  const source = {
    version: 1,
    updated: "2026-11-20",
    mirrors: [],
    probes: { go: lab.probes(`https://${referenceHost}`) },
  };
  const { catalog, problems } = parseCatalog(JSON.stringify(source), "file");
  if (catalog === null) throw new Error(`the lab's probes: ${JSON.stringify(problems)}`);
  return catalog.probes.go ?? {};
})();

/** The real protocol of Go, over the lab's artefacts; `weights` for the ecosystems that have none of their own yet. */
export function protocolWith(weights: Protocol["weights"] | null): Protocol {
  const protocol = goProtocol(probes);
  return weights === null ? protocol : { ...protocol, weights };
}

/** Paths that every policy may ask for. */
export const paths = {
  small: probes.api?.[0]?.path ?? "",
  bulk: probes.bulk?.[0]?.path ?? "",
} as const;

export const reference: Handler = lab.reference;

/** A host's answers: the lab's Go mirror with a fault before it. `seed` for what the fault draws by lot. */
export function mirrorHandler(fault: ContentFault, seed: string): Handler {
  const before = middlewareOf(fault, seed);
  if (before === null) return mirror;
  const site = { companion: (scheme: "http" | "https") => Promise.resolve(`${scheme}://cdn.invalid`) };
  return (request) => before(request, mirror, site);
}

function mirror(request: Parameters<Handler>[0]): ReturnType<Handler> {
  return request.path === wholeFile ? file(request, whole, "application/zip") : lab.mirror(request);
}

function middlewareOf(fault: ContentFault, seed: string): Middleware | null {
  if (fault === null) return null;
  if (fault === "truncated-late") return truncatedLate(seed);
  if (fault === "random-500") return random500(seed);
  const middleware = lab.middleware(fault);
  if (middleware === null) throw new Error(`the lab has no middleware for ${JSON.stringify(fault)}`);
  // The altered and the old worlds lack the benchmark's own file: it is served as it is.
  const ofContent = typeof fault === "string" && /^(tampered|stale|sumdb|no-)/.test(fault);
  return (request, next, site) =>
    ofContent && request.path === wholeFile ? next(request) : middleware(request, next, site);
}

function truncatedLate(seed: string): Middleware {
  const after = Math.round(seeded(`${seed}/truncated`).between(150_000, 800_000));
  return async (request, next) => {
    const answer = await next(request);
    const isLarge = isReply(answer) && answer.body instanceof Uint8Array && answer.body.length >= 300_000;
    return isLarge ? { ...answer, stop: closedAfter(after) } : answer;
  };
}

function closedAfter(after: number): NonNullable<Reply["stop"]> {
  // biome-ignore lint/suspicious/noThenProperty: the lab's word for what comes after; nobody awaits it.
  return { after, then: "close" };
}

function random500(seed: string): Middleware {
  const random = seeded(`${seed}/500`);
  return (request, next) => (random.chance(0.3) ? text(500, "internal error\n") : next(request));
}

function isReply(answer: Answer): answer is Reply {
  return typeof answer === "object" && "status" in answer;
}
