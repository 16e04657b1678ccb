import { dirname, isAbsolute, normalize } from "node:path";
import type { Replacement, WritePort } from "../types.ts";
import type { Needs } from "./types.ts";

/** What the program with more rights may be asked to do. The journal and its lock are never among it. */
export const served = [
  "obstacle",
  "replace",
  "makeDirectory",
  "removeFile",
  "sweep",
  "removeDirectory",
  "run",
  "hangUp",
] as const;
export type Served = (typeof served)[number];

/** One request: a call by its name, with what goes with it. */
export interface Request {
  readonly id: number;
  readonly call: Served;
  readonly args: readonly unknown[];
}

/** What a request came to. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** Bytes cannot stand in JSON. */
export type WireReplacement = Omit<Replacement, "bytes"> & { readonly base64: string };

/** Reads what was announced; throws where it is not what it should be. */
export function checkedNeeds(value: unknown): Needs {
  const { files, hangUps, commands } = Object(value) as Partial<Needs>;
  if (!isListOf(files, isPath) || !isListOf(hangUps, isHangUp) || !isListOf(commands, isCommand)) throw refusal();
  return { files, hangUps, commands };
}

/** Makes a request a step on the port, where it is about what was announced; throws for every other. */
export function checkedStep(value: unknown, needs: Needs, write: WritePort): () => Promise<unknown> {
  const { call, args } = Object(value) as Partial<Request>;
  const [first, second] = Array.isArray(args) ? args : [];
  const step = fileStep(call, first, second, needs, write) ?? programStep(call, first, second, needs, write);
  if (step === null) throw refusal();
  return step;
}

type Step = (() => Promise<unknown>) | null;

function fileStep(call: unknown, path: string, content: unknown, { files }: Needs, write: WritePort): Step {
  if (files.includes(path)) {
    if (call === "obstacle" || call === "removeFile" || call === "sweep") return () => write[call](path);
    if (call === "replace" && isReplacement(content)) return () => write.replace(path, fromWire(content));
  }
  if (files.some((file) => isBelow(file, path))) {
    if (call === "makeDirectory" && isMode(content)) return () => write.makeDirectory(path, content);
    if (call === "removeDirectory") return () => write.removeDirectory(path);
  }
  return null;
}

function programStep(call: unknown, first: unknown, second: unknown, needs: Needs, write: WritePort): Step {
  const command = needs.commands.find((known) => isSame(known, first));
  if (call === "run" && command !== undefined) return () => write.run(command);
  const process = needs.hangUps.find(({ pidFile, program }) => pidFile === first && program === second);
  return call === "hangUp" && process !== undefined ? () => write.hangUp(process.pidFile, process.program) : null;
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether a path is in a folder, at any depth. */
export function isBelow(path: string, folder: string): boolean {
  for (let up = dirname(path); up !== dirname(up); up = dirname(up)) if (up === folder) return true;
  return false;
}

function fromWire({ base64, mode, owner }: WireReplacement): Replacement {
  return { bytes: new Uint8Array(Buffer.from(base64, "base64")), mode, owner };
}

function refusal(): Error {
  return Object.assign(new Error("not announced"), { code: "EPERM" });
}

function isListOf<T>(value: readonly T[] | undefined, isOne: (entry: unknown) => boolean): value is readonly T[] {
  return Array.isArray(value) && value.length <= 100 && value.every(isOne);
}

function isPath(value: unknown): boolean {
  return typeof value === "string" && isAbsolute(value) && normalize(value) === value && !value.includes("\0");
}

function isHangUp(value: unknown): boolean {
  const { pidFile, program } = Object(value) as Record<string, unknown>;
  return isPath(pidFile) && typeof program === "string" && program !== "";
}

function isCommand(value: unknown): boolean {
  const { argv } = Object(value) as { argv?: unknown };
  return Array.isArray(argv) && argv.length > 0 && argv.every((arg) => typeof arg === "string");
}

/** Permission bits alone: nothing is ever made to run as its owner. */
function isMode(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0o777;
}

function isReplacement(value: unknown): value is WireReplacement {
  const { base64, mode, owner } = Object(value) as Record<string, unknown>;
  const { uid, gid } = Object(owner) as Record<string, unknown>;
  const isId = (id: unknown) => Number.isInteger(id) && Number(id) >= 0;
  return typeof base64 === "string" && isMode(mode) && (owner === null || (isId(uid) && isId(gid)));
}
