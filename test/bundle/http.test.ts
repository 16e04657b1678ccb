import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type * as Http from "../../src/ports/http/index.ts";
import { chunk } from "./bundle.ts";

const facts = { os: "linux", env: {}, home: null, uid: null, cwd: "/" } as const;
const closing: (() => void)[] = [];

const answers: Readonly<Record<string, (response: ServerResponse, headers: IncomingHttpHeaders) => void>> = {
  "/": (response) => response.end("x".repeat(1000)),
  "/headers": (response, headers) => response.end(JSON.stringify(headers)),
  "/pieces": (response) => response.write("a", () => response.end("b")),
  "/cut": (response) => response.writeHead(200, { "content-length": 9 }).write("x", () => response.destroy()),
  "/odd": (response) => response.socket?.end("SSH-2.0\r\n"),
  "/large": (response) => response.writeHead(200, { "x-large": "x".repeat(20_000) }).end(),
};

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe("undici, as much of it as is bundled", () => {
  it("asks, keeps the connection, parses whole answers, pieces and odd ones, and hangs up", async () => {
    let connections = 0;
    const server = createServer((request, response) => answers[request.url ?? ""]?.(response, request.headers));
    server.on("connection", () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const session = chunk<typeof Http>("http").realHttp(facts).session("test/1");
    closing.push(
      () => session.close(),
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const get = async (path: string) => {
      const signal = AbortSignal.timeout(20_000);
      const got = await session.get({ url: origin + path, maxBytes: 500, signal, headers: { "X-Asked": "1" } });
      return got.ok ? `${got.status} ${got.whole} ${Buffer.from(got.body)}` : `${got.code} ${got.detail.code}`;
    };
    expect(JSON.parse((await get("/headers")).slice("200 true ".length))).toEqual({
      host: origin.slice("http://".length),
      connection: "keep-alive",
      "user-agent": "test/1",
      accept: "*/*",
      "accept-encoding": "identity",
      "x-asked": "1",
    });
    expect(await get("/pieces")).toBe("200 true ab");
    expect(connections).toBe(1);
    expect([await get("/cut"), await get("/odd"), await get("/large")]).toEqual([
      "truncated cut-short",
      "not-http not-http",
      "not-http not-http",
    ]);
    expect(await get("/")).toBe(`200 false ${"x".repeat(500)}`);
  });
});
