import { createHash } from "node:crypto";

/** The files of an archive by name. */
export type Files = Readonly<Record<string, Uint8Array>>;

/**
 * The `h1:` hash of go.sum: the SHA-256 of a summary with one line per file, `<sha256 hex>  <name>`, sorted by name.
 * https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1
 */
export function hash1(files: Files): string {
  const summary = Object.keys(files)
    .sort()
    .map((name) => `${sha256(files[name] ?? new Uint8Array()).toString("hex")}  ${name}\n`)
    .join("");
  return `h1:${sha256(summary).toString("base64")}`;
}

/** SHA-256 of some bytes, or of a text as UTF-8. */
export function sha256(data: Uint8Array | string): Buffer {
  return createHash("sha256").update(data).digest();
}
