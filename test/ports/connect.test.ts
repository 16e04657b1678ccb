import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, connect as tcpConnect } from "node:net";
import { afterEach, expect, it } from "vitest";
import { connectAny } from "../../src/ports/http/connect.ts";
import { realHttp } from "../../src/ports/http/index.ts";
import { describeWithIpv6 } from "../lab/ipv6.ts";

const ipv4 = "127.0.0.1";
const ipv6 = "::1";
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Listens on one address only; gives back the port. */
async function listen(host: string, port = 0): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on("error", () => undefined).once("data", () => socket.end("HTTP/1.1 204 Good\r\n\r\n"));
  });
  closing.push(() => server.close());
  await new Promise<void>((resolve, reject) => server.on("error", reject).listen({ port, host }, resolve));
  return (server.address() as AddressInfo).port;
}

/** An address that does not say a word to who connects, as a dead route does: a queue of one place, taken, and nobody to serve it. */
async function silent(host: string, port: number): Promise<() => void> {
  const code = `const s=require("node:net").createServer((c)=>{c.on("error",()=>{})});
s.listen({host:${JSON.stringify(host)},port:${port},backlog:1},()=>{require("node:fs").writeSync(1,"ready");
const wait=new Int32Array(new SharedArrayBuffer(4));while(require("node:fs").readSync(0,Buffer.alloc(1))===0)Atomics.wait(wait,0,0,20)});`;
  const child: ChildProcess = spawn(process.execPath, ["-e", code], { stdio: ["pipe", "pipe", "inherit"] });
  closing.push(() => child.kill("SIGKILL"));
  if (child.stdout === null) throw new Error("no stdout");
  await once(child.stdout, "data");
  const fillers = [1, 2, 3, 4].map(() => tcpConnect({ host, port }).on("error", () => undefined));
  closing.push(() => {
    for (const filler of fillers) filler.destroy();
  });
  await Promise.all(fillers.slice(0, 2).map((filler) => once(filler, "connect")));
  return () => void child.stdin?.write("x");
}

const signal = () => AbortSignal.timeout(20_000);

async function winner(addresses: readonly string[], port: number): Promise<string | undefined> {
  const socket = await connectAny(addresses, port, signal());
  closing.push(() => socket.destroy());
  return socket.remoteAddress;
}

describeWithIpv6("a name with addresses of both families", () => {
  it.each([
    ["IPv6 refuses", ipv4, [ipv6, ipv4]],
    ["IPv4 refuses", ipv6, [ipv4, ipv6]],
    ["there is only IPv6", ipv6, [ipv6]],
  ])("is reached where %s", async (_, host, addresses) => {
    expect(await winner(addresses, await listen(host))).toBe(host);
  });

  it.each([
    ["IPv6", ipv6, ipv4],
    ["IPv4", ipv4, ipv6],
  ])("is reached where %s stays silent, without waiting for the system to give that up", async (_, dead, good) => {
    const port = await listen(good);
    await silent(dead, port);
    const began = performance.now();
    expect(await winner([dead, good], port)).toBe(good);
    // 250 ms by design; the system gives up after two minutes.
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it("is reached late where the silent address is the only one that answers at all: it was not given up", async () => {
    const port = await listen(ipv4);
    closing.pop()?.();
    const wake = await silent(ipv6, port);
    const reached = winner([ipv6, ipv4], port);
    setTimeout(wake, 600);
    expect(await reached).toBe(ipv6);
  });

  it("is told to be unreachable only when every address has failed", async () => {
    const port = await listen(ipv4);
    closing.pop()?.();
    await expect(winner([ipv6, ipv4], port)).rejects.toMatchObject({ reason: "connect" });
  });

  it("is asked by its IPv6 address as it stands in a URL", async () => {
    const port = await listen(ipv6);
    const session = realHttp({ os: "linux", env: {}, home: null, uid: null, cwd: "/" }).session("test/1");
    closing.push(() => session.close());
    const answer = await session.get({ url: `http://[::1]:${port}/`, maxBytes: 10, signal: signal() });
    expect(answer.ok && answer.status).toBe(204);
  });
});
