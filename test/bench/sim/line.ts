import type { Exchange } from "../../../src/ports/http/exchange.ts";
import type { HttpRequest } from "../../../src/ports/types.ts";
import type { Answer, Reply } from "../../lab/types.ts";
import { bodyOf, cutShort, type Job, labRequest, noHttp, reset } from "./exchange.ts";
import type { Network } from "./network.ts";
import type { OnReach, Refusal, Wire } from "./types.ts";

/** The one connection of a session to one origin: opened when first needed, one request at a time, opened again after it was cut. */
export class OriginLine {
  /** What opening the connection cost, until an exchange has counted it. */
  phases: Wire["phases"] | null = null;
  readonly #network: Network;
  readonly #origin: URL;
  readonly #onReach: OnReach;
  readonly #queue: Job[] = [];
  #running: Job | null = null;
  #wire: Wire | null = null;
  #hangUp: (() => void) | null = null;

  constructor(network: Network, origin: string, onReach: OnReach) {
    this.#onReach = onReach;
    this.#network = network;
    this.#origin = new URL(origin);
  }

  exchange(target: URL, userAgent: string, request: HttpRequest): Promise<Exchange> {
    return new Promise((resolve) => {
      const job: Job = { target, userAgent, request, tell: resolve, ended: false, head: false, flow: null };
      const stop = () => this.#stop(job);
      request.signal.addEventListener("abort", stop, { once: true });
      if (request.signal.aborted) this.#stop(job);
      this.#queue.push(job);
      this.#next();
    });
  }

  close(): void {
    this.#hangUp?.();
    for (const job of [this.#running, ...this.#queue]) if (job !== null) this.#fail(job, reset);
    this.#queue.length = 0;
    this.#wire = null;
  }

  #stop(job: Job): void {
    if (job.ended) return;
    this.#fail(job, { code: "stopped", detail: { code: job.head ? "half-an-answer" : "no-answer", args: {} } });
    if (job === this.#running) this.#cut();
  }

  /** The connection is of no use any more; the next request opens another. */
  #cut(): void {
    this.#wire = null;
    this.#running = null;
    this.#next();
  }

  #next(): void {
    while (this.#queue[0]?.ended) this.#queue.shift();
    if (this.#running !== null || this.#queue.length === 0) return;
    if (this.#wire === null) {
      this.#dial();
      return;
    }
    this.#running = this.#queue.shift() ?? null;
    if (this.#running !== null) void this.#ask(this.#running, this.#wire);
  }

  #dial(): void {
    if (this.#hangUp !== null) return;
    const secure = this.#origin.protocol === "https:";
    this.#hangUp = this.#network.dial(this.#origin.host, { secure, onReach: this.#onReach }, (result) => {
      this.#hangUp = null;
      if ("code" in result) {
        for (const job of this.#queue.splice(0)) this.#fail(job, result);
        return;
      }
      this.#wire = result;
      this.phases = result.phases;
      this.#next();
    });
  }

  async #ask(job: Job, wire: Wire): Promise<void> {
    const { clock } = this.#network;
    const { host } = wire;
    const usage = this.#network.usageOf(host.name);
    usage.requests += 1;
    const sent = clock.now();
    const wait = this.#network.rtt(host) + this.#network.think(host);
    const answer = await host.handler(labRequest(job, usage.requests));
    if (job.ended || answer === "silence") return;
    clock.after(sent + wait - clock.now(), () => {
      if (!job.ended) this.#receive(job, wire, answer, clock.now() - sent);
    });
  }

  #receive(job: Job, wire: Wire, answer: Exclude<Answer, "silence">, firstByteMs: number): void {
    if (answer === "reset" || "verbatim" in answer) {
      this.#fail(job, answer === "reset" ? reset : noHttp);
      this.#cut();
      return;
    }
    job.head = true;
    const { request } = job;
    const body = bodyOf(answer, request);
    const promised = Math.min(body.length, request.maxBytes);
    const bytes = Math.min(promised, answer.stop?.after ?? Number.POSITIVE_INFINITY);
    const end = () => {
      const broken = answer.stop !== undefined && bytes < promised;
      if (broken && answer.stop?.then === "silence") return;
      if (broken) this.#fail(job, cutShort);
      else {
        const whole = body.length <= request.maxBytes;
        this.#end(job, {
          ok: true,
          status: answer.status,
          headers: answer.headers ?? {},
          body: body.subarray(0, bytes),
          whole,
          firstByteMs,
        });
      }
      if (broken || body.length > request.maxBytes) return this.#cut();
      this.#running = null;
      this.#next();
    };
    if (bytes > 0) this.#carry(job, wire, answer, bytes, end);
    else end();
  }

  #carry(job: Job, wire: Wire, answer: Reply, bytes: number, onEnd: () => void): void {
    const { request } = job;
    const { host } = wire;
    const { sender } = wire;
    const rate = Math.min(wire.rate, answer.bytesPerSecond ?? wire.rate);
    const random = this.#network.random(host);
    const onPiece = request.onData ?? null;
    job.flow = this.#network.link.carry({ sender, bytes, rate, rttMs: host.rttMs, random, onPiece, onEnd });
  }

  #fail(job: Job, { code, detail }: Refusal): void {
    this.#end(job, { ok: false, code, detail, bytes: job.flow?.came ?? 0 });
  }

  #end(job: Job, result: Exchange): void {
    if (job.ended) return;
    job.ended = true;
    job.flow?.cancel();
    this.#network.usageOf(job.target.host).bytes += job.flow?.came ?? 0;
    job.tell(result);
  }
}
