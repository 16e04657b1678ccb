import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../src/edits/text.ts";

describe("a file's text", () => {
  it("gives back its bytes, whatever they are", () => {
    const lossless = fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        const { text, encode } = decodeText(bytes);
        expect(Buffer.from(encode(text) ?? []).equals(bytes)).toBe(true);
      },
    );
    fc.assert(lossless, { numRuns: 300 });
  });

  it("keeps a byte order mark, and reads UTF-8 as UTF-8", () => {
    expect(decodeText(Buffer.from("\uFEFF# 镜像")).text).toBe("\uFEFF# 镜像");
  });

  it("takes new text of its encoding, and says where there is no room for it", () => {
    const utf8 = decodeText(Buffer.from("值"));
    expect(Buffer.from(utf8.encode("值🚀") ?? []).toString()).toBe("值🚀");
    const gbk = decodeText(Buffer.from([0xd6, 0xd0]));
    expect(gbk.encode(`${gbk.text}=ascii`)).toEqual(new Uint8Array([0xd6, 0xd0, ...Buffer.from("=ascii")]));
    expect(gbk.encode(`${gbk.text}=值`)).toBeNull();
  });
});
