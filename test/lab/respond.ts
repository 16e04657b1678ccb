import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { type Link, pace, pauseFor } from "./pacing.ts";
import type { Answer, LabRequest, Reply } from "./types.ts";

/** The status that an answer shows; 0 for none. */
export function statusOf(answer: Answer): number {
  if (typeof answer === "string") return 0;
  if ("status" in answer) return answer.status;
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(Buffer.from(answer.verbatim.subarray(0, 12)).toString())?.[1] ?? 0);
}

/** The request as the protocols see it. */
export function readRequest(request: IncomingMessage, ordinal: number, companion: boolean): LabRequest {
  const target = request.url ?? "/";
  const path = decode(target.split("?")[0] ?? "/");
  return { method: request.method ?? "GET", path, target, headers: request.headers, ordinal, companion };
}

/** Carries out an answer at the link's pace: one round trip (and the thinking) before its first byte. */
export async function respond(answer: Answer, response: ServerResponse, link: Link, arrived: number): Promise<void> {
  if (answer === "silence") return;
  // Not `response.socket`: that is null as long as the reply before, on the same connection, is still being flushed.
  const { socket } = response.req;
  await pauseFor(link, 1, link.thinkMs - (performance.now() - arrived));
  if (socket.destroyed) return;
  if (answer === "reset") return void socket.destroy();
  if ("verbatim" in answer) return void socket.end(answer.verbatim);
  response.writeHead(answer.status, { ...answer.headers, ...lengthHeader(answer.body) });
  if (response.req.method === "HEAD") return void response.end();
  await sendBody(answer, response, { ...link, bytesPerSecond: answer.bytesPerSecond ?? link.bytesPerSecond });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function lengthHeader(body: Reply["body"]): Record<string, string> {
  if (body !== undefined && !(body instanceof Uint8Array)) return {};
  return { "content-length": String(body?.length ?? 0) };
}

async function sendBody({ body, stop }: Reply, response: ServerResponse, link: Link): Promise<void> {
  const { socket } = response.req;
  const take = taker(body ?? new Uint8Array(), stop?.after ?? Number.POSITIVE_INFINITY);
  if (stop?.after === 0) response.flushHeaders();
  else await pace(socket, link, async (bytes) => await write(response, take, bytes));
  if (stop === undefined) response.end();
  else if (stop.then === "close") socket.destroySoon();
}

type Take = (bytes: number) => { readonly chunks: readonly Uint8Array[]; readonly more: boolean };

/** Writes up to so many bytes, waits for the socket to take them, and tells whether there is more. */
async function write(response: ServerResponse, take: Take, bytes: number): Promise<boolean> {
  const { chunks, more } = take(bytes);
  const accepted = chunks.map((chunk) => response.write(chunk)).every(Boolean);
  if (!accepted && !response.destroyed) await drained(response);
  return more && !response.destroyed;
}

/** Hands out a body in pieces of any size, up to a limit. */
function taker(body: Uint8Array | Iterable<Uint8Array>, limit: number): Take {
  const pieces = body instanceof Uint8Array ? [body][Symbol.iterator]() : body[Symbol.iterator]();
  let left = limit;
  let held: Uint8Array | null = next();
  function next(): Uint8Array | null {
    const piece = left > 0 ? pieces.next() : { done: true as const, value: undefined };
    return piece.done ? null : piece.value;
  }
  return (bytes) => {
    const chunks: Uint8Array[] = [];
    for (let room = Math.min(bytes, left); room > 0 && held; room = Math.min(room, left)) {
      const chunk = held.subarray(0, room);
      chunks.push(chunk);
      left -= chunk.length;
      room -= chunk.length;
      held = chunk.length < held.length ? held.subarray(chunk.length) : next();
    }
    return { chunks, more: held !== null && left > 0 };
  };
}

/** Resolves when the response takes bytes again, or has gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
