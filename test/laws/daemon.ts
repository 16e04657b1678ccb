import { applyEdits, modify } from "jsonc-parser";
import type { Format } from "../../src/edits/types.ts";
import type { WriterPorts } from "../../src/plan/apply.ts";
import { activationOf } from "../../src/plan/expect.ts";
import type { Activation, FilePlan, StoredFile } from "../../src/plan/types.ts";
import type { Command } from "../../src/ports/types.ts";
import { portsFor, type World } from "./world.ts";

const key = "registry-mirrors";

/** JSON as its own format, with values as JSON texts. */
const json: Format = {
  entries: (text) =>
    text.trim() === ""
      ? []
      : Object.entries(JSON.parse(text)).map(([name, value]) => ({ key: name, value: JSON.stringify(value), line: 1 })),
  edit: (text, edits) =>
    edits.reduce((now, { key: name, value }) => {
      const changed = modify(now || "{}", [name], value === null ? undefined : JSON.parse(value), {});
      return applyEdits(now || "{}", changed);
    }, text),
  problem: () => null,
};

/** How the daemons of these tests are reloaded and asked. */
export const activation: Activation = {
  reload: { kind: "hang-up", pidFile: "/run/daemon.pid", program: "daemon" },
  inForce: { argv: ["daemon", "mirrors"] },
  key,
  none: "[]",
  manual: { reload: "reload the daemon", forget: "restart the daemon" },
};

/** A plan for one file of a daemon, from one text to another; null: there is none. */
export function daemonFile(
  path: string,
  before: string | null,
  after: string,
  { owner = ownUser, how = activation }: { owner?: StoredFile["owner"]; how?: Activation } = {},
): FilePlan {
  const stored = (text: string): StoredFile => ({ base64: Buffer.from(text).toString("base64"), mode: 0o640, owner });
  const [old, now] = [
    before === null ? null : stored(before),
    before === null ? unowned(stored(after)) : stored(after),
  ];
  const change = { activation: how, newFileMode: 0o640, ecosystem: "docker", tool: "engine", scope: "system" } as const;
  const rest = { file: path, format: "toml", edits: [], native: null } as const;
  return {
    ...{ ecosystem: "docker", path, realPath: path, before: old, after: now, via: "span", argv: null, keys: [] },
    activation: activationOf({ ...change, ...rest }, json, old, now),
  };
}

const ownUser = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const unowned = (stored: StoredFile): StoredFile => ({ ...stored, owner: null });

/** A daemon that goes by a file, as Docker's does: it reads it when it is hung up on, and keeps its mirrors when the file has none. */
export interface Daemon {
  /** `down`: not running. `deaf`: it does not read again. `closed`: the system does not let us. */
  state: "up" | "down" | "deaf" | "closed";
  mirrors: readonly string[];
  hangUps: number;
  /** The ports of a new run on its machine. Time passes only in sleep. */
  ports(): Pick<World, "ports" | "facts">;
}

export function startDaemon({ home, file }: World, mirrors: readonly string[]): Daemon {
  const daemon: Daemon = {
    state: "up",
    mirrors,
    hangUps: 0,
    ports: () => ({ ...portsFor(home), ports: around(portsFor(home).ports) }),
  };
  const readAgain = async () => {
    const found = await portsFor(home).ports.read.read(file);
    const text = found.kind === "file" ? new TextDecoder().decode(found.bytes) : "{}";
    const list = JSON.parse(text)[key] as string[] | undefined;
    if (list !== undefined) daemon.mirrors = list.map((url) => `${url.replace(/\/$/, "")}/`);
  };
  const around = (ports: WriterPorts): WriterPorts => {
    let time = 0;
    const hangUp = async () => {
      if (daemon.state === "down") return false;
      if (daemon.state === "closed") throw Object.assign(new Error("EPERM"), { code: "EPERM" });
      daemon.hangUps += 1;
      if (daemon.state === "up") await readAgain();
      return true;
    };
    const run = async (_: Command) => {
      const code = daemon.state === "down" ? 1 : 0;
      return { code, stdout: JSON.stringify(daemon.mirrors), stderr: "", files: {} };
    };
    const sleep = async (milliseconds: number) => {
      time += milliseconds;
    };
    const clock = { ...ports.clock, now: () => time, sleep };
    return { ...ports, clock, read: { ...ports.read, run }, write: { ...ports.write, hangUp } };
  };
  return daemon;
}
