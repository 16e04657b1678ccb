import type { DockerProbes, Pause } from "../../catalog/types.ts";
import type { HttpAnswer, HttpResult } from "../../ports/types.ts";
import type { Fault } from "../../probe/answers.ts";
import type { Question, Visit } from "../../probe/types.ts";
import { breakdownOf } from "../replies.ts";
import { silenceOf } from "../silence.ts";
import { manifestTypes, maxManifestBytes, namedDigest, readManifest } from "./manifest.ts";
import { rateLimit } from "./refusals.ts";
import type { Registry } from "./registry.ts";

const msPerHour = 3_600_000;
/** Hours: what is newer may not have come to every mirror. */
const settledAfter = 24;

/** The connection on which a mirror is asked what does not concern the download. */
export const sideLane = 1;

/** When images were built, by the digest of their index: content, and so the same whoever tells it. Null: it does not say. */
export type Board = Map<string, number | null>;

/** How far a mirror is: when the image was built that it has for a tag that moves, in hours. */
export type Position = ({ readonly ok: true | null } | Fault) & { readonly position: number | null };

/**
 * What the canary's tag points to. The digest alone costs nothing of a mirror's quota, and says when the image was built if another mirror has told it
 * already; else the index is asked for. It cannot be told (`ok` null) within a day of a new build: a mirror that has it not yet is not stale.
 */
export async function positionOf(
  registry: Registry,
  visit: Visit,
  { canaries = [], pause }: Pick<DockerProbes, "canaries" | "pause">,
  board: Board,
): Promise<Position> {
  const [canary] = canaries;
  if (canary === undefined) return unknown;
  const named = await askBeside(registry, canary, "manifests/latest", { maxBytes: 0, method: "HEAD" });
  if (named === null || isFault(named)) return told(named);
  if (![200, 405, 501].includes(named.status)) return unknown;
  const digest = named.status === 200 ? namedDigest(named) : null;
  const known = digest === null ? undefined : board.get(digest);
  if (known !== undefined) return settled(known, pause, visit);
  const result = await askBeside(registry, canary, `manifests/${digest ?? "latest"}`, { maxBytes: maxManifestBytes });
  if (result === null || isFault(result)) return told(result);
  const read = readManifest(result, canary, digest);
  if (!read.ok) return told(read.reason === "tampered" ? read : null);
  if (digest !== null) board.set(digest, read.created);
  return settled(read.created, pause, visit);
}

const unknown = { ok: null, position: null } as const;

function told(found: Fault | null): Position {
  return found === null ? unknown : { ...found, position: null };
}

/** Asks for what a sound mirror may lack. A fault: it breaks down over it. Null: it says nothing. */
async function askBeside(
  registry: Registry,
  repository: string,
  path: string,
  question: Pick<Question, "maxBytes" | "method">,
): Promise<HttpAnswer | Fault | null> {
  const result = await registry.get(repository, path, {
    accept: manifestTypes,
    lane: sideLane,
    once: true,
    ...question,
  });
  if (isFault(result)) return result.reason === "rate-limited" ? result : null;
  return rateLimit(result) ?? breakdownOf(result) ?? (result.ok ? result : null);
}

function settled(created: number | null, pause: Pause | undefined, visit: Visit): Position {
  if (created === null || visit.startedOn.getTime() - created < settledAfter * msPerHour) return unknown;
  return { ...(silenceOf(created, pause, visit) ?? { ok: true }), position: Math.floor(created / msPerHour) };
}

/** Whether a mirror has images that are not official ones. What it says to that is no fault, unless it breaks down over it. */
export async function hasOthers(registry: Registry, repository: string): Promise<boolean | Fault> {
  const result = await askBeside(registry, repository, "manifests/latest", { maxBytes: 0, method: "HEAD" });
  if (result === null || isFault(result)) return result ?? false;
  return ![401, 403, 404].includes(result.status);
}

export function isFault(found: HttpResult | Fault): found is Fault {
  return "reason" in found;
}
