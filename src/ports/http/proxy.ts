import type { Duplex } from "node:stream";
import type { HostFacts, ProxyHabit } from "../../platform/types.ts";
import { DialError } from "./failures.ts";
import { proxySetting } from "./proxy-rules.ts";
import { isSocks, openSocks } from "./socks.ts";

const maxHeadBytes = 16 * 1024;

/** The proxy for an address; throws `DialError` for one that we cannot speak to. */
export function proxyFor(facts: HostFacts, target: URL, habit: ProxyHabit): URL | null {
  const found = proxySetting(facts, target, habit);
  if (found === null) return null;
  const proxy = URL.canParse(found) ? new URL(found) : null;
  if (proxy === null || !(["http:", "https:"].includes(proxy.protocol) || isSocks(proxy))) {
    throw new DialError("proxy", { code: "proxy-unsupported", args: { scheme: proxy?.protocol ?? "?" } });
  }
  return proxy;
}

/** Asks a proxy, over an open connection to it, for a way to the target: in its own language. Throws `DialError`. */
export async function openWay(socket: Duplex, proxy: URL, target: URL, signal: AbortSignal): Promise<void> {
  await (isSocks(proxy) ? openSocks : openTunnel)(socket, proxy, target, signal);
  // What reads the answer stops the flow; whoever is given the socket next expects it to run.
  if (target.protocol === "http:") socket.resume();
}

/** RFC 9110 §9.3.6 */
async function openTunnel(socket: Duplex, proxy: URL, target: URL, signal: AbortSignal): Promise<void> {
  const close = () => socket.destroy();
  signal.addEventListener("abort", close, { once: true });
  const port = target.port || (target.protocol === "http:" ? "80" : "443");
  const authority = `${target.hostname}:${port}`;
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization(proxy)}\r\n`);
  const head = await readHead(socket).finally(() => signal.removeEventListener("abort", close));
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? "0");
  if (status === 407) throw new DialError("proxy", { code: "proxy-login", args: {} });
  if (status < 200 || status > 299) throw new DialError("proxy", { code: "proxy-refused", args: { status } });
}

function authorization(proxy: URL): string {
  if (proxy.username === "") return "";
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(pair).toString("base64")}\r\n`;
}

function readHead(socket: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = "";
    const finish = (error: DialError | null) => {
      socket.off("data", onData).off("close", onClose).off("error", onClose);
      socket.pause();
      if (error === null) resolve(head);
      else reject(error);
    };
    const onClose = () => finish(new DialError("proxy", { code: "proxy-ended", args: {} }));
    const onData = (chunk: Buffer) => {
      head += chunk.toString("latin1");
      if (head.includes("\r\n\r\n")) finish(null);
      else if (head.length > maxHeadBytes) finish(new DialError("proxy", { code: "proxy-ended", args: {} }));
    };
    socket.on("data", onData).on("close", onClose).on("error", onClose);
  });
}
