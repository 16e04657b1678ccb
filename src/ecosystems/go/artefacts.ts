import type { GoArtefact } from "../../catalog/types.ts";
import type { HttpResult } from "../../ports/types.ts";
import { type Fault, fault, textOf } from "../../probe/answers.ts";
import { modHash, zipHash } from "./dirhash.ts";

/** Bytes: a go.mod is small, and so are the zips that are pinned whole. */
export const maxModBytes = 64 * 1024;
export const maxZipBytes = 4 * 1024 * 1024;

/** Whether an answer is the go.mod that the world has. */
export function checkMod(result: HttpResult, { path, h1 }: GoArtefact): { ok: true } | Fault {
  if (!result.ok) return fault("not-a-mirror", result.detail);
  if (!result.whole) return tooLong(path, maxModBytes);
  if (modHash(result.body) === h1) return { ok: true };
  if (/^\s*module\s+\S+/m.test(textOf(result)) && !/<html/i.test(textOf(result))) {
    return wrongContent(path);
  }
  return fault("not-a-mirror", { code: "other-content", args: { type: contentType(result) } });
}

function tooLong(path: string, most: number): Fault {
  return fault("not-a-mirror", { code: "too-long", args: { path, most } });
}

function wrongContent(path: string): Fault {
  return fault("tampered", { code: "wrong-content", args: { path } });
}

function contentType(result: HttpResult): string {
  const type = result.ok ? result.headers["content-type"] : undefined;
  return type === undefined ? "?" : (type.split(";")[0] ?? "").slice(0, 60);
}

/** Whether a body is the module zip that the world has, by what is in it. */
export function checkZip(body: Uint8Array, whole: boolean, path: string, h1: string): { ok: true } | Fault {
  if (!whole) return tooLong(path, maxZipBytes);
  const found = zipHash(body);
  if (found === h1) return { ok: true };
  if (found === null && !beginsZip(body)) return fault("denied", { code: "no-zip", args: { path } });
  return wrongContent(path);
}

/** A zip begins with a local file header: `PK\3\4`, and the first name at byte 30 (APPNOTE 4.3.7). */
export function beginsZip(bytes: Uint8Array, firstEntry?: string): boolean {
  const text = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  return text.startsWith("PK\u0003\u0004") && (firstEntry === undefined || text.startsWith(firstEntry, 30));
}
