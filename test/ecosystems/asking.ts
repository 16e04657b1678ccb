import type { HttpAnswer, HttpFailureCode, HttpRequest, HttpResult } from "../../src/ports/types.ts";
import type { Proof, Protocol, StageResult } from "../../src/probe/types.ts";
import { CountedVisit } from "../../src/probe/visit.ts";
import { virtualClock } from "../probe/clock.ts";

/** What a server of these tests says: a body with 200, a status, a failure, or any part of an answer. */
export type Reply = string | Uint8Array | number | { readonly failure: HttpFailureCode } | Answer;
type Answer = Partial<Pick<HttpAnswer, "status" | "headers" | "hops">> & { readonly body?: string | Uint8Array };

/** A server: the reply to a request; undefined is 404. */
export type Server = (url: URL, request: HttpRequest) => Reply | undefined;

export interface Asked {
  readonly proof: Proof;
  readonly stages: readonly StageResult[];
  readonly requests: number;
  /** Path and query of each request, in order. */
  readonly paths: readonly string[];
  readonly seen: readonly HttpRequest[];
  /** What the race was told to measure by; undefined where it was told nothing. */
  readonly bulk: string | null | undefined;
  readonly last: Awaited<ReturnType<Protocol["lastCheck"]>>;
}

/** The upstream's host in these tests: where no mirror may send anybody. */
export const upstream = "upstream.example";

/** Has a protocol ask a server, without a race, and then for its last check. */
export async function ask(protocol: Protocol, server: Server, base = "https://mirror.example/root"): Promise<Asked> {
  const seen: HttpRequest[] = [];
  const get = async (request: HttpRequest) => {
    seen.push(request);
    return resultOf(server(new URL(request.url), request) ?? 404, request);
  };
  const visit = new CountedVisit(
    { id: "mirror", url: base, mirror: null },
    {
      http: { session: () => ({ get, close: () => undefined }) },
      clock: virtualClock(),
      userAgent: protocol.userAgent(null),
      signal: new AbortController().signal,
      isQuiet: () => true,
      budget: { requests: 99, bytes: 99e6 },
      forbiddenHosts: new Set([upstream]),
    },
  );
  const proof = await protocol.prove(visit);
  const bulk = visit.servedAt === null ? undefined : visit.bulk;
  const last = proof.reason === null ? await protocol.lastCheck(visit) : null;
  const paths = seen.map(({ url }) => new URL(url).pathname);
  return { proof, stages: visit.stages, requests: visit.requests, paths, seen, bulk, last };
}

function resultOf(reply: Reply, { url, maxBytes }: HttpRequest): HttpResult {
  const phases = { dns: null, connect: null, tls: null, firstByte: 1 };
  if (typeof reply === "object" && "failure" in reply) {
    return { ok: false, code: reply.failure, detail: { code: "no-answer", args: {} }, phases, bytes: 0 };
  }
  const answer: Answer =
    typeof reply === "number"
      ? { status: reply }
      : typeof reply === "string" || reply instanceof Uint8Array
        ? { body: reply }
        : reply;
  const { status = 200, headers = {}, hops = [url] } = answer;
  const whole = Buffer.from(answer.body ?? "");
  const body = whole.subarray(0, maxBytes);
  const rest = { hops, phases, certificate: null, bytes: body.length };
  return { ok: true, status, headers, body, whole: body.length === whole.length, ...rest };
}
