import { readFile } from "node:fs/promises";

/** The version that a package.json names. */
export async function versionIn(file: string): Promise<string> {
  return String(JSON.parse(await readFile(file, "utf8")).version);
}
