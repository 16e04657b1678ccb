import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { json } from "../../src/edits/json/index.ts";
import { dockerLaw } from "../laws/formats/docker.ts";

const key = "registry-mirrors";
const runs = { numRuns: 1000 };
const text = dockerLaw.texts.map((bytes) => Buffer.from(bytes).toString());
const name = fc.constantFrom(key, key, "debug", "max", "new", 'a"b\\', "", "__proto__", "独");
const value = fc.constantFrom(
  "[]",
  '["https://near.example"]',
  '["https://a.example","https://b.example","https://c.example/x"]',
  "null",
  "123456789012345678901234567890",
  '{"a":[1,{"b":"c"}]}',
  '"\\" 值"',
);
const set = (found: string, each: string, wanted: string | null) => json.edit(found, [{ key: each, value: wanted }]);
const inForce = (found: string) => new Map(json.entries(found).map((entry) => [entry.key, entry.value]));
/** By another reader: name and text of the last of each. */
const read = (found: string) => new Map(dockerLaw.parse(Buffer.from(found)));
const others = (found: string, each: string) => dockerLaw.otherLines(Buffer.from(found), [each]);

describe("editing JSON", () => {
  it("sets a key and no other, by another reader and by JSON.parse, and nothing the second time", () => {
    const sets = fc.property(text, name, value, (before, each, wanted) => {
      const after = set(before, each, wanted);
      expect(json.problem(after, [])).toBeNull();
      expect(parsed(after)).toEqual(new Map([...parsed(before), [each, JSON.parse(wanted)]]));
      expect(read(after)).toEqual(new Map([...read(before), [each, wanted]]));
      expect(inForce(after)).toEqual(read(after));
      const same = others(before, each);
      expect(others(after, each)).toEqual(same);
      expect(set(after, each, wanted)).toBe(after);
    });
    fc.assert(sets, runs);
  });

  it("removes all of a key and no other", () => {
    const removes = fc.property(text, name, (before, each) => {
      const after = set(before, each, null);
      expect(parsed(after).has(each)).toBe(false);
      expect(others(after, each)).toEqual(others(before, each));
      expect(json.problem(after, [])).toBeNull();
      if (!parsed(before).has(each)) expect(after).toBe(before);
    });
    fc.assert(removes, runs);
  });

  it("touches one stretch: what is before the key, and what is behind it, stays byte for byte", () => {
    const stretch = fc.property(text, name, value, (before, each, wanted) => {
      fc.pre(before.trim() !== "" && others(before, "").length > 0);
      const after = set(before, each, wanted);
      const head = common(before, after);
      const tail = Math.min(common(reversed(before), reversed(after)), before.length - head, after.length - head);
      const [gone, come] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
      expect(gone.length).toBeLessThanOrEqual(Math.max(0, ...[...written(before, each)].map((old) => old.length)));
      if (!parsed(before).has(each)) expect(come).toContain(JSON.stringify(each));
    });
    fc.assert(stretch, runs);
  });

  it("gives back the bytes when what it added is removed, but for spaces in an empty object", () => {
    const back = fc.property(text, value, (before, wanted) => {
      fc.pre(before.trim() !== "");
      const after = set(set(before, "new", wanted), "new", null);
      expect(after).toBe(others(before, "new").length === 0 ? before.replace(/\{\s*\}/, "{}") : before);
    });
    fc.assert(back, runs);
  });

  it("keeps the line ends and the last one of the file", () => {
    const ends = fc.property(text, value, (before, wanted) => {
      fc.pre(/[\r\n]/.test(before));
      const kinds = (found: string) => new Set(found.match(/\r\n|\r|\n/g));
      const after = set(before, "new", wanted);
      expect(kinds(before)).toEqual(new Set([...kinds(after), ...kinds(before)]));
    });
    fc.assert(ends, runs);
  });

  it("gives no value that is not JSON a place", () => {
    for (const wrong of ["", "x", "[1,]", "1 2", "// x"]) expect(() => set("{}", key, wrong)).toThrow(TypeError);
  });
});

