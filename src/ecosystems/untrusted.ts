import type { HttpResult } from "../ports/types.ts";
import { faultOf, textOf } from "../probe/answers.ts";

/** What a server calls JSON: nothing of it is believed before it was looked at. */
export type Json = Readonly<Record<string, unknown>>;

/** A JSON object; null for any other text. */
export function jsonIn(text: string): Json | null {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A member that is the object's own: what a server calls `__proto__` or `constructor` is a name like any other. */
export function memberOf(found: Json | null, name: string): unknown {
  return found !== null && Object.hasOwn(found, name) ? found[name] : undefined;
}

/** A value that is an object with names; null for anything else. */
export function objectOf(found: unknown): Json | null {
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Json) : null;
}

/** A member that is a text. */
export function textIn(found: Json | null, name: string): string | null {
  const member = memberOf(found, name);
  return typeof member === "string" ? member : null;
}

/** The objects of a member that is a list. */
export function objectsIn(found: Json | null, name: string): Json[] {
  const member = memberOf(found, name);
  return Array.isArray(member) ? member.map(objectOf).filter((item) => item !== null) : [];
}

/** The JSON object of an answer that is one. */
export function jsonOf(result: HttpResult): Json | null {
  return faultOf(result) === null ? jsonIn(textOf(result)) : null;
}
