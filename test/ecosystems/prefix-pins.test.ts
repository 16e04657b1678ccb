import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { beginsArchive, beginsAsPinned } from "../../src/ecosystems/prefix-pins.ts";

const file = Buffer.concat([gzipSync("x"), Buffer.alloc(500, "tail")]);
const hash = (size: number) => createHash("sha256").update(file.subarray(0, size)).digest("hex");
const pins = { "100": hash(100), "200": hash(200) };
const altered = (at: number) => Buffer.concat([file.subarray(0, at), Buffer.from("!"), file.subarray(at + 1)]);
const isRight = (bytes: Uint8Array, known: Record<string, string> = pins) => beginsAsPinned(bytes, "x-1.tgz", known);

describe("the first bytes of a file", () => {
  it("are right by every pin that they reach", () => {
    for (const size of [2, 99, 100, 150, 200, 400]) expect(isRight(file.subarray(0, size))).toBe(true);
    expect(isRight(altered(50).subarray(0, 100))).toBe(false);
    expect(isRight(altered(50))).toBe(false);
    expect(isRight(altered(150))).toBe(false);
  });

  it("are not judged beyond the last pin that they reach", () => {
    expect(isRight(altered(150).subarray(0, 199))).toBe(true);
    expect(isRight(altered(300))).toBe(true);
  });

  it("are judged by the kind of archive before the first pin", () => {
    expect(isRight(Buffer.from("<html>"))).toBe(false);
    expect(isRight(new Uint8Array())).toBe(false);
    expect(isRight(altered(50), {})).toBe(true);
    expect(beginsArchive(Buffer.from("PK\u0003\u0004…"), "x-1-py3-none-any.whl")).toBe(true);
    expect(beginsArchive(Buffer.from("PK\u0003\u0004…"), "x-1.tar.gz")).toBe(false);
    expect(beginsArchive(Buffer.from("?"), "x-1.tar.bz2")).toBe(true);
  });
});