describe("what is JSON", () => {
  it("is what JSON.parse takes for an object, and dockerd an empty file", () => {
    const junk = fc.constantFrom(
      ",",
      "//x\n",
      "/* x */",
      "}",
      "{",
      "]",
      '"',
      "'",
      "\\",
      "\n",
      "1",
      "01",
      ":",
      "\uFEFF",
      "\u00a0",
      "\f",
      "tru",
      "+",
      ".",
      "e",
      "\0",
      "{}",
    );
    const damaged = fc.property(text, fc.nat(), fc.nat({ max: 3 }), fc.option(junk), (before, at, cut, insert) => {
      const place = at % (before.length + 1);
      const after = before.slice(0, place) + (insert ?? "") + before.slice(place + cut);
      const sound = /^[ \t\r\n]*$/.test(after) || isObject(after);
      expect([after.slice(0, 500), json.problem(after, []) === null]).toEqual([after.slice(0, 500), sound]);
    });
    fc.assert(damaged, { numRuns: 2000 });
  });

  it.each([
    ['{"debug": true,}', "syntax", 1, 16],
    ['{\n  // comment\n  "debug": true\n}', "syntax", 2, 3],
    ['{\n  "debug": true, /* comment */\n}', "syntax", 2, 18],
    ['{\n  "debug": true\n  "ipv6": false\n}', "syntax", 3, 3],
    ['{\r\n  "机器🚀": true\r\n  "ipv6": false\r\n}', "syntax", 3, 3],
    ['{"机🚀": x}', "syntax", 1, 8],
    ['{\n  "debug": true\n}\n{}\n', "syntax", 4, 1],
    ['{\n  "debug": true\n\n\n', "syntax", 2, 16],
    ["[]", "syntax", 1, 1],
    ["\n  null", "syntax", 2, 3],
    ['{"a": 01}', "syntax", 1, 8],
    ['{"a": .5}', "syntax", 1, 7],
    ["{'a': 1}", "syntax", 1, 2],
    ['{"a": "tab\there"}', "syntax", 1, 7],
    ['{"a": "\\x"}', "syntax", 1, 7],
    ['{"a": True}', "syntax", 1, 7],
    ['{"a": 1}\u0000', "syntax", 1, 9],
    ["registry-mirrors: []", "syntax", 1, 1],
    ["\uFEFF{}", "byte-order-mark", 1, 1],
    [`{"a": ${"[".repeat(100_000)}`, "syntax", 1, 1],
  ])("%j is not: %s in line %i, column %i", (found, code, line, column) => {
    expect(json.problem(found, [key])).toEqual({ code, line, column });
    expect(json.entries(found)).toEqual([]);
  });

  it("is read with the lines of its members, of equal ones the last", () => {
    const found = '{ "a": 1,\r\n\r\n"b":\r\n[ 1 ], "a": 2,\r"c": 3 }';
    expect(json.entries(found)).toEqual([
      { key: "a", value: "2", line: 4 },
      { key: "b", value: "[1]", line: 3 },
      { key: "c", value: "3", line: 5 },
    ]);
  });
});

/** By JSON.parse; names like `__proto__` included. */
function parsed(found: string): Map<string, unknown> {
  return new Map(found.trim() === "" ? [] : Object.entries(JSON.parse(found)));
}

function isObject(found: string): boolean {
  try {
    const tree = JSON.parse(found);
    return typeof tree === "object" && tree !== null && !Array.isArray(tree);
  } catch {
    return false;
  }
}

/** The members of a name, as they are written. */
function written(found: string, each: string): string[] {
  const kept = others(found, each);
  return others(found, "\0").filter((member) => !kept.includes(member));
}

function reversed(found: string): string {
  return Array.from({ length: found.length }, (_, at) => found.charAt(found.length - 1 - at)).join("");
}

/** How many characters two texts have in common at their start. */
function common(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
}
