/** A file's text, and how to get its bytes back. */
export interface DecodedText {
  readonly text: string;
  /** Null where the text has a character that the file's encoding lacks. */
  encode(text: string): Uint8Array | null;
}

/**
 * Bytes as text without loss: UTF-8 (a byte order mark stays in the text), and where the bytes are not UTF-8 (a comment in GBK, say) one
 * character per byte, so that what is not ours goes back as it was.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encode: (edited) => new TextEncoder().encode(edited) };
  } catch {
    const text = Buffer.from(bytes).toString("latin1");
    return { text, encode: encodeBytewise };
  }
}

function encodeBytewise(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "latin1");
  return bytes.toString("latin1") === text ? new Uint8Array(bytes) : null;
}

/** Whether bytes begin with a UTF-16 mark: what an ASCII line would be put into there no tool could read. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
