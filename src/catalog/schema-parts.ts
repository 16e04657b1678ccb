import * as v from "valibot";
import { isWebUrl } from "./url.ts";

/** A text with something in it. */
export const text = v.pipe(v.string("must be a text"), v.minLength(1, "must not be empty"));

/** An address that can stand in a tool's settings. */
export const url = v.pipe(
  v.string("must be a URL"),
  v.check(isWebUrl, "must be an http(s) URL without blanks, query and fragment"),
);

/** A number of things. */
export const count = v.pipe(v.number("must be a number"), v.minValue(1, "must be at least 1"));

/** A list; one thing alone stands for a list of one. */
export function oneOrMany<S extends v.GenericSchema>(schema: S) {
  const list = v.transform((found: unknown) => (Array.isArray(found) ? (found as unknown[]) : [found]));
  return v.optional(v.pipe(v.unknown(), list, v.array(schema)));
}
