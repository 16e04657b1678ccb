import type { Place } from "./clinic.ts";

/** What counts of a key: a variable before any file, and of files the first. */
export function valueIn(places: readonly Place[], key: string): string | null {
  const same = places.filter((place) => place.key === key && place.value.trim() !== "");
  return (same.find(({ source }) => source.startsWith("env:")) ?? same[0])?.value.trim() ?? null;
}
