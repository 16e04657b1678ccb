import { type Agent, type ClientRequest, type IncomingMessage, request as send } from "node:http";
import type { Detail } from "../../report/types.ts";
import type { HttpFailureCode, HttpRequest } from "../types.ts";
import { exchangeFailure } from "./failures.ts";

/** One answer of one server, redirects not followed. */
export type Exchange =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      readonly whole: boolean;
      readonly firstByteMs: number;
    }
  | { readonly ok: false; readonly code: HttpFailureCode; readonly detail: Detail; readonly bytes: number };

/** What an exchange goes through: an agent of one server, and when it is free for the next. One thing at a time, as on one connection. */
export interface Way {
  readonly agent: Agent;
  free: Promise<unknown>;
}

/** Sends one GET and reads at most `maxBytes` of the answer; more is cut off and the connection with it. */
export function exchange(way: Way, target: URL, userAgent: string, request: HttpRequest): Promise<Exchange> {
  const before = way.free;
  const result = new Promise<Exchange>((resolve) => {
    const reader = new AnswerReader(request, resolve);
    void before.then(() => reader.ask(way.agent, target, userAgent));
  });
  way.free = Promise.all([before, result]);
  return result;
}

/** Collects an answer, bounded, and tells once how it ended. */
class AnswerReader {
  readonly #request: HttpRequest;
  readonly #tell: (result: Exchange) => void;
  readonly #chunks: Buffer[] = [];
  #asked: ClientRequest | null = null;
  #bytes = 0;
  #sentAt = 0;
  #head: { status: number; headers: Record<string, string>; firstByteMs: number } | null = null;
  #told = false;

  constructor(request: HttpRequest, tell: (result: Exchange) => void) {
    this.#request = request;
    this.#tell = tell;
    request.signal.addEventListener("abort", this.#stop, { once: true });
    if (request.signal.aborted) this.#stop();
  }

  /** The agent's connection is plain or secure as the address wants it; either way this is HTTP/1.1 on top. */
  ask(agent: Agent, target: URL, userAgent: string): void {
    if (this.#told) return;
    const own = { host: target.host, "user-agent": userAgent, accept: "*/*", "accept-encoding": "identity" };
    const asked = send({ agent, path: target.pathname + target.search, headers: { ...own, ...this.#request.headers } });
    this.#asked = asked;
    asked.once("socket", () => {
      this.#sentAt = performance.now();
    });
    asked.once("response", (answer) => this.#read(answer));
    asked.on("error", (error) => this.#fail(error));
    asked.once("close", () => this.#fail(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    asked.end();
  }

  #read(answer: IncomingMessage): void {
    const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
    const firstByteMs = performance.now() - this.#sentAt;
    this.#head = { status: answer.statusCode ?? 0, headers: Object.fromEntries(headers), firstByteMs };
    answer.on("data", (chunk: Buffer) => this.#take(chunk));
    answer.once("end", () => this.#finish(true));
    answer.on("error", (error) => this.#fail(error));
  }

  #take(chunk: Buffer): void {
    if (this.#told) return;
    const room = this.#request.maxBytes - this.#bytes;
    this.#chunks.push(chunk.subarray(0, room));
    this.#bytes += Math.min(chunk.length, room);
    this.#request.onData?.(Math.min(chunk.length, room));
    if (chunk.length <= room) return;
    this.#finish(false);
    this.#asked?.destroy();
  }

  #fail(error: Error): void {
    const [code, detail] = exchangeFailure(error, this.#head !== null);
    this.#end({ ok: false, code, detail, bytes: this.#bytes });
  }

  readonly #stop = (): void => {
    const detail: Detail = { code: this.#head === null ? "no-answer" : "half-an-answer", args: {} };
    this.#end({ ok: false, code: "stopped", detail, bytes: this.#bytes });
    this.#asked?.destroy();
  };

  #finish(whole: boolean): void {
    if (this.#head !== null) this.#end({ ok: true, ...this.#head, body: Buffer.concat(this.#chunks), whole });
  }

  #end(result: Exchange): void {
    if (this.#told) return;
    this.#told = true;
    this.#request.signal.removeEventListener("abort", this.#stop);
    this.#tell(result);
  }
}
