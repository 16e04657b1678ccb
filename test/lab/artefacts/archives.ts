import { createCipheriv, createHash } from "node:crypto";
import { gzipSync, zipSync } from "fflate";
import type { Files } from "./dirhash.ts";

/** A text as UTF-8; bytes as they are. */
export function utf8(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/** Bytes that no compressor makes smaller, the same in every run: a block cipher's key stream. */
export function noise(length: number): Uint8Array {
  return createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** A file as somebody else would have it: one letter or bit differs, the length does not. Early enough for every known prefix. */
export function altered(content: string | Uint8Array): Uint8Array {
  if (typeof content === "string") return utf8(content.replace("Hello", "Hullo"));
  const copy = Uint8Array.from(content);
  copy[20_000] = ~(content[20_000] ?? 0);
  return copy;
}

/** A zip: stored, not deflated, with a fixed time: the same bytes in every run. */
export function zip(files: Files): Uint8Array {
  return zipSync({ ...files }, { level: 0, mtime: "2024-01-02T00:00:00" });
}

/** A gzipped ustar archive, stored, with fixed times: the same bytes in every run. */
export function tarball(files: Files): Uint8Array {
  const entries = Object.entries(files).flatMap(([name, content]) => [
    tarHeader(name, content.length),
    content,
    new Uint8Array(-content.length & (tarBlock - 1)),
  ]);
  return gzipSync(Buffer.concat([...entries, new Uint8Array(2 * tarBlock)]), { level: 0, mtime: 0 });
}

/** A hash of some bytes, in hexadecimal. */
export function hex(algorithm: "sha1" | "sha256", content: Uint8Array): string {
  return createHash(algorithm).update(content).digest("hex");
}

/** The SHA-256, in hexadecimal, of the first 64 kB, 128 kB … of a file, by their length: what a rate test checks on its way. */
export function prefixHashes(content: Uint8Array): Record<string, string> {
  const lengths = [65_536, 131_072, 262_144, 1_048_576, 2_097_152].filter((length) => length < content.length);
  return Object.fromEntries(lengths.map((length) => [String(length), hex("sha256", content.subarray(0, length))]));
}

const tarBlock = 512;

/** One file's header: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
function tarHeader(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(tarBlock);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12), 100);
  header.write("        0", 148);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}
