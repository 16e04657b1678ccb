import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const dist = join(import.meta.dirname, "..", "..", "dist");

/** The path of a chunk of the built bundle, by the name of the file that it was made of. */
export function chunkPath(name: string): string {
  const found = readdirSync(dist).filter((file) => new RegExp(`^${name}-\\w+\\.cjs$`).test(file));
  if (found.length !== 1) throw new Error(`${found.length} chunks of ${name} in dist; npm run build makes them`);
  return join(dist, found[0] ?? "");
}

/** A chunk as Node loads it. */
export function chunk<T>(name: string): T {
  return createRequire(import.meta.url)(chunkPath(name)) as T;
}
