import { isSameAddress } from "../addresses.ts";
import { listIn } from "./ask.ts";

/** The key that holds the mirrors. */
export const mirrorsKey = "registry-mirrors";

/** The addresses in the key's value; null where it is no list of texts. */
export function addressesIn(value: string | null): string[] | null {
  if (value === null || value === "null") return [];
  const list = listIn(value);
  const texts = list.filter((item) => typeof item === "string");
  return texts.length === list.length && value.startsWith("[") ? texts : null;
}

/** Whether two lists are one to the daemon, which drops what it has already, and ends each in a slash. */
export function isSameList(a: readonly string[], b: readonly string[]): boolean {
  const [one, other] = [a, b].map((list) =>
    list.filter((url, index) => list.findIndex((each) => isSameAddress(each, url)) === index),
  );
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  return one.every((url, index) => isSameAddress(url, other[index]));
}
