import { describe, expect, it } from "vitest";
import { sha256 } from "../artefacts/dirhash.ts";
import { makeTree, parseTileName } from "./tlog.ts";

const leaf = (data: string) => sha256(Buffer.concat([Buffer.from([0]), Buffer.from(data)]));
const node = (left: Buffer, right: Buffer) => sha256(Buffer.concat([Buffer.from([1]), left, right]));

describe("the log's tree", () => {
  const records = Array.from({ length: 600 }, (_, i) => Buffer.from(`record ${i}\n`));
  const tree = makeTree(records);

  it("hashes as RFC 6962 says", () => {
    const [a, b, c] = ["a", "b", "c"].map(leaf) as [Buffer, Buffer, Buffer];
    const small = makeTree(["a", "b", "c"].map((each) => Buffer.from(each)));
    expect(small.root(0)).toEqual(sha256(""));
    expect(small.root(1)).toEqual(a);
    expect(small.root(3)).toEqual(node(node(a, b), c));
  });

  it("holds whole and partial tiles on every level, and no more than its size", () => {
    const upper = tree.tile({ level: 1, index: 0, width: 2 }, 600);
    expect(upper?.subarray(0, 32)).toEqual(tree.root(256));
    expect(upper && node(upper.subarray(0, 32), upper.subarray(32))).toEqual(tree.root(512));
    expect(tree.tile({ level: 0, index: 2, width: 88 }, 600)?.length).toBe(88 * 32);
    expect(tree.tile({ level: 0, index: 2, width: 89 }, 600)).toBeNull();
    expect(tree.tile({ level: 1, index: 0, width: 2 }, 511)).toBeNull();
  });

  it.each([
    ["8/0/000.p/96", { level: 0, index: 0, width: 96 }],
    ["8/1/x001/234", { level: 1, index: 1234, width: 256 }],
    ["8/data/005", { level: -1, index: 5, width: 256 }],
    ["8/0/000.p/0", null],
    ["8/0/000.p/257", null],
    ["4/0/000", null],
    ["8/0/1", null],
  ])("reads the tile name %s", (text, name) => {
    expect(parseTileName(text)).toEqual(name);
  });
});
