import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { realHttp } from "../../src/ports/http/index.ts";
import type { HttpRequest, HttpSession } from "../../src/ports/types.ts";

const facts = { os: "linux", env: {}, home: null, uid: null, cwd: "/" } as const;
const closing: (() => void)[] = [];

/** A server that counts its connections, and a session to it. */
async function world(
  listener: RequestListener,
): Promise<{ get: Get; connections: () => number; session: HttpSession }> {
  const server = createServer(listener);
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  const origin = await listen(server);
  const session = realHttp(facts).session("test/1");
  closing.push(
    () => session.close(),
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { get: getter(session, origin), connections: () => connections, session };
}

type Get = (path: string, more?: Partial<HttpRequest>) => ReturnType<HttpSession["get"]>;

function getter(session: HttpSession, origin: string): Get {
  const signal = AbortSignal.timeout(20_000);
  return (path, more = {}) => session.get({ url: origin + path, maxBytes: 100, signal, ...more });
}

async function listen(server: Pick<Server, "listen" | "address">): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function textOf(result: Awaited<ReturnType<Get>>): string {
  return result.ok ? Buffer.from(result.body).toString() : `${result.code} ${result.detail.code}`;
}

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe("a session", () => {
  it("asks again on the connection that it has, and counts its opening once", async () => {
    const { get, connections } = await world((request, response) => response.end(request.url));
    const [first, second] = [await get("/1"), await get("/2")];
    expect([textOf(first), textOf(second), connections()]).toEqual(["/1", "/2", 1]);
    expect([first.phases.connect, second.phases.connect]).toEqual([expect.any(Number), null]);
    expect(second.phases.firstByte).toEqual(expect.any(Number));
  });

  it("asks one thing at a time, also when asked for two at once", async () => {
    const { get, connections } = await world((request, response) => setTimeout(() => response.end(request.url), 20));
    const answers = await Promise.all([get("/1"), get("/2"), get("/3")]);
    expect(answers.map(textOf)).toEqual(["/1", "/2", "/3"]);
    expect(connections()).toBe(1);
  });

  it("lets go at once of what is called off while it waits its turn, and of nothing else", async () => {
    const held: (() => void)[] = [];
    const { get } = await world((request, response) => held.push(() => response.end(request.url)));
    const first = get("/1");
    const off = new AbortController();
    const second = get("/2", { signal: off.signal });
    off.abort();
    expect(textOf(await second)).toBe("stopped no-answer");
    while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    held[0]?.();
    expect(textOf(await first)).toBe("/1");
    expect(held).toHaveLength(1);
  });

  it("reads no more than it is allowed, and goes on by another connection", async () => {
    const { get, connections } = await world((_, response) => response.end("x".repeat(5_000_000)));
    const cut = await get("/long");
    expect([textOf(cut).length, cut.ok && cut.whole]).toEqual([100, false]);
    await get("/long");
    expect(connections()).toBe(2);
  });

  it("opens another connection when the server has closed the one it had", async () => {
    const { get, connections } = await world((request, response) => {
      response.setHeader("connection", "close");
      response.end(request.url);
    });
    expect([textOf(await get("/1")), textOf(await get("/2"))]).toEqual(["/1", "/2"]);
    expect(connections()).toBe(2);
  });

  it("tells an answer that is cut short, one that never comes, and one in another protocol", async () => {
    const { get } = await world((request, response) => {
      if (request.url === "/cut") response.writeHead(200, { "content-length": "50" }).write("half");
      setTimeout(() => response.destroy(), 20);
    });
    expect(textOf(await get("/cut"))).toBe("truncated cut-short");
    expect(textOf(await get("/none"))).toBe("connect unanswered");
    const odd = createTcpServer((socket) => socket.on("error", () => undefined).end("SSH-2.0-odd\r\n"));
    closing.push(() => odd.close());
    const session = realHttp(facts).session("test/1");
    expect(textOf(await getter(session, await listen(odd as never))("/"))).toBe("not-http not-http");
    session.close();
  });

  it.each([
    [
      "an answer after early hints",
      "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n",
      "content-length: 2\r\n\r\nhi",
      "hi",
    ],
    ["one that ends with the connection", "", "connection: close\r\n\r\nhi", "hi"],
    ["one in pieces, with a trailer", "", "transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nx-a: b\r\n\r\n", "hi"],
    ["pieces that are none", "", "transfer-encoding: chunked\r\n\r\nzz\r\nhi", "not-http not-http"],
    ["a piece that is cut short", "", "transfer-encoding: chunked\r\n\r\n5\r\nhi", "truncated cut-short"],
    ["two lengths that differ", "", "content-length: 2\r\ncontent-length: 3\r\n\r\nhi!", "not-http not-http"],
    ["a length and pieces", "", "content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n", "not-http not-http"],
    ["a control character in a header", "", "x-a: a\u0001b\r\n\r\nhi", "not-http not-http"],
    ["a head without end", "", `x-a: ${"x".repeat(100_000)}`, "not-http not-http"],
    ["another protocol, asked for by nobody", "HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n", "", "connect unanswered"],
  ])("reads %s as it is", async (_, before, after, read) => {
    const odd = createTcpServer((socket) =>
      socket.on("error", () => undefined).once("data", () => socket.end(`${before}HTTP/1.1 200 OK\r\n${after}`)),
    );
    const session = realHttp(facts).session("test/1");
    closing.push(
      () => session.close(),
      () => odd.close(),
    );
    expect(textOf(await getter(session, await listen(odd as never))("/"))).toBe(read);
  });

  it("takes the first of a header that can only be one, and joins the others", async () => {
    const { get } = await world((_, response) => {
      const pairs = ["content-type", "a/b", "content-type", "c/d", "x-a", "1", "X-A", "2"];
      response.writeHead(200, pairs).end();
    });
    const got = await get("/");
    expect(got.ok && got.headers).toMatchObject({ "content-type": "a/b", "x-a": "1, 2" });
  });

  it("closes the connection at once of what is called off half-way", async () => {
    const off = new AbortController();
    let hungUp: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const { get, connections } = await world((request, response) => {
      request.socket.once("close", () => hungUp());
      if (request.url === "/endless") response.writeHead(200).write("x");
      else response.end(request.url);
    });
    const cut = get("/endless", { signal: off.signal, onData: () => off.abort() });
    expect(textOf(await cut)).toBe("stopped half-an-answer");
    await closed;
    expect([textOf(await get("/2")), connections()]).toEqual(["/2", 2]);
  });

  it("keeps the connection that was being opened for what has been called off", async () => {
    const { get, connections } = await world((request, response) => response.end(request.url));
    const off = new AbortController();
    const first = get("/1", { signal: off.signal });
    off.abort();
    expect([textOf(await first), textOf(await get("/2")), connections()]).toEqual(["stopped no-answer", "/2", 1]);
  });

  it("ends what is under way when it is closed", async () => {
    const { get, session } = await world(() => session.close());
    // By us: that is nothing against the server.
    expect(textOf(await get("/1"))).toMatch(/^stopped/);
    expect(textOf(await get("/2"))).toMatch(/^stopped/);
  });
});
