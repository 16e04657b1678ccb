import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goenv } from "../../src/edits/goenv.ts";

const key = fc.constantFrom("GOPROXY", "GOSUMDB", "A", "Z_9");
const value = fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, ""));
const text = fc
  .array(
    fc.oneof(
      fc.tuple(key, value).map((pair) => pair.join("=")),
      value,
      fc.constantFrom("", "#", "a=b", "A=\r"),
    ),
  )
  .chain((lines) => fc.constantFrom("\n", "").map((end) => lines.join("\n") + end));
const inForce = (found: string) =>
  Object.fromEntries(goenv.entries(found).map(({ key: name, value: set }) => [name, set]));

describe("editing a go env file", () => {
  it("sets a key and no other", () => {
    const sets = fc.property(text, key, value, (before, name, wanted) => {
      const after = goenv.edit(before, [{ key: name, value: wanted }]);
      expect(inForce(after)).toEqual({ ...inForce(before), [name]: wanted });
    });
    fc.assert(sets, { numRuns: 300 });
  });

  it("removes a key and no other", () => {
    const removes = fc.property(text, key, (before, name) => {
      const { [name]: _, ...rest } = inForce(before);
      expect(inForce(goenv.edit(before, [{ key: name, value: null }]))).toEqual(rest);
    });
    fc.assert(removes, { numRuns: 300 });
  });

  it("does nothing a second time, and nothing for what stands there already", () => {
    const same = fc.property(text, key, fc.option(value, { nil: null }), (before, name, wanted) => {
      const once = goenv.edit(before, [{ key: name, value: wanted }]);
      expect(goenv.edit(once, [{ key: name, value: wanted }])).toBe(once);
      const kept = Object.entries(inForce(before)).map(([each, set]) => ({ key: each, value: set }));
      expect(goenv.edit(before, kept)).toBe(before);
    });
    fc.assert(same, { numRuns: 300 });
  });

  it("tells the line of the copy that wins", () => {
    expect(goenv.entries("# x\nA=1\n\nA=2\n")).toEqual([{ key: "A", value: "2", line: 4 }]);
  });

  it("reads only lines that begin with A to Z and have a sign, as go does", () => {
    expect(goenv.entries("goproxy=x\n1=2\n =3\n#A=4\nÄ=5\nB\n\uFEFFC=6\nD=\n")).toEqual([
      { key: "D", value: "", line: 8 },
    ]);
  });

  it("takes no time to speak of for a very large file", () => {
    const large = "X=1\n# comment without a sign\n".repeat(50_000);
    expect(goenv.edit(large, [{ key: "GOPROXY", value: "x" }])).toBe(`${large}GOPROXY=x\n`);
  });
});
