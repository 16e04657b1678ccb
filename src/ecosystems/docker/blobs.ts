import type { HttpResult } from "../../ports/types.ts";
import { type Fault, fault } from "../../probe/answers.ts";
import { contentTypeOf } from "../replies.ts";
import { type Blob, digestOf } from "./manifest.ts";
import { faultOfBlob } from "./refusals.ts";

/** Bytes: what a proof fetches whole, and what the last check does. */
const [smallBytes, middlingBytes] = [64 * 1024, 768 * 1024];
/** Less is an empty layer, which every registry has. */
const leastBytes = 256;
/** What is fetched whole is no larger than this, whatever its manifest says. */
export const maxBlobBytes = 1024 * 1024;

/** Of an image's blobs those that are asked for. */
export interface Picked {
  /** Fetched whole to prove the mirror. */
  readonly small: Blob | null;
  /** Fetched whole of the winner. */
  readonly middling: Blob | null;
  /** Rates are measured by it. */
  readonly large: Blob | null;
}

export function pick(blobs: readonly Blob[]): Picked {
  const bySize = blobs.filter(({ size }) => size >= leastBytes).toSorted((a, b) => a.size - b.size);
  const [small = null] = bySize.filter(({ size }) => size <= smallBytes);
  const middling = bySize.findLast((each) => each.size <= middlingBytes && each !== small) ?? null;
  const large = bySize.findLast(({ size }) => size > middlingBytes) ?? null;
  return { small, middling, large };
}

/** Where a blob is, below its repository. */
export function blobPath({ digest }: Blob): string {
  return `blobs/${digest}`;
}

/** Whether an answer is the blob, whole. A page for people in its place is a refusal. */
export function checkBlob(result: HttpResult, { digest }: Blob): { readonly ok: true } | Fault {
  const bad = faultOfBlob(result, digest.slice(0, 19));
  if (bad !== null || !result.ok) return bad ?? fault("not-a-mirror", { code: "other-file", args: { file: digest } });
  if (result.whole && digestOf(result.body) === digest) return { ok: true };
  return contentTypeOf(result) === "text/html"
    ? fault("denied", { code: "other-file", args: { file: digest.slice(0, 19) } })
    : fault("tampered", { code: "wrong-content", args: { path: digest.slice(0, 19) } });
}

/** Whether bytes begin like a layer: a gzip member (RFC 1952, 2.3), or a zstd frame (RFC 8878, 3.1.1). One that has come whole is known by its hash. */
export function looksLikeLayer(start: Uint8Array, known: readonly Blob[]): boolean {
  const same = known.filter(({ size }) => size === start.length);
  if (same.length > 0) return same.some(({ digest }) => digest === digestOf(start));
  const isZstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]).equals(start.subarray(0, 4));
  return isZstd || (start[0] === 0x1f && start[1] === 0x8b);
}
