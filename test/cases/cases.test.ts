import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formats } from "../../src/edits/index.ts";
import { decodeText } from "../../src/edits/text.ts";
import type { Format, KeyEdit } from "../../src/edits/types.ts";

/** A case is a folder `<format>/<case>` with `before`, `after` and `edits.json`; an absent file is an empty `before`. Adding one needs no code. */
const folders = Object.keys(formats).flatMap((id) =>
  readdirSync(join(import.meta.dirname, id)).map((name) => ({ id, name, folder: join(import.meta.dirname, id, name) })),
);
const known: Readonly<Record<string, Format>> = Object.fromEntries(
  await Promise.all(Object.entries(formats).map(async ([id, load]) => [id, await load()] as const)),
);

describe.each(folders)("$id: $name", ({ id, folder }) => {
  const format = known[id];
  const before = readFileSync(join(folder, "before"));
  const after = readFileSync(join(folder, "after"));
  const edits = JSON.parse(readFileSync(join(folder, "edits.json"), "utf8")) as KeyEdit[];
  const edited = (bytes: Uint8Array) => {
    const { text, encode } = decodeText(bytes);
    return Buffer.from(encode(format?.edit(text, edits) ?? "") ?? []).toString("latin1");
  };

  it("gives the bytes of `after`", () => {
    expect(edited(before)).toBe(after.toString("latin1"));
  });

  it("a second time changes nothing", () => {
    expect(edited(after)).toBe(after.toString("latin1"));
  });

  it("reads back what was set", () => {
    const found = new Map(format?.entries(decodeText(after).text).map(({ key, value }) => [key, value]));
    expect(edits.map(({ key }) => [key, found.get(key) ?? null])).toEqual(edits.map(({ key, value }) => [key, value]));
  });
});

describe("the cases", () => {
  it("are there for every format, ugly ones included", () => {
    for (const id of Object.keys(formats)) expect(folders.filter((each) => each.id === id).length).toBeGreaterThan(10);
  });
});
