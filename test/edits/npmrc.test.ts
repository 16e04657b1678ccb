import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { npmrc } from "../../src/edits/npmrc.ts";
import { describeWith } from "../lab/tools.ts";
import { npmConfigList, npmsIni } from "./oracles/npm.ts";

const value = fc.constantFrom(
  "https://near.example/",
  "https://far.example/npm/#frag",
  "a;b",
  "\\",
  "a\\;b\\",
  "",
  "true",
  "123",
  " spaced ",
  '"quoted"',
  "'",
  "x = y",
  "$\u007bHOME}/x",
  "[x]",
  "two\nlines\u2028",
  "值",
);
const keys = ["registry", "@corp:registry", "//near.example/:_authToken", "Registry"] as const;
const key = fc.constantFrom(...keys);
const assignment = fc
  .tuple(
    fc.constantFrom("", "", "", "  ", "\t"),
    fc.oneof(key, fc.constantFrom("ca[]", "registry[]", '"registry"', "strict-ssl", "=x", "", "regis\\;try")),
    fc.constantFrom("=", "=", " = ", "= ", " ="),
    fc.oneof(
      value.map((each) => each.replace(/[\n\u2028]/g, "")),
      fc.constantFrom('"https://q.example/"', "'single'", "'123'", '"bad\\q"', '"a" ; "b"', '"', "'", '"x\\"', "x\\#y"),
    ),
    fc.constantFrom("", "", "", " ; comment", "#tight", ' ; say "x"', "  ", "\t# it's"),
  )
  .map((parts) => parts.join(""));
const line = fc.oneof(
  { weight: 6, arbitrary: assignment },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "",
      "",
      "  ",
      "; comment",
      " # comment",
      "[corp]",
      "[a.b] ",
      " [no]",
      "registry",
      "registry ; x",
      "[registry]",
      "\uFEFF",
    ),
  },
);
const text = fc
  .record({
    mark: fc.constantFrom("", "", "", "\uFEFF"),
    lines: fc.array(line, { maxLength: 8 }),
    end: fc.constantFrom("\n", "\n", "\r\n", "\r"),
    last: fc.boolean(),
  })
  .map(({ mark, lines, end, last }) => mark + lines.join(end) + (last && lines.length > 0 ? end : ""));
const sound = (found: string, name: string) => npmrc.problem(found, [name]) === null;
const inForce = (found: string) => Object.fromEntries(npmrc.entries(found).map((entry) => [entry.key, entry.value]));
const runs = { numRuns: 1000 };

