import { sha256 } from "../artefacts/dirhash.ts";

/** A tile holds 2^8 hashes of one level (https://go.dev/design/25530-sumdb#checksum-database). */
export const tileWidth = 2 ** 8;

/** The coordinates in a tile's path; level -1 is the records themselves ("data"). */
export interface TileName {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** A transparency log's tree over its records, as of any size up to all of them. */
export interface Tree {
  /** The root over the first `size` records. */
  root(size: number): Buffer;
  /** The hashes of a tile of the tree of that size; null if it holds no such tile. */
  tile(name: TileName, size: number): Buffer | null;
}

/** Hashes records as RFC 6962 says: leaves after a 0 byte, nodes after a 1 byte (https://www.rfc-editor.org/rfc/rfc6962). */
export function makeTree(records: readonly Uint8Array[]): Tree {
  const leaves = records.map((record) => sha256(Buffer.concat([Buffer.from([0]), record])));
  const root = (size: number) => hashRange(leaves, 0, size);
  const tile = ({ level, index, width }: TileName, size: number) => {
    const span = tileWidth ** level;
    const first = index * tileWidth;
    if (level < 0 || (first + width) * span > size) return null;
    return Buffer.concat(
      Array.from({ length: width }, (_, i) => hashRange(leaves, (first + i) * span, (first + i + 1) * span)),
    );
  };
  return { root, tile };
}

/**
 * Reads `8/0/000`, `8/0/000.p/96`, `8/data/x001/234`: height, level, number by threes, and how much of a tile not full.
 * Null for anything else.
 */
export function parseTileName(text: string): TileName | null {
  const match = /^8\/(data|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const width = match[3] === undefined ? tileWidth : Number(match[3]);
  if (width < 1 || width > tileWidth) return null;
  return { level: match[1] === "data" ? -1 : Number(match[1]), index: Number(match[2].replace(/[x/]/g, "")), width };
}

/** The hash over leaves `from` up to, not including, `to`: split at the largest power of two below the count. */
function hashRange(leaves: readonly Buffer[], from: number, to: number): Buffer {
  const count = to - from;
  if (count === 0) return sha256("");
  if (count === 1) return leaves[from] ?? sha256("");
  const middle = from + 2 ** Math.floor(Math.log2(count - 1));
  return sha256(Buffer.concat([Buffer.from([1]), hashRange(leaves, from, middle), hashRange(leaves, middle, to)]));
}
