import { gzipSync } from "node:zlib";
import { type Fault, type HttpFault, httpFaults } from "./faults.ts";
import { forbidden, loginPage, notFound, onReply, redirect, text } from "./http.ts";
import type { Answer, Middleware, Reply } from "./types.ts";

/** What a protocol tells about its paths: which are files to download (a zip, a wheel, a tarball, a blob). */
export type IsFile = (path: string) => boolean;

/** What the faults of HTTP must know of an ecosystem. */
export interface Manner {
  readonly isFile: IsFile;
  /** How the tool's own User-Agent begins. */
  readonly userAgent: string;
}

/** Where `redirect-upstream` leads unless told otherwise: a name that can never resolve (RFC 6761). */
const upstream = "https://upstream.invalid";
const injection = "\u001b]0;pwned\u0007\u001b[2J\u001b[31mpwned\u001b[0m";
/** The same for headers, where parsers let only the eight-bit forms through: OSC is 0x9d, CSI 0x9b, ST 0x9c. */
const injection8 = "\u009d0;pwned\u009c\u009b2Jpwned";

/** The middleware of every fault that has nothing to do with one protocol. */
export function httpMiddleware({ isFile, userAgent }: Manner): (fault: Fault) => Middleware | null {
  const table: Record<HttpFault, Middleware> = {
    ...refusals,
    "client-denied": (request, next) =>
      request.headers["user-agent"]?.startsWith(userAgent) ? forbidden : next(request),
    ...oddities,
    ...breaks(isFile),
    ...redirects(isFile),
  };
  return (fault) => {
    if (typeof fault === "object") return ({ target }) => redirect(fault.to + target);
    return fault in httpFaults ? table[fault as HttpFault] : null;
  };
}

const refusals = {
  "hang-response": () => "silence",
  reset: () => "reset",
  "login-page": () => loginPage,
  "fast-404": () => notFound,
  "error-500": () => text(500, "internal error\n"),
  "flaky-500": (request, next) => (request.ordinal % 3 === 0 ? text(500, "internal error\n") : next(request)),
  "rate-limited": () => text(429, "too many requests\n", { "retry-after": "120" }),
} satisfies Partial<Record<HttpFault, Middleware>>;

const oddities = {
  drip: async (request, next) => onReply(await next(request), (reply) => ({ ...reply, bytesPerSecond: 20_000 })),
  endless: () => ({ status: 200, headers: { "content-type": "application/octet-stream" }, body: forever() }),
  "gzip-bomb": () => ({ status: 200, headers: { "content-encoding": "gzip" }, body: bomb() }),
  escapes: () => verbatim(`200 ${injection}`, [`Server: ${injection8}`, `X-Note: ${injection8}`], injection),
  "escapes-redirect": () =>
    verbatim(`302 ${injection}`, [`Location: https://upstream.invalid/${injection8}`], injection),
  "escapes-header": () => verbatim("200 OK", [`Server: ${injection}`], injection),
  "huge-headers": () => verbatim("200 OK", Array<string>(1024).fill(`X-Padding: ${"a".repeat(1012)}`), "ok\n"),
} satisfies Partial<Record<HttpFault, Middleware>>;

function breaks(isFile: IsFile) {
  return {
    denied: (request, next) => (isFile(request.path) ? text(403, "your subnet is blocked\n") : next(request)),
    "hang-body": async (request, next) => onReply(await next(request), (reply) => half(reply, "silence")),
    truncated: async (request, next) => {
      const answer = await next(request);
      return isFile(request.path) ? onReply(answer, (reply) => half(reply, "close")) : answer;
    },
    "truncated-all": async (request, next) => onReply(await next(request), (reply) => half(reply, "close")),
  } satisfies Partial<Record<HttpFault, Middleware>>;
}

function redirects(isFile: IsFile) {
  const away = (scheme: "http" | "https", applies: IsFile): Middleware => {
    return async (request, next, site) => {
      if (request.companion || !applies(request.path)) return await next(request);
      return redirect((await site.companion(scheme)) + request.target);
    };
  };
  return {
    "redirect-upstream": ({ target }) => redirect(upstream + target),
    "redirect-http": away("http", () => true),
    "http-only-zip": away("http", isFile),
    "redirect-loop": ({ target }) => redirect(target),
    "redirect-cdn": away("https", isFile),
    "cdn-expired": away("https", isFile),
  } satisfies Partial<Record<HttpFault, Middleware>>;
}

/** Half of what the body is, though the headers promise all of it. */
function half(reply: Reply, then: "silence" | "close"): Reply {
  const length = reply.body instanceof Uint8Array ? reply.body.length : 65_536;
  return { ...reply, stop: { after: Math.floor(length / 2), then } };
}

function* forever(): Generator<Uint8Array> {
  const block = Buffer.alloc(65_536, "endless ");
  for (;;) yield block;
}

/** Made when first asked for: it takes so long that other hosts would answer late. */
let member: Uint8Array | null = null;

/** 64 gzip members of 16 MiB of zeros each: one stream of 1 GiB (https://www.rfc-editor.org/rfc/rfc1952#page-5). */
function* bomb(): Generator<Uint8Array> {
  member ??= gzipSync(Buffer.alloc(16 * 1024 * 1024));
  for (let i = 0; i < 64; i++) yield member;
}

/** A reply as raw bytes, which an HTTP library would refuse to write. */
function verbatim(status: string, headers: readonly string[], body: string): Answer {
  const head = [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${body.length}`, "Connection: close"];
  return { verbatim: Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1") };
}
