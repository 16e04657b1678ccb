import { createHash } from "node:crypto";
import { unzipSync } from "fflate";

/** No probe artefact comes near these; a zip that claims more is not unpacked. */
const maxFiles = 10_000;
const maxUnpackedBytes = 16 * 1024 * 1024;

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

/**
 * The hash of a module zip. fflate unpacks it (8 kB, no dependencies); sizes are checked before anything is unpacked.
 *
 * @returns null where the bytes are no zip, or one that claims to be far too large.
 */
export function zipHash(bytes: Uint8Array): string | null {
  let files = 0;
  let unpacked = 0;
  let excessive = false;
  try {
    const content = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        files += 1;
        unpacked += originalSize;
        excessive ||= files > maxFiles || unpacked > maxUnpackedBytes;
        return !excessive;
      },
    });
    return excessive ? null : hash1(Object.entries(content).filter(([name]) => !name.endsWith("/")));
  } catch {
    return null;
  }
}
