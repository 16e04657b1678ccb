import { connect, type Socket } from "node:net";
import { DialError } from "./failures.ts";

/** RFC 8305 §5: how long one address may stay silent before the next is tried beside it. Unlike Node's own way, the first is not given up. */
const attemptDelayMs = 250;

/** Connects to the first address that answers; later ones start when an earlier one fails or stays silent, and none is given up before one has won. Throws `DialError`. */
export function connectAny(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolvePromise, reject) => {
    const sockets = new Set<Socket>();
    let timer: NodeJS.Timeout | undefined;
    let next = 0;
    const settle = (act: () => void, winner?: Socket) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      for (const socket of sockets) if (socket !== winner) socket.destroy();
      sockets.clear();
      act();
    };
    const stop = () => settle(() => reject(new DialError("stopped", { code: "no-answer", args: {} })));
    const start = () => {
      clearTimeout(timer);
      const address = addresses[next++];
      if (address === undefined) return;
      const socket = connect({ host: address, port, noDelay: true });
      sockets.add(socket);
      socket.once("connect", () => settle(() => resolvePromise(socket), socket));
      socket.on("error", (error: Error & { code?: string }) => {
        sockets.delete(socket);
        if (next < addresses.length) start();
        else if (sockets.size === 0)
          settle(() => reject(new DialError("connect", { code: "no-connection", args: { code: error.code ?? "?" } })));
      });
      timer = setTimeout(start, attemptDelayMs);
    };
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    start();
  });
}
