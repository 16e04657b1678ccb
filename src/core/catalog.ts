import { shippedCatalog } from "../catalog/complete.ts";
import { merge } from "../catalog/find.ts";
import type { ParsedCatalog } from "../catalog/parse.ts";
import type { Catalog, Mirror } from "../catalog/types.ts";
import { pathsOf } from "../platform/paths.ts";
import type { ReadPort } from "../ports/types.ts";
import type { Message } from "../report/types.ts";
import { done, refuse } from "./outcome.ts";
import type { Outcome, Services } from "./types.ts";

/** A catalog to work with, and what should be said about its files. */
export interface LoadedCatalog {
  readonly catalog: Catalog;
  readonly messages: readonly Message[];
}

/** Loads the file given by `--catalog`, alone; else the shipped catalog with the user's own mirrors over it. */
export async function loadCatalog(services: Services, file: string | null): Promise<Outcome<LoadedCatalog>> {
  const { resolve } = pathsOf(services.read.facts);
  if (file !== null) return loadFile(services.read, resolve(services.read.facts.cwd, file), "file");
  const shipped = await loadShipped(services);
  const path = ownCatalogPath(services);
  if (!shipped.ok || path === null || (await services.read.read(path)).kind === "missing") return shipped;
  const own = await loadFile(services.read, path, "user");
  if (!own.ok) return own;
  return done({ catalog: merge(shipped.value.catalog, own.value.catalog), messages: own.value.messages });
}

/** Where the user's own mirrors are kept; null where no home is known. */
export function ownCatalogPath({ own, read }: Services): string | null {
  return own === null ? null : pathsOf(read.facts).join(own.config, "mirrors.json");
}

async function loadShipped({ read, shippedCatalog: file }: Services): Promise<Outcome<LoadedCatalog>> {
  const state = await read.read(file);
  if (state.kind !== "file")
    return refuse(1, { code: "catalog-unreadable", level: "error", args: { file, why: state.kind } });
  return done({ catalog: shippedCatalog(new TextDecoder().decode(state.bytes)), messages: [] });
}

async function loadFile(read: ReadPort, file: string, origin: Mirror["origin"]): Promise<Outcome<LoadedCatalog>> {
  const parsed = await parseFile(read, file, origin);
  if (typeof parsed === "string")
    return refuse(2, { code: "catalog-unreadable", level: "error", args: { file, why: parsed } });
  if (parsed.catalog === null) return refuse(2, ...problemMessages(file, parsed));
  return done({ catalog: parsed.catalog, messages: unknownKeyMessages(file, parsed) });
}

/** A file's catalog, or a word for why it could not even be read. */
export async function parseFile(
  read: ReadPort,
  file: string,
  origin: Mirror["origin"],
): Promise<ParsedCatalog | string> {
  const state = await read.read(file);
  if (state.kind !== "file") return state.kind === "missing" ? "missing" : state.why;
  const { parseCatalog } = await import("../catalog/parse.ts");
  return parseCatalog(new TextDecoder().decode(state.bytes), origin);
}

/** One message for the file and one for each thing that is wrong in it. */
export function problemMessages(file: string, { problems }: ParsedCatalog): Message[] {
  const heading: Message = { code: "catalog-invalid", level: "error", args: { file, count: problems.length } };
  const details = problems.map(
    ({ path, problem }): Message => ({ code: "catalog-problem", level: "error", args: { path, problem } }),
  );
  return [heading, ...details];
}

export function unknownKeyMessages(file: string, { unknownKeys }: ParsedCatalog): Message[] {
  return unknownKeys.map((key) => ({ code: "catalog-unknown-key", level: "warn", args: { file, key } }));
}
