import { createHash } from "node:crypto";
import type { PrefixPins } from "../catalog/types.ts";

/** How an archive begins, by what it is: a gzip member (RFC 1952, 2.3), a zip's local file header (APPNOTE 4.3.7). */
const beginnings = [
  [/\.(tgz|tar\.gz)$/, Buffer.from([0x1f, 0x8b])],
  [/\.(whl|zip|egg)$/, Buffer.from("PK\u0003\u0004", "latin1")],
] as const;

/** Whether bytes begin like the kind of archive that a file name says; true for kinds that we do not know. */
export function beginsArchive(bytes: Uint8Array, file: string): boolean {
  const [, magic] = beginnings.find(([pattern]) => pattern.test(file)) ?? [];
  return magic === undefined || magic.equals(bytes.subarray(0, magic.length));
}

/** Whether these are the first bytes of a file: by the longest pinned prefix that they reach, and before the first of them by the kind of archive. */
export function beginsAsPinned(start: Uint8Array, file: string, pins: PrefixPins = {}): boolean {
  const reached = Object.keys(pins)
    .map(Number)
    .filter((size) => size <= start.length);
  if (reached.length === 0) return beginsArchive(start, file);
  const longest = Math.max(...reached);
  return createHash("sha256").update(start.subarray(0, longest)).digest("hex") === pins[longest];
}
