import { createHash } from "node:crypto";
import { pathsOf } from "../platform/paths.ts";
import type { Services } from "./types.ts";

/** What is remembered of a mirror of the last race: enough to know whom to ask first, never enough to trust it. */
export interface RankedMirror {
  readonly url: string;
  readonly bytesPerSecond: number | null;
  readonly rateIsLowerBound: boolean;
}

/** A finished race. */
export interface PastRace {
  /** ISO 8601. */
  readonly at: string;
  readonly ecosystem: string;
  /** Usable ones, best first. */
  readonly mirrors: readonly RankedMirror[];
}

/** A mirror that was rejected for something that lasts. */
export interface PastRejection {
  /** ISO 8601, of the latest. */
  readonly at: string;
  readonly reason: string;
  /** How many times running. */
  readonly times: number;
}

/** The whole memory: by hashes of the network and of what it is about. */
export interface Memory {
  /** When it was written, ISO 8601. A clock that says less has jumped back: then no age in here means anything. */
  readonly at: string;
  readonly races: Readonly<Record<string, PastRace>>;
  readonly rejections: Readonly<Record<string, PastRejection>>;
}

/** A new memory from the old; null to leave it. */
type Change = (memory: Memory) => Omit<Memory, "at"> | null;

/** How many of each are kept; the oldest go first. */
const mostRaces = 20;
const mostRejections = 200;
const format = 3;

const empty: Memory = { at: "", races: {}, rejections: {} };

/** Reads the memory. One that is missing, damaged, of another version of the program or from the future is empty. */
export async function loadMemory(services: Services): Promise<Memory> {
  const file = fileOf(services);
  const state = file === null ? null : await services.read.read(file);
  if (state?.kind !== "file") return empty;
  const version = await services.version();
  try {
    const found = JSON.parse(new TextDecoder().decode(state.bytes));
    const isOurs = found.format === format && found.program === version && isPast(found.at, services);
    return isOurs
      ? { at: found.at, races: sound(found.races, isRace), rejections: sound(found.rejections, isRejection) }
      : empty;
  } catch {
    return empty;
  }
}

/** Changes the memory, one change after another. It is no more than a hint, so what goes wrong here is passed over. */
export function changeMemory(services: Services, change: Change): Promise<void> {
  const before = changing.get(services) ?? Promise.resolve();
  const now = before.then(() => rewrite(services, change)).catch(() => undefined);
  changing.set(services, now);
  return now;
}

/** Races side by side end side by side: without a queue one would write over what the other has just written. */
const changing = new WeakMap<Services, Promise<void>>();

async function rewrite(services: Services, change: Change): Promise<void> {
  const file = fileOf(services);
  if (file === null) return;
  const changed = change(await loadMemory(services));
  if (changed === null) return;
  const memory = {
    format,
    program: await services.version(),
    at: services.clock.date().toISOString(),
    races: newest(changed.races, mostRaces),
    rejections: newest(changed.rejections, mostRejections),
  };
  await services.write.makeDirectory(pathsOf(services.read.facts).dirname(file), 0o700);
  const bytes = new TextEncoder().encode(JSON.stringify(memory));
  await services.write.replace(file, { bytes, mode: 0o600, owner: null });
}

/** Milliseconds since a moment that was noted. */
export function ageOf({ at }: { readonly at: string }, services: Services): number {
  return services.clock.date().getTime() - Date.parse(at);
}

/** A key of the memory: it tells nobody who reads the file where one has been. */
export async function memoryKey(services: Services, ...about: readonly unknown[]): Promise<string> {
  const text = JSON.stringify([await services.fingerprint(), ...about]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function fileOf({ own, read }: Services): string | null {
  return own === null || own.cache === null ? null : pathsOf(read.facts).join(own.cache, "probe.json");
}

function newest<T extends { readonly at: string }>(
  entries: Readonly<Record<string, T>>,
  most: number,
): Record<string, T> {
  const sorted = Object.entries(entries).sort(([, a], [, b]) => a.at.localeCompare(b.at));
  return Object.fromEntries(sorted.slice(-most));
}

function isPast(at: unknown, services: Services): boolean {
  return typeof at === "string" && ageOf({ at }, services) >= 0;
}

function sound<T>(entries: unknown, isSound: (entry: unknown) => entry is T): Record<string, T> {
  const kept = Object.entries(Object(entries)).filter((entry): entry is [string, T] => isSound(entry[1]));
  return Object.fromEntries(kept);
}

function isRace(entry: unknown): entry is PastRace {
  const { at, ecosystem, mirrors } = Object(entry) as Partial<Record<keyof PastRace, unknown>>;
  const isMirror = (mirror: Partial<RankedMirror> | null) =>
    typeof mirror?.url === "string" &&
    URL.canParse(mirror.url) &&
    isRate(mirror.bytesPerSecond) &&
    typeof mirror.rateIsLowerBound === "boolean";
  return isDate(at) && typeof ecosystem === "string" && Array.isArray(mirrors) && mirrors.every(isMirror);
}

function isRejection(entry: unknown): entry is PastRejection {
  const { at, reason, times } = Object(entry) as Partial<Record<keyof PastRejection, unknown>>;
  return isDate(at) && typeof reason === "string" && Number.isInteger(times) && Number(times) >= 1;
}

function isDate(at: unknown): boolean {
  return typeof at === "string" && !Number.isNaN(Date.parse(at));
}

function isRate(rate: unknown): boolean {
  return rate === null || (typeof rate === "number" && rate > 0);
}
