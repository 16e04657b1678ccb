import type { Fault } from "../lab/faults.ts";
import { file, text } from "../lab/http.ts";
import type { Answer, Handler, Middleware, Reply } from "../lab/types.ts";
import type { Content } from "./contents.ts";
import { seeded } from "./sim/random.ts";

/** What the lab has no name for: breaks off only bodies of 300 kB and more; and three requests in ten fail, by lot. */
export type ContentFault = Fault | "truncated-late" | "random-500" | null;

const whole = new Uint8Array(40_000_000);

/** Where `redirect-upstream` leads (test/lab/http-faults.ts). */
export const upstreamHost = "upstream.invalid";

/** The host that serves what another redirects to its CDN. */
export function companionOf(host: string): string {
  return `cdn.${host}`;
}

/** A host's answers: the lab's mirror with a fault before it. `seed` for what the fault draws by lot. */
export function mirrorHandler(content: Content, fault: ContentFault, host: string, seed: string): Handler {
  const { lab, paths } = content;
  const mirror: Handler = (request) =>
    request.path === paths.whole ? file(request, whole, "application/octet-stream") : lab.mirror(request);
  const before = middlewareOf(content, fault, seed);
  if (before === null) return mirror;
  const site = { companion: (scheme: "http" | "https") => Promise.resolve(`${scheme}://${companionOf(host)}`) };
  return (request) => before(request, mirror, site);
}

function middlewareOf({ lab, paths }: Content, fault: ContentFault, seed: string): Middleware | null {
  if (fault === null) return null;
  if (fault === "truncated-late") return truncatedLate(seed);
  if (fault === "random-500") return random500(seed);
  const middleware = lab.middleware(fault);
  if (middleware === null) throw new Error(`the lab has no middleware for ${JSON.stringify(fault)}`);
  // The altered and the old worlds lack the benchmark's own file: it is served as it is.
  const ofContent = typeof fault === "string" && /^(tampered|stale|sumdb|no-)/.test(fault);
  return (request, next, site) =>
    ofContent && request.path === paths.whole ? next(request) : middleware(request, next, site);
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
