import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../../src/ports/types.ts";
import { file } from "../../lab/http.ts";
import type { Handler } from "../../lab/types.ts";
import { virtualClock } from "./clock.ts";
import { simHttp } from "./http.ts";
import { Network } from "./network.ts";
import type { SimHost } from "./types.ts";

const kilobyte = 1024;
const body = new Uint8Array(8192 * kilobyte);
const plain = { rttMs: 30, thinkMs: 0, bytesPerSecond: 5e6, dnsMs: 0, early: false, certificate: "good" } as const;
const resolver = { threads: 8, extraMs: 0 };

function host(name: string, more: Partial<SimHost> = {}): SimHost {
  return { name, ...plain, state: "up", handler: (request) => file(request, body, "x/y"), ...more };
}

function start(hosts: readonly SimHost[], bytesPerSecond = Number.POSITIVE_INFINITY) {
  const clock = virtualClock();
  const network = new Network(clock, hosts, { bytesPerSecond, resolver }, "test");
  const session = simHttp(network).session("test");
  const get = (more: Partial<HttpRequest> & { readonly maxBytes: number }) =>
    session.get({ url: "https://a.example/x", signal: new AbortController().signal, ...more });
  return { clock, network, session, get };
}

describe("a download", () => {
  // What kernel TCP (cubic) did, connection and handshake included, in MB/s, measured with curl over an emulated line.
  it.each([
    [30, 5e6, 64, 0.48],
    [30, 5e6, 1024, 2.5],
    [30, 5e6, 4096, 3.5],
    [60, 12e6, 64, 0.25],
    [60, 12e6, 1024, 2.0],
    [60, 12e6, 4096, 5.2],
  ])("over %i ms at %i B/s of %i kB is about as fast as with kernel TCP", async (rttMs, bytesPerSecond, size, real) => {
    const { clock, get } = start([host("a.example", { rttMs, bytesPerSecond })]);
    const { bytes } = await clock.run(get({ maxBytes: size * kilobyte }));
    expect(bytes).toBe(size * kilobyte);
    expect(bytes / clock.now() / 1000 / real).toBeGreaterThan(0.75);
    expect(bytes / clock.now() / 1000 / real).toBeLessThan(1.3);
  });

  it("is told piece by piece, and the pieces are the whole", async () => {
    const { clock, get } = start([host("a.example")]);
    const pieces: number[] = [];
    const result = await clock.run(get({ maxBytes: 300_000, onData: (bytes) => pieces.push(bytes) }));
    expect(result).toMatchObject({ ok: true, whole: false, bytes: 300_000 });
    expect(pieces.reduce((sum, bytes) => sum + bytes, 0)).toBe(300_000);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(16_384 + 1460);
    expect(pieces.length).toBeGreaterThan(15);
  });

  it("shares the line fairly, and a request then waits in its queue", async () => {
    const { clock, network, session, get } = start([host("a.example"), host("b.example"), host("c.example")], 2e6);
    const came = { a: 0, b: 0 };
    const url = "https://b.example/x";
    void get({ maxBytes: 8e6, onData: (bytes) => (came.a += bytes) });
    void get({ url, maxBytes: 8e6, onData: (bytes) => (came.b += bytes) });
    await clock.run(clock.sleep(2000));
    expect((came.a + came.b) / 2e6 / 1.8).toBeCloseTo(1, 1);
    expect(came.a / came.b).toBeGreaterThan(0.7);
    expect(came.a / came.b).toBeLessThan(1.4);
    expect(network.link.delayMs).toBeGreaterThan(10);
    session.close();
    expect([network.link.flows, network.sessions]).toEqual([0, 0]);
  });
});

describe("a request", () => {
  const phasesOf = async (session: ReturnType<typeof start>) =>
    (await session.clock.run(session.get({ maxBytes: 1000, headers: { range: "bytes=0-99" } }))).phases;

  it("pays name, connection and handshake once", async () => {
    const started = start([host("a.example", { dnsMs: 20, thinkMs: 10 })]);
    const first = await phasesOf(started);
    expect(first.dns).toBeCloseTo(20, 5);
    for (const phase of [first.connect, first.tls]) expect(Math.abs((phase ?? 0) - 30)).toBeLessThan(2);
    expect(Math.abs((first.firstByte ?? 0) - 40)).toBeLessThan(2);
    expect(await phasesOf(started)).toMatchObject({ dns: null, connect: null, tls: null });
  });

  it("that is broken off ends at once, and costs the connection", async () => {
    const started = start([host("a.example")]);
    const abort = new AbortController();
    void started.clock.sleep(300).then(() => abort.abort());
    const result = await started.clock.run(started.get({ maxBytes: 8e6, signal: abort.signal }));
    expect(result).toMatchObject({ ok: false, code: "stopped", detail: { code: "half-an-answer" } });
    expect(started.clock.now()).toBe(300);
    expect(result.bytes).toBeGreaterThan(100_000);
    expect((await phasesOf(started)).connect).not.toBeNull();
  });

  const away: Handler = () => ({ status: 302, headers: { location: "https://up.example/" } });
  it.each([
    [{ state: "refuse" }, "connect"],
    [{ state: "no-name" }, "dns"],
    [{ certificate: "cert-expired" }, "tls"],
    [{ handler: () => "reset" as const }, "connect"],
    [{ handler: away }, "redirects-away"],
  ] as const)("to a host that is %o fails as the real port says", async (more, code) => {
    const { clock, get } = start([host("a.example", more)]);
    const forbiddenHosts = new Set(["up.example"]);
    expect(await clock.run(get({ maxBytes: 1000, forbiddenHosts }))).toMatchObject({ ok: false, code });
  });

  it("to a dead host waits until it is broken off", async () => {
    const { clock, get } = start([host("a.example", { state: "dead" })]);
    const abort = new AbortController();
    void clock.sleep(700).then(() => abort.abort());
    const stopped = { ok: false, code: "stopped", detail: { code: "no-answer" }, bytes: 0 };
    expect(await clock.run(get({ maxBytes: 1, signal: abort.signal }))).toMatchObject(stopped);
  });
});
