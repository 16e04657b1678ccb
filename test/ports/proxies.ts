import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A proxy on loopback. */
export interface TestProxy {
  readonly port: number;
  /** Whom it was asked for, `name:port`, in order. Whatever the name, it connects to 127.0.0.1. */
  readonly asked: string[];
  close(): void;
}

/** How a proxy behaves that is not simply helpful. */
export interface ProxyOptions {
  /** `name:password` that it insists on. */
  readonly login?: string;
  /** SOCKS: the code that it answers every request with, instead of connecting. */
  readonly outcome?: number;
  /** SOCKS: sends its answers byte by byte. */
  readonly slowly?: boolean;
}

/** A SOCKS5 proxy (RFC 1928, RFC 1929). */
export function socksProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  return proxy(async (client, asked) => {
    const read = reader(client);
    const write = writer(client, options.slowly === true);
    if (!(await letIn(read, write, options))) return client.end();
    const { name, port } = await requested(read);
    asked.push(`${name}:${port}`);
    if (options.outcome !== undefined) return write([5, options.outcome, 0, 1, 0, 0, 0, 0, 0, 0]);
    const far = await reach(port, client);
    // The bound address as a name: rare, allowed, and of a length of its own.
    await write([5, 0, 0, 3, 2, 0x68, 0x69, 0, 80]);
    far.pipe(client).pipe(far);
  });
}

type Read = (count: number) => Promise<Buffer>;
type Write = (bytes: readonly number[]) => Promise<void>;

async function letIn(read: Read, write: Write, { login }: ProxyOptions): Promise<boolean> {
  const [, count = 0] = await read(2);
  const methods = [...(await read(count))];
  const method = login === undefined ? 0 : 2;
  const isOffered = methods.includes(method);
  await write([5, isOffered ? method : 0xff]);
  if (method === 0 || !isOffered) return isOffered;
  await read(1);
  const isRight = `${await counted(read)}:${await counted(read)}` === login;
  await write([1, isRight ? 0 : 1]);
  return isRight;
}

async function requested(read: Read): Promise<{ name: string; port: number }> {
  const [, , , kind] = await read(4);
  const name = kind === 3 ? await counted(read) : (await read(kind === 1 ? 4 : 16)).toString("hex");
  return { name, port: (await read(2)).readUInt16BE() };
}

async function counted(read: Read): Promise<string> {
  const [length = 0] = await read(1);
  return (await read(length)).toString();
}

function writer(client: Socket, slowly: boolean): Write {
  return async (bytes) => {
    for (const piece of slowly ? bytes.map((byte) => [byte]) : [bytes]) {
      client.write(Uint8Array.from(piece));
      if (slowly) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
}

/** An HTTP proxy that makes tunnels, and nothing else. */
export function connectProxy({ login }: ProxyOptions = {}): Promise<TestProxy> {
  return proxy(async (client, asked) => {
    let head = "";
    while (!head.includes("\r\n\r\n")) head += (await reader(client)(1)).toString();
    const [, name = "", port = ""] = /^CONNECT ([^ ]+):(\d+) HTTP/.exec(head) ?? [];
    const wanted = login === undefined ? "" : `Basic ${Buffer.from(login).toString("base64")}`;
    if (!head.includes(wanted)) return client.end("HTTP/1.1 407 Login\r\n\r\n");
    asked.push(`${name}:${port}`);
    const far = await reach(Number(port), client);
    client.write("HTTP/1.1 200 Go on\r\n\r\n");
    far.pipe(client).pipe(far);
  });
}

async function proxy(serve: (client: Socket, asked: string[]) => Promise<unknown>): Promise<TestProxy> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client.on("error", () => undefined).on("close", () => open.delete(client)));
    serve(client, asked).catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    for (const client of open) client.destroy();
  };
  return { port: (server.address() as AddressInfo).port, asked, close };
}

function reader(client: Socket): Read {
  return async (count) => {
    for (;;) {
      if (count === 0) return Buffer.alloc(0);
      const got: Buffer | null = client.read(count);
      if (got !== null) return got;
      if (client.readableEnded || client.destroyed) throw new Error("the client has gone");
      await once(client, "readable");
    }
  };
}

async function reach(port: number, client: Socket): Promise<Socket> {
  const far = connect(port, "127.0.0.1").on("error", () => client.destroy());
  client.on("close", () => far.destroy());
  await once(far, "connect");
  return far;
}
