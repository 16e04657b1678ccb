import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { DialError } from "./failures.ts";

const version = 5;
const noLogin = 0;
const passwordLogin = 2;
const addressKinds = { ipv4: 1, name: 3, ipv6: 4 } as const;

/** Whether a proxy speaks SOCKS5. `socks5` and `socks5h` are the same to go: names are looked up at the proxy's end. */
export function isSocks({ protocol }: URL): boolean {
  return protocol === "socks5:" || protocol === "socks5h:";
}

/**
 * Asks a SOCKS5 proxy, over an open connection to it, to connect to the target (RFC 1928), with a name and password where the proxy's address has them
 * (RFC 1929). Only what go speaks too; bytes that come after the answer stay in the socket. Throws `DialError`.
 */
export async function openSocks(socket: Duplex, proxy: URL, target: URL, signal: AbortSignal): Promise<void> {
  const close = () => socket.destroy();
  signal.addEventListener("abort", close, { once: true });
  try {
    await logIn(socket, proxy);
    socket.write(connectRequest(target));
    const [, outcome = 1, , kind = 0] = await receive(socket, 4);
    if (outcome !== 0) throw new DialError("proxy", { code: "proxy-refused", args: { status: `SOCKS ${outcome}` } });
    await receive(socket, (await addressLength(socket, kind)) + 2);
  } finally {
    signal.removeEventListener("abort", close);
  }
}

async function logIn(socket: Duplex, proxy: URL): Promise<void> {
  const methods = proxy.username === "" ? [noLogin] : [noLogin, passwordLogin];
  socket.write(Uint8Array.from([version, methods.length, ...methods]));
  const [spoken, method = 0xff] = await receive(socket, 2);
  if (spoken !== version) throw notSocks();
  if (!methods.includes(method)) throw new DialError("proxy", { code: "proxy-login", args: {} });
  if (method === noLogin) return;
  socket.write(Buffer.concat([Uint8Array.of(1), counted(proxy.username), counted(proxy.password)]));
  const [, status] = await receive(socket, 2);
  if (status !== 0) throw new DialError("proxy", { code: "proxy-login", args: {} });
}

/** A text of at most 255 bytes, after its length. */
function counted(text: string): Uint8Array {
  const bytes = Buffer.from(decodeURIComponent(text));
  if (bytes.length > 255) throw new DialError("proxy", { code: "proxy-login", args: {} });
  return Buffer.concat([Uint8Array.of(bytes.length), bytes]);
}

function connectRequest(target: URL): Uint8Array {
  const port = Number(target.port || (target.protocol === "http:" ? 80 : 443));
  const connect = 1;
  const head = Uint8Array.of(version, connect, 0);
  return Buffer.concat([head, addressOf(target.hostname), Uint8Array.of(port >> 8, port & 0xff)]);
}

function addressOf(hostname: string): Uint8Array {
  const family = isIP(hostname.replace(/^\[|\]$/g, ""));
  if (family === 4) return Uint8Array.of(addressKinds.ipv4, ...hostname.split(".").map(Number));
  if (family === 6) return Uint8Array.of(addressKinds.ipv6, ...ipv6Bytes(hostname.slice(1, -1)));
  return Buffer.concat([Uint8Array.of(addressKinds.name), counted(hostname)]);
}

/** As `URL` writes them: groups of hexadecimal digits, at most one gap. */
function ipv6Bytes(address: string): number[] {
  const [left = [], right = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const gap = Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...gap, ...right].map((group) => Number.parseInt(group, 16)).flatMap((n) => [n >> 8, n & 0xff]);
}

async function addressLength(socket: Duplex, kind: number): Promise<number> {
  if (kind === addressKinds.ipv4) return 4;
  if (kind === addressKinds.ipv6) return 16;
  if (kind !== addressKinds.name) throw notSocks();
  const [length = 0] = await receive(socket, 1);
  return length;
}

function notSocks(): DialError {
  return new DialError("proxy", { code: "proxy-ended", args: {} });
}

/** So many bytes; what comes with them and is more is put back. */
function receive(socket: Duplex, count: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0);
    const settle = (act: () => void) => {
      socket.off("data", onData).off("close", onEnd).off("error", onEnd).off("end", onEnd);
      socket.pause();
      act();
    };
    const onEnd = () => settle(() => reject(notSocks()));
    const onData = (chunk: Buffer) => {
      got = Buffer.concat([got, chunk]);
      if (got.length < count) return;
      settle(() => {
        if (got.length > count) socket.unshift(got.subarray(count));
        resolve(got.subarray(0, count));
      });
    };
    socket.on("data", onData).on("close", onEnd).on("error", onEnd).on("end", onEnd);
    socket.resume();
  });
}
