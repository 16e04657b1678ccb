import { hex } from "../artefacts/archives.ts";
import { imageCanary, labImage, otherImage } from "../artefacts/images.ts";
import { instead, portalRedirect } from "../compose.ts";
import { dockerFaults, type Fault, type OwnFault } from "../faults.ts";
import { file, onReply, text } from "../http.ts";
import type { Handler, LabRequest, Middleware, Reply } from "../types.ts";
import { partsOf, refused } from "./docker-registry.ts";

/** The other worlds that a bad mirror may serve from, each a handler for every path. */
export interface DockerWorlds {
  /** As of three days ago. */
  readonly stale: () => Handler;
  /** The right manifests, altered layers behind them. */
  readonly tampered: () => Handler;
  /** The digests of the layers that are large. */
  readonly large: ReadonlySet<string>;
}

/** The middleware of every fault that is about the protocol of registries. */
export function dockerMiddleware({ stale, tampered, large }: DockerWorlds): (fault: Fault) => Middleware | null {
  const isLarge = (path: string) => large.has(partsOf(path)?.reference ?? "");
  const refusing = (status: number, code: string) => () => () => refused(status, code);
  const table: Record<OwnFault<"docker">, Middleware> = {
    ...tokens,
    stale: instead(() => true, stale),
    tampered: instead((path) => isDockerFile(path) && !isLarge(path), tampered),
    "tampered-bulk": instead(isLarge, tampered),
    "tampered-manifest": async (request, next) =>
      /\/manifests\/sha256:/.test(request.path) ? onReply(await next(request), spaced) : next(request),
    "no-artefact": instead((path) => repositoryOf(path) === labImage.repository, refusing(404, "MANIFEST_UNKNOWN")),
    "not-allowed": instead((path) => repositoryOf(path) !== null, refusing(403, "DENIED")),
    "no-bulk": instead(isLarge, refusing(404, "BLOB_UNKNOWN")),
    "library-only": instead((path) => repositoryOf(path) === otherImage, refusing(403, "DENIED")),
    ...others(tampered),
    "no-canary": instead((path) => repositoryOf(path) === imageCanary, refusing(404, "NAME_UNKNOWN")),
    "too-many": (request, next) => (isManifest(request.path) ? refused(403, "TOOMANYREQUESTS") : next(request)),
    "blob-page": instead(isDockerFile, () => () => ({
      ...text(200, "<html>this image is not allowed</html>"),
      ...page,
    })),
    "no-head": (request, next) => (request.method === "HEAD" ? refused(405, "UNSUPPORTED") : next(request)),
    "portal-redirect": portalRedirect,
  };
  return (fault) => (typeof fault === "string" && fault in dockerFaults ? table[fault as OwnFault<"docker">] : null);
}

/** What goes wrong with one image alone, which proves nothing. */
function others(tampered: () => Handler) {
  const isOther = (path: string) => repositoryOf(path) === otherImage;
  const isTag = (path: string) => isOther(path) && partsOf(path)?.reference === "latest";
  return {
    "other-tag": async (request, next) => {
      if (!isTag(request.path)) return next(request);
      const answer = await next({ ...request, method: "GET" });
      if (typeof answer !== "object" || !("status" in answer) || !(answer.body instanceof Uint8Array)) return answer;
      // As many blanks as its port is high: what no other host has.
      const port = Number(new URL(request.origin ?? "https://here.invalid:1").port);
      const body = Buffer.concat([answer.body, Buffer.alloc(port, " ")]);
      const digest = `sha256:${hex("sha256", body)}`;
      const whole = file(request, body, answer.headers?.["content-type"] ?? "");
      return { ...whole, headers: { ...answer.headers, ...whole.headers, "docker-content-digest": digest } };
    },
    "other-manifest": async (request, next) =>
      isOther(request.path) && /\/manifests\/sha256:/.test(request.path) && request.method === "GET"
        ? onReply(await next(request), spaced)
        : next(request),
    "other-blobs": instead((path) => isOther(path) && isDockerFile(path), tampered),
    "other-hangs": (request, next) => (isOther(request.path) && isDockerFile(request.path) ? "silence" : next(request)),
  } satisfies Partial<Record<OwnFault<"docker">, Middleware>>;
}

const page = { headers: { "content-type": "text/html" } } as const;

/** Whether a path is a blob. */
export function isDockerFile(path: string): boolean {
  return partsOf(path)?.kind === "blobs";
}

function isManifest(path: string): boolean {
  return partsOf(path)?.kind === "manifests";
}

function repositoryOf(path: string): string | null {
  return partsOf(path)?.repository ?? null;
}

function spaced(reply: Reply): Reply {
  return reply.body instanceof Uint8Array ? { ...reply, body: Buffer.concat([reply.body, Buffer.from(" ")]) } : reply;
}

/** Mirrors that want a token: https://distribution.github.io/distribution/spec/auth/token/ */
const tokens = {
  token: (request, next, site) => guarded(request, next, () => site.companion("https", "token")),
  "token-denied": async (request, next, site) =>
    request.path === "/token" ? refused(403, "DENIED") : guarded(request, next, () => site.companion("https", "token")),
  "token-page": async (request, next, site) =>
    request.path === "/token"
      ? { ...text(200, "<html></html>"), ...page }
      : guarded(request, next, () => site.companion("https", "token")),
  "token-plain": (request, next) => guarded(request, next, async () => "http://token.invalid"),
  "token-upstream": (request, next) => guarded(request, next, async () => "https://upstream.invalid"),
  "late-challenge": (request, next, site) =>
    partsOf(request.path) === null && request.path !== "/token"
      ? next(request)
      : guarded(request, next, () => site.companion("https", "token")),
  basic: () => refused(401, "UNAUTHORIZED", { "www-authenticate": 'Basic realm="the lab"' }),
  unchallenged: () => refused(401, "UNAUTHORIZED"),
} satisfies Partial<Record<OwnFault<"docker">, Middleware>>;

async function guarded(request: LabRequest, next: Handler, origin: () => Promise<string>) {
  const scope = new URL(request.target, "https://here.invalid").searchParams.get("scope") ?? "";
  if (request.path === "/token") return text(200, JSON.stringify({ token: tokenFor(scope), expires_in: 300 }));
  const wanted = `repository:${repositoryOf(request.path) ?? ""}:pull`;
  const isRoot = repositoryOf(request.path) === null;
  const { authorization = "" } = request.headers;
  // What a redirect leads to needs no token, as with blobs on a storage of their own.
  if (request.companion || authorization === `Bearer ${tokenFor(wanted)}` || (isRoot && authorization !== ""))
    return next(request);
  const challenge = `Bearer realm="${await origin()}/token",service="lab, registry"${isRoot ? "" : `,scope="${wanted}"`}`;
  return refused(401, "UNAUTHORIZED", { "www-authenticate": challenge });
}

function tokenFor(scope: string): string {
  return Buffer.from(`token for ${scope.replace(":docker.io/", ":")}`).toString("base64url");
}
