import type { IncomingHttpHeaders } from "node:http";
import type { Client, Dispatcher } from "undici";
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

/** Sends one GET on a client and reads at most `maxBytes` of the answer; more is cut off and the connection with it. */
export function exchange(client: Client, target: URL, userAgent: string, request: HttpRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const headers = { "user-agent": userAgent, accept: "*/*", "accept-encoding": "identity", ...request.headers };
    const path = target.pathname + target.search;
    client.dispatch(
      { method: request.method ?? "GET", path, headers, idempotent: true },
      new AnswerReader(request, resolve),
    );
  });
}

/** Collects an answer, bounded, and tells once how it ended. */
class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #request: HttpRequest;
  readonly #tell: (result: Exchange) => void;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
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

  /** Its turn on the connection. What was called off before is taken out by throwing: to abort it would cost the next one the connection. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#told) throw new Error("stopped");
    this.#controller = controller;
    this.#sentAt = performance.now();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    const firstByteMs = performance.now() - this.#sentAt;
    const flat = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), single(name, value)] as const);
    this.#head = { status, headers: Object.fromEntries(flat), firstByteMs };
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#told) return;
    const room = this.#request.maxBytes - this.#bytes;
    this.#chunks.push(chunk.subarray(0, room));
    this.#bytes += Math.min(chunk.length, room);
    this.#request.onData?.(Math.min(chunk.length, room));
    if (chunk.length <= room) return;
    this.#finish(false);
    this.#hangUp();
  }

  onResponseEnd(): void {
    this.#finish(true);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    const [code, detail] = exchangeFailure(error, this.#head !== null);
    this.#end({ ok: false, code, detail, bytes: this.#bytes });
  }

  readonly #stop = (): void => {
    const detail: Detail = { code: this.#head === null ? "no-answer" : "half-an-answer", args: {} };
    this.#end({ ok: false, code: "stopped", detail, bytes: this.#bytes });
    this.#hangUp();
  };

  /** Closes the connection at once: the rest of this answer must not come in. */
  #hangUp(): void {
    this.#controller?.abort(new Error("stopped"));
  }

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

/** A header sent twice: of those that can only have one value the first counts, as in Node's own client; others are one list (RFC 9110 §5.3). */
function single(name: string, value: string | readonly string[] | undefined): string {
  if (!Array.isArray(value)) return String(value);
  return /^(content-type|content-length|location|retry-after)$/i.test(name) ? String(value[0]) : value.join(", ");
}
