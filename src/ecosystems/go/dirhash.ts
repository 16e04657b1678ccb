import { createHash } from "node:crypto";
import { unzip } from "./zip.ts";

/**
 * The `h1:` hash of a set of files: the SHA-256 of one line per file, `hash  name`, sorted by name.
 * https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1
 */
function hash1(files: ReadonlyArray<readonly [name: string, content: Uint8Array]>): string {
  const summary = createHash("sha256");
  for (const [name, content] of files.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    summary.update(`${createHash("sha256").update(content).digest("hex")}  ${name}\n`);
  }
  return `h1:${summary.digest("base64")}`;
}

/** The hash of a `go.mod`, as `go.sum` has it in its `/go.mod` lines. */
export function modHash(content: Uint8Array): string {
  return hash1([["go.mod", content]]);
}

/** The hash of a module zip; null where the bytes are no zip, or one that claims to be far too large. */
export function zipHash(bytes: Uint8Array): string | null {
  const files = unzip(bytes);
  return files === null ? null : hash1([...files]);
}
