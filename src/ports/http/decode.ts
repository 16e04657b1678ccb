import { constants, gunzipSync } from "node:zlib";

const { Z_FINISH, Z_SYNC_FLUSH } = constants;

/**
 * Undoes a gzip encoding that nobody asked for. The result is bounded like any body, so that a few kilobytes that unfold into
 * gigabytes cost no more than the cap.
 */
export function decoded(
  answer: { headers: Readonly<Record<string, string>>; body: Uint8Array; whole: boolean },
  maxBytes: number,
): { body: Uint8Array; whole: boolean } {
  if (answer.headers["content-encoding"] !== "gzip") return { body: answer.body, whole: answer.whole };
  try {
    return {
      body: gunzipSync(answer.body, { maxOutputLength: maxBytes, finishFlush: answer.whole ? Z_FINISH : Z_SYNC_FLUSH }),
      whole: answer.whole,
    };
  } catch {
    return { body: new Uint8Array(), whole: false };
  }
}
