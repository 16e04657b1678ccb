import { type EcosystemId, ecosystemIds } from "../catalog/types.ts";
import { isWebUrl } from "../catalog/url.ts";
import { done, refuse } from "../core/outcome.ts";
import type { Outcome } from "../core/types.ts";
import type { ScopeRegistry } from "../ecosystems/types.ts";
import { ownWord } from "./aliases.ts";

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
export function parseCount(value: string, most: number): Outcome<number> {
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

/** An ecosystem, by its id or as people also call it. */
export function parseEcosystem(value: string): Outcome<EcosystemId> {
  const found = ecosystemIds.find((id) => id === ownWord(value));
  if (found !== undefined) return done(found);
  return refuse(2, { code: "unknown-ecosystem", level: "error", args: { id: value, known: ecosystemIds.join(", ") } });
}

/** The ecosystems that a command is about: the one named, or all that there are. */
export function parseEcosystems(name: string | undefined): Outcome<readonly EcosystemId[]> {
  if (name === undefined || name === "all") return done(ecosystemIds);
  const found = parseEcosystem(name);
  return found.ok ? done([found.value]) : found;
}

/** `@corp=https://npm.corp.example/`, one or several: where the packages of a scope come from. */
export function parseScopeRegistries(values: readonly string[]): Outcome<readonly ScopeRegistry[]> {
  const found = values.map((value) => ({ value, match: /^(@[a-z0-9~-][a-z0-9._~-]*)=(.+)$/.exec(value) }));
  const bad = found.find(({ match }) => match === null || !isWebUrl(match[2] ?? ""));
  if (bad !== undefined) return refuse(2, { code: "bad-scope-registry", level: "error", args: { value: bad.value } });
  return done(found.map(({ match }) => ({ scope: match?.[1] ?? "", url: match?.[2] ?? "" })));
}

/** Tools by name, separated by commas; null: all of them. */
export function parseTools(value: string | undefined): readonly string[] | null {
  return value?.split(",").map((tool) => tool.trim()) ?? null;
}

/** One of the scopes there are. */
export function parseScope(value: string | undefined): Outcome<"user" | "project" | "system" | null> {
  if (value === undefined) return done(null);
  if (value === "user" || value === "project" || value === "system") return done(value);
  return refuse(2, { code: "bad-scope", level: "error", args: { value } });
}
