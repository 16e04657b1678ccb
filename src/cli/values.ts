import { type EcosystemId, ecosystemIds } from "../catalog/types.ts";
import { done, refuse } from "../core/outcome.ts";
import type { Outcome } from "../core/types.ts";

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** `800ms`, `5s`, `1m`; a bare number is seconds. Gives milliseconds. */
export function parseDuration(value: string | undefined): Outcome<number | null> {
  if (value === undefined) return done(null);
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(value);
  const milliseconds = Number(match?.[1] ?? "0") * (unitsMs[match?.[2] ?? "s"] ?? 0);
  if (milliseconds > 0 && milliseconds <= 600_000) return done(milliseconds);
  return refuse(2, { code: "bad-duration", level: "error", args: { value } });
}

/** A whole number from 1 to `most`. */
export function parseCount(value: string | undefined, otherwise: number, most: number): Outcome<number> {
  if (value === undefined) return done(otherwise);
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= most) return done(count);
  return refuse(2, { code: "chain-length", level: "error", args: { most } });
}

/** Patterns for `GOPRIVATE`, each checked: a comma or a blank would make two of one. */
export function parsePatterns(values: readonly string[]): Outcome<readonly string[]> {
  const patterns = values.flatMap((value) => value.split(",")).map((pattern) => pattern.trim());
  const bad = patterns.find((pattern) => !/^[\w.*?[\]^/~-]+$/.test(pattern));
  return bad === undefined
    ? done(patterns)
    : refuse(2, { code: "bad-pattern", level: "error", args: { pattern: bad } });
}

/** An ecosystem's id. */
export function parseEcosystem(value: string): Outcome<EcosystemId> {
  const found = ecosystemIds.find((id) => id === value);
  if (found !== undefined) return done(found);
  return refuse(2, { code: "unknown-ecosystem", level: "error", args: { id: value, known: ecosystemIds.join(", ") } });
}

/** One of the scopes there are. */
export function parseScope(value: string | undefined): Outcome<"user" | "project" | "system" | null> {
  if (value === undefined) return done(null);
  if (value === "user" || value === "project" || value === "system") return done(value);
  return refuse(2, { code: "bad-scope", level: "error", args: { value } });
}
