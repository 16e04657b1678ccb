import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ParsedCatalog, parseCatalog } from "../../src/catalog/parse.ts";

export const shippedText = readFileSync(join(import.meta.dirname, "..", "..", "mirrors.json"), "utf8");

/** The catalog that is shipped. */
export function loadShipped(): ParsedCatalog {
  return parseCatalog(shippedText, "shipped");
}