describe("editing an .npmrc", () => {
  it("sets a key and no other, and nothing the second time", () => {
    const sets = fc.property(text, key, value, (before, name, wanted) => {
      fc.pre(sound(before, name));
      const after = npmrc.edit(before, [{ key: name, value: wanted }]);
      expect(inForce(after)).toEqual({ ...inForce(before), [name]: wanted });
      expect(npmrc.edit(after, [{ key: name, value: wanted }])).toBe(after);
    });
    fc.assert(sets, runs);
  });

  it("removes a key and no other", () => {
    const removes = fc.property(text, key, (before, name) => {
      fc.pre(sound(before, name));
      const { [name]: _, ...others } = inForce(before);
      expect(inForce(npmrc.edit(before, [{ key: name, value: null }]))).toEqual(others);
    });
    fc.assert(removes, runs);
  });

  it("touches no byte of what is already so", () => {
    const same = fc.property(text, (before) => {
      const kept = Object.entries(inForce(before)).map(([name, set]) => ({ key: name, value: set }));
      fc.pre(kept.every((each) => sound(before, each.key)));
      expect(npmrc.edit(before, kept)).toBe(before);
    });
    fc.assert(same, runs);
  });

  it("gives back the bytes when what it added is removed, but for the end of the last line", () => {
    const back = fc.property(text, key, value, (before, name, wanted) => {
      fc.pre(sound(before, name) && inForce(before)[name] === undefined);
      const gone = npmrc.edit(npmrc.edit(before, [{ key: name, value: wanted }]), [{ key: name, value: null }]);
      const end = /\r\n|\r|\n/.exec(before)?.[0] ?? "\n";
      expect([before, before + end]).toContain(gone);
      if (/[\r\n]$/.test(before)) expect(gone).toBe(before);
    });
    fc.assert(back, runs);
  });

  it("gives back the bytes when a plain value is set to another and back", () => {
    const back = fc.property(text, key, (before, name) => {
      fc.pre(sound(before, name) && /^[a-z][^;#\\'" ]*$/.test(inForce(before)[name] ?? ""));
      const old = inForce(before)[name] ?? null;
      fc.pre(!/registry *(;.*)?$/m.test(before));
      const changed = npmrc.edit(before, [{ key: name, value: "https://other.example/" }]);
      expect(npmrc.edit(changed, [{ key: name, value: old }])).toBe(before);
    });
    fc.assert(back, { numRuns: 1000, maxSkipsPerRun: 1000 });
  });

  it("keeps every other line, byte for byte and in order", () => {
    const keeps = fc.property(text, key, fc.option(value, { nil: null }), (before, name, wanted) => {
      fc.pre(sound(before, name));
      const after = npmrc.edit(before, [{ key: name, value: wanted }]);
      const [old, now] = [otherLines(before, name), otherLines(after, name)];
      expect(now.map((each) => each.replace(/[\r\n]+$/, ""))).toEqual(old.map((each) => each.replace(/[\r\n]+$/, "")));
      expect(now.slice(0, -1)).toEqual(old.slice(0, -1));
    });
    fc.assert(keeps, runs);
  });

  it("takes no time to speak of for a very large file", () => {
    const large = "x=1\n# comment\n".repeat(50_000);
    expect(npmrc.edit(large, [{ key: "registry", value: "x" }])).toBe(`${large}registry=x\n`);
  });
});

describe("an .npmrc that is not to be touched", () => {
  it.each([
    ["registry[]=a\n", 1],
    ["registry=x\n[registry]\n", 2],
    ["registry=x\n\n[registry.more]\n", 3],
  ])("%j", (found, line) => {
    expect(npmrc.problem(found, ["registry"])).toEqual({ code: "unsupported-form", line });
  });

  it("is one where the key asked for is in a section", () => {
    expect(npmrc.problem("[a]\nb=1\n", ["a.b"])).toEqual({ code: "unsupported-form", line: 2 });
  });

  it("is not one with a mark, with duplicates, with garbage, or with lists of others", () => {
    expect(npmrc.problem("\uFEFFregistry=a\nregistry=b\n=\nx\nca[]=1\n[s]\nregistry=c\n", ["registry"])).toBeNull();
  });
});

describeWith("npm", "what npm itself reads", () => {
  it("differs in the key alone, by npm's own reading, and has the value", () => {
    const { decode } = npmsIni();
    const plain = (found: string) => JSON.parse(JSON.stringify(decode(found))) as Record<string, unknown>;
    const agrees = fc.property(text, key, fc.option(value, { nil: null }), (before, name, wanted) => {
      fc.pre(sound(before, name));
      expect(asText(plain(before)[name])).toBe(inForce(before)[name]);
      const { [name]: set, ...after } = plain(npmrc.edit(before, [{ key: name, value: wanted }]));
      const { [name]: _, ...others } = plain(before);
      expect(after).toEqual(others);
      expect(asText(set) ?? null).toBe(wanted);
    });
    fc.assert(agrees, { numRuns: 2000 });
  });

  it("is the same on npm's command line", () => {
    const before =
      "\uFEFF; mine\r\nregistry = https://old.example/ ; old\r\n@corp:registry=https://corp.example/\r\n[x]\r\nregistry=no\r\n";
    const after = npmrc.edit(before, [
      { key: "registry", value: "https://near.example/a#b;c" },
      { key: "fund", value: "false" },
    ]);
    expect(npmConfigList(after)).toMatchObject({
      registry: "https://near.example/a#b;c",
      "@corp:registry": "https://corp.example/",
      fund: false,
    });
  });
});

function asText(found: unknown): string | undefined {
  if (found === undefined || typeof found === "string") return found;
  return JSON.stringify(found);
}

/** The lines, with their ends, that do not set the key at the top: read without the program's code. */
function otherLines(found: string, name: string): string[] {
  let top = true;
  const lines = found.replace(/^\uFEFF(?![[=])/, "").split(/(?<=\r\n|\n|\r(?!\n))/);
  return lines.filter((each) => {
    if (/^\[[^\]]*\]\s*$/.test(each)) top = false;
    const written = each.split("=")[0]?.split(";")[0]?.trim();
    return each.trim() !== "" && !(top && (written === name || written === `"${name}"`));
  });
}
