import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "../worlds.ts";
import { addressOf, clientFor, congestionOf, hostsOf, referenceNumber } from "./place.ts";

/** Two namespaces and the forwarder between them. */
export interface TcpNetwork {
  readonly client: string;
  readonly server: string;
  /** A temporary folder of its own. */
  readonly folder: string;
  readonly hasBbr: boolean;
  /** Makes the ways and the line those of a world; nothing of the one before is left under way. */
  become(world: World): Promise<void>;
  /** Takes everything away again; may be called twice. */
  close(): void;
}

const device = "/dev/net/tun";

/** Why this machine cannot have the network; null: it can. */
export function obstacle(): string | null {
  if (process.platform !== "linux") return "network namespaces are a thing of Linux";
  if (process.getuid?.() !== 0) return "only root may make network namespaces";
  for (const [program, flag] of [["ip", "-V"] as const, ["cc", "--version"] as const])
    if (!attempt(program, [flag])) return `"${program}" is not installed`;
  if (!isThere(device) && !makeDevice()) return `${device} is not there and cannot be made`;
  return null;
}

function makeDevice(): boolean {
  return attempt("mkdir", ["-p", "/dev/net"]) && attempt("mknod", [device, "c", "10", "200"]);
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function attempt(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Makes the namespaces, compiles the forwarder from its source, and connects them. Throws where the machine does not allow it. */
export async function openNetwork(source: string): Promise<TcpNetwork> {
  const [client, server] = [`mirror-bench-${process.pid}-c`, `mirror-bench-${process.pid}-s`];
  const folder = mkdtempSync(join(tmpdir(), "mirror-bench-"));
  let forwarder: ChildProcess | null = null;
  const close = () => {
    forwarder?.kill();
    for (const name of [client, server]) attempt("ip", ["netns", "delete", name]);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", close);
  for (const name of [client, server]) execFileSync("ip", ["netns", "add", name]);
  const program = join(folder, "forwarder");
  execFileSync("cc", ["-O2", "-o", program, source]);
  const child = spawn(program, [client, server], { stdio: ["pipe", "pipe", "inherit"] });
  forwarder = child;
  await answerOf(child, "open");
  batch(client, side(clientFor));
  batch(server, side(addressOf));
  for (const name of [client, server]) settle(name);
  const hasBbr = /\bbbr\b/.test(readFileSync("/proc/sys/net/ipv4/tcp_available_congestion_control", "utf8"));
  const become = async (world: World) => {
    batch(
      client,
      routes(world, (number) => `10.9.${number}.0/24 dev tun0 src ${clientFor(number)}`),
    );
    const toClient = (number: number, control: string) =>
      `10.8.${number}.0/24 dev tun0 src ${addressOf(number)} congctl ${control}`;
    batch(
      server,
      routes(world, (number, control) => toClient(number, hasBbr ? control : "cubic")),
    );
    child.stdin.write(description(world));
    await answerOf(child, "ready");
  };
  return { client, server, folder, hasBbr, become, close };
}

/** The forwarder's next line. */
function answerOf({ stdout }: { readonly stdout: NodeJS.ReadableStream }, wanted: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(new Error("the forwarder ended"));
    stdout.once("end", onEnd);
    stdout.once("data", (said: Buffer) => {
      stdout.off("end", onEnd);
      if (String(said).trim() === wanted) resolve();
      else reject(new Error(`the forwarder says ${said}`));
    });
  });
}

function batch(namespace: string, lines: readonly string[]): void {
  execFileSync("ip", ["-n", namespace, "-batch", "-"], { input: `${lines.join("\n")}\n` });
}

function side(address: (number: number) => string): string[] {
  const numbers = Array.from({ length: referenceNumber }, (_, index) => index + 1);
  return [
    "link set lo up",
    ...numbers.map((number) => `address add ${address(number)}/32 dev tun0`),
    "link set tun0 up",
  ];
}

/** Nothing that one connection learnt is kept for the next. */
function settle(namespace: string): void {
  execFileSync("ip", ["netns", "exec", namespace, "sysctl", "-qw", "net.ipv4.tcp_no_metrics_save=1"]);
}

function routes(world: World, line: (number: number, control: string) => string): string[] {
  return hostsOf(world).map(({ number, host }) => `route replace ${line(number, congestionOf(host))}`);
}

function description(world: World): string {
  const mirrors = hostsOf(world).map(({ number, host }) => {
    return `mirror ${number} ${host.rttMs / 2000} ${host.state === "dead" ? 0 : host.bytesPerSecond}`;
  });
  return [`line ${world.line.bytesPerSecond}`, ...mirrors, "go", ""].join("\n");
}
