import { inflateRawSync } from "node:zlib";

/** No probe artefact comes near these; a zip that claims more is not unpacked. */
const maxFiles = 2_000;
const maxUnpackedBytes = 16 * 1024 * 1024;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/** One file of a zip, as its central directory has it. */
interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its local header stands. */
  readonly offset: number;
}

/**
 * The files of a small zip. Written here because a mirror may be hostile: every size is a promise that is held to before and while unpacking, and no
 * byte is unpacked twice, so that a megabyte that unfolds into gigabytes costs nothing. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @returns null where the bytes are no such zip.
 */
export function unzip(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | null {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const entries = directory(zip);
    return entries === null || !isSound(entries) ? null : unpackAll(zip, entries);
  } catch {
    // Out of the buffer's range, or not deflate: no zip either way.
    return null;
  }
}

function directory(zip: Buffer): ZipEntry[] | null {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || zip.readUInt32LE(end) !== endSignature) return null;
  const count = zip.readUInt16LE(end + 10);
  if (count > maxFiles) return null;
  const entries: ZipEntry[] = [];
  for (let at = zip.readUInt32LE(end + 16); entries.length < count; ) {
    if (zip.readUInt32LE(at) !== entrySignature) return null;
    const [nameLength, extra, comment] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    entries.push({
      name: zip.toString("utf8", at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Names and places are each used once, and all of it together stays within bounds. */
function isSound(entries: readonly ZipEntry[]): boolean {
  const names = new Set(entries.map(({ name }) => name));
  const ordered = entries.toSorted((a, b) => a.offset - b.offset);
  const overlap = ordered.some(({ offset, packed }, index) => {
    const next = ordered[index + 1];
    return next !== undefined && offset + 30 + packed > next.offset;
  });
  const total = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  return names.size === entries.length && !overlap && total <= maxUnpackedBytes;
}

function unpackAll(zip: Buffer, entries: readonly ZipEntry[]): Map<string, Uint8Array> | null {
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const content = unpack(zip, entry);
    if (content === null || content.length !== entry.unpacked) return null;
    if (!entry.name.endsWith("/")) files.set(entry.name, content);
  }
  return files;
}

function unpack(zip: Buffer, { method, packed, unpacked, offset }: ZipEntry): Uint8Array | null {
  if (zip.readUInt32LE(offset) !== localSignature) return null;
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const content = zip.subarray(start, start + packed);
  if (method === 0) return content;
  return method === 8 ? inflateRawSync(content, { maxOutputLength: Math.max(unpacked, 1) }) : null;
}
