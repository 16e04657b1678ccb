import http from "node:http";
import https from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import { type Link, pauseFor } from "./pacing.ts";
import type { CertificateKind, Certificates } from "./tls.ts";

/** What a new connection meets. */
type Entrance = "tls" | "plain" | "silence" | "half-hello" | "garbage";

/** How a door treats those who come in; asked anew for each connection. */
export interface Manners {
  readonly entrance: Entrance;
  readonly certificate: CertificateKind;
}

export interface DoorOptions {
  readonly link: Link;
  readonly certificates: Certificates;
  readonly manners: () => Manners;
  readonly onRequest: http.RequestListener;
}

/** One listening port: everything about a connection before its first HTTP request. */
export interface Door {
  /** Connections open now. */
  readonly sockets: number;
  /** Listens on 127.0.0.1 (0: any free port) and tells the port. */
  open(port: number): Promise<number>;
  /** Stops listening at once and ends every connection; may be opened again. */
  shut(): void;
}

/** A TLS handshake record that announces a ServerHello of 122 bytes, and its first bytes only. */
const halfHello = Buffer.from([0x16, 0x03, 0x03, 0x00, 0x7a, 0x02, 0x00, 0x00, 0x76, 0x03, 0x03]);
const sshBanner = "SSH-2.0-OpenSSH_9.6\r\n";
const ignore = () => undefined;

export function createDoor(options: DoorOptions): Door {
  const sockets = new Set<Socket>();
  const enter = entrances(options);
  let server: Server | null = null;
  const receive = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", ignore);
    socket.once("close", () => sockets.delete(socket));
    void enter(socket);
  };
  return {
    get sockets() {
      return sockets.size;
    },
    open: async (port) => {
      server = createServer({ pauseOnConnect: true }, receive);
      return await listen(server, port);
    },
    shut: () => {
      server?.close();
      server = null;
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * Accepting costs one round trip before anything is read, the TLS handshake one more: the kernel of the client says
 * "connected" at once, so both are paid before the first TLS byte is read.
 */
function entrances(options: DoorOptions): (socket: Socket) => Promise<void> {
  const { link, manners } = options;
  const serverFor = httpServers(options);
  const admit = async (socket: Socket, roundTrips: number, server: http.Server | https.Server) => {
    await pauseFor(link, roundTrips);
    if (socket.destroyed) return;
    server.emit("connection", socket);
    socket.resume();
  };
  return async (socket) => {
    const { entrance, certificate } = manners();
    if (entrance === "tls") return await admit(socket, 2, serverFor(certificate));
    if (entrance === "plain") return await admit(socket, 1, serverFor("plain"));
    if (entrance === "half-hello") socket.once("data", () => socket.write(halfHello));
    if (entrance === "garbage") socket.once("data", () => socket.end()).write(sshBanner);
    socket.resume();
  };
}

/** One HTTP server per certificate, made when first needed. None of them listens: connections are handed to them. */
function httpServers({ certificates, onRequest }: DoorOptions): (kind: CertificateKind | "plain") => http.Server {
  const servers = new Map<string, http.Server>();
  return (kind) => {
    const known = servers.get(kind);
    if (known) return known;
    const leaf = kind === "plain" ? null : certificates.leaves[kind];
    const settings = { keepAliveTimeout: 60_000 };
    const server = leaf
      ? https.createServer({ ...settings, ...leaf, ALPNProtocols: ["http/1.1"] }, onRequest)
      : http.createServer(settings, onRequest);
    servers.set(kind, server);
    return server;
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
