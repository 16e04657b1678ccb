import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { realHttp } from "../../src/ports/http/index.ts";
import type { HttpResult } from "../../src/ports/types.ts";
import { connectProxy, type ProxyOptions, socksProxy, type TestProxy } from "./proxies.ts";

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A plain server; its port. */
async function site(): Promise<number> {
  const server = createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
  closing.push(
    () => server.closeAllConnections(),
    () => void server.close(),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function opened(made: Promise<TestProxy>): Promise<TestProxy> {
  const proxy = await made;
  closing.push(() => proxy.close());
  return proxy;
}

/** Asks for some addresses, one after another on one session, by a proxy. */
async function ask(proxy: string, ...urls: readonly string[]): Promise<HttpResult[]> {
  const facts = { os: "linux", env: { HTTP_PROXY: proxy }, home: null, uid: null, cwd: "/" } as const;
  const session = realHttp(facts).session("test/1");
  closing.push(() => session.close());
  const results: HttpResult[] = [];
  for (const url of urls) results.push(await session.get({ url, maxBytes: 200, signal: AbortSignal.timeout(10_000) }));
  return results;
}

function told(result: HttpResult | undefined): string {
  if (result?.ok === true) return Buffer.from(result.body).toString();
  return `${result?.code} ${result?.detail.code}`;
}

describe.each([
  ["socks5", socksProxy],
  ["socks5h", socksProxy],
  ["http", connectProxy],
] as const)("a proxy at %s://", (scheme, make) => {
  it("is asked for names, looks them up itself, and its connection is used again", async () => {
    const port = await site();
    const proxy = await opened(make());
    const at = `http://nowhere.example:${port}`;
    const answers = await ask(`${scheme}://127.0.0.1:${proxy.port}`, `${at}/1`, `${at}/2`);
    expect(answers.map(told)).toEqual([`nowhere.example:${port} /1`, `nowhere.example:${port} /2`]);
    expect(proxy.asked).toEqual([`nowhere.example:${port}`]);
  });

  it.each<[string, string, ProxyOptions, RegExp]>([
    ["is given the name and password of its address", "me:p%40ss@", { login: "me:p@ss" }, /nowhere/],
    ["wants a login that is not given", "", { login: "me:p@ss" }, /^proxy proxy-login$/],
    ["wants another login", "me:wrong@", { login: "me:p@ss" }, /^proxy proxy-login$/],
  ])("%s", async (_, user, options, expected) => {
    const port = await site();
    const proxy = await opened(make(options));
    const [answer] = await ask(`${scheme}://${user}127.0.0.1:${proxy.port}`, `http://nowhere.example:${port}/`);
    expect(told(answer)).toMatch(expected);
  });
});

describe("a SOCKS5 proxy", () => {
  it.each([
    ["192.0.2.7", "c0000207"],
    ["[2001:db8::1:2]", "20010db8000000000000000000010002"],
    ["[::]", "00000000000000000000000000000000"],
    ["[1:2:3:4:5:6:7:8]", "00010002000300040005000600070008"],
  ])("is asked for %s as an address", async (host, bytes) => {
    const port = await site();
    const proxy = await opened(socksProxy());
    const [answer] = await ask(`socks5://127.0.0.1:${proxy.port}`, `http://${host}:${port}/`);
    expect([told(answer), proxy.asked]).toEqual([`${host}:${port} /`, [`${bytes}:${port}`]]);
  });

  it("may answer byte by byte", async () => {
    const port = await site();
    const proxy = await opened(socksProxy({ slowly: true, login: "a:b" }));
    const [answer] = await ask(`socks5://a:b@127.0.0.1:${proxy.port}`, `http://slow.example:${port}/`);
    expect(told(answer)).toBe(`slow.example:${port} /`);
  });

  it("that refuses is told with its code, and is asked again the next time", async () => {
    const proxy = await opened(socksProxy({ outcome: 5 }));
    const answers = await ask(`socks5://127.0.0.1:${proxy.port}`, "http://a.example/", "http://a.example/");
    expect(answers.map(told)).toEqual(["proxy proxy-refused", "proxy proxy-refused"]);
    expect(answers[0]).toMatchObject({ detail: { args: { status: "SOCKS 5" } } });
    expect(proxy.asked).toHaveLength(2);
  });

  it.each([
    ["hangs up", ""],
    ["speaks HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n"],
    ["answers with a strange kind of address", "\u0005\u0000\u0005\u0000\u0000\u0009zzzz"],
  ])("that %s is no proxy", async (_, words) => {
    const server = createTcpServer((client) => {
      client.on("error", () => undefined).once("data", () => client.end(Buffer.from(words, "latin1")));
    });
    closing.push(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const [answer] = await ask(`socks5://127.0.0.1:${port}`, "http://a.example/");
    expect(told(answer)).toBe("proxy proxy-ended");
  });

  it("of another version is named, not spoken to", async () => {
    expect(told((await ask("socks4://127.0.0.1:1", "http://a.example/"))[0])).toBe("proxy proxy-unsupported");
  });
});

it("is said to be what cannot be reached, and no fault of the host behind it", async () => {
  const proxy = await opened(connectProxy());
  proxy.close();
  await expect
    .poll(async () => told((await ask(`http://127.0.0.1:${proxy.port}`, "http://nowhere.example/"))[0]))
    .toBe("proxy proxy-unreachable");
});

it("is said to be what was waited for, where it takes connections and never answers", async () => {
  const server = createTcpServer(() => undefined);
  closing.push(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const facts = {
    os: "linux",
    env: { ALL_PROXY: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
  } as const;
  const session = realHttp({ ...facts, home: null, uid: null, cwd: "/" }).session("test/1", undefined, "pip");
  closing.push(() => session.close());
  const abort = new AbortController();
  server.once("connection", () => abort.abort());
  const result = await session.get({ url: "http://nowhere.example/", maxBytes: 200, signal: abort.signal });
  expect(told(result)).toBe("stopped proxy-silent");
});
