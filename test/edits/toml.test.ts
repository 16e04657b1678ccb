import fc from "fast-check";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { toml } from "../../src/edits/toml/index.ts";

type Tree = Record<string, unknown>;

/** Keys with the tables on their way; an array is one whose item has a field that is true. */
const keys: Record<string, readonly (string | readonly [array: string, flag: string])[]> = {
  registry: ["registry"],
  "install.registry": ["install", "registry"],
  "tool.uv.pip.index-url": ["tool", "uv", "pip", "index-url"],
  "index[default=true].url": [["index", "default"], "url"],
  "tool.uv.index[default=true].url": ["tool", "uv", ["index", "default"], "url"],
  'tool."a.b"."é"': ["tool", "a.b", "é"],
  "a.b[c=true].url": ["a", ["b", "c"], "url"],
};
const key = fc.constantFrom(...Object.keys(keys));
const value = fc.constantFrom(
  "https://near.example/simple",
  "",
  "it's",
  'a "b" \\ c',
  "two\r\nlines",
  "# = [x]",
  "值\u007f\u0001",
  "'''",
);
const scalar = fc.constantFrom(
  '"https://old.example"',
  "'https://old.example'",
  '"""\nold # no comment\n  "quoted"" \\\n  more"""',
  "'''old\n[index]\nurl = 1'''",
  '"\\u00e9 \\" # ]"',
  "true",
  "false",
  "12_000",
  "1979-05-27 07:32:00Z",
  "[ 'a', # one, two ]\n  \"b]\", ]",
  "[[1, 2], []]",
  '{ url = "x", b.c = 1 }',
  '[{ url = "https://inline.example", default = true }, { url = "u", name = "corp" }]',
  '[\n  { url = "https://inline.example", default = true }, # mine\n  # about the next\n  { name = "corp", url = "u" }\n]',
  "{}",
  "[]",
);
const name = fc.constantFrom(
  "registry",
  "url",
  "default",
  "name",
  "install.cache",
  "install.registry",
  "index",
  "pip.index-url",
  '"a.b".é',
  "'a.b'.\"é\"",
  "x",
  "tool.uv.index-url",
  "tool . uv . pip . y",
);
const pair = fc
  .tuple(
    fc.constantFrom("", "", "  ", "\t"),
    name.map((each) => each.replace(/\bé$/, '"é"')),
    fc.constantFrom("=", " = ", " = ", "\t= "),
    scalar,
    fc.constantFrom("", "", " # comment", "  "),
  )
  .map((parts) => parts.join(""));
const item = fc.constantFrom(
  'url = "https://default.example"\ndefault = true',
  "default=true # mine\n# inside\nurl = 'https://default.example'\n",
  'name = "corp"\nurl = "https://corp.example"',
  'url = "https://more.example"',
  "default = true",
  'default = "true"\n[index.auth]\nuser = "u"',
);
const line = fc.oneof(
  { weight: 5, arbitrary: pair },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "[install]",
      "[tool.uv]",
      "[tool.uv.pip]",
      " [ tool . 'uv' ] # x",
      '[tool."a.b"]',
      "[index.more]",
      "[index]",
      "[a]",
      "[tool]",
      "[install.scopes]",
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("[[index]]", "[[tool.uv.index]]", "[[ index ]] # one"), item)
      .map((both) => both.join("\n")),
  },
  { weight: 3, arbitrary: fc.constantFrom("", "", "# comment", "  # [index]", "# registry = 1") },
);
const texts = (lines: fc.Arbitrary<string>) =>
  fc
    .record({
      mark: fc.constantFrom("", "", "", "\uFEFF"),
      lines: fc.array(lines, { maxLength: 6 }),
      crlf: fc.boolean(),
      last: fc.boolean(),
    })
    .map(({ mark, lines, crlf, last }) => {
      const all = mark + lines.join("\n") + (last && lines.length > 0 ? "\n" : "");
      return crlf ? all.replaceAll("\n", "\r\n") : all;
    })
    .filter((found) => toml.problem(found, []) === null);
const text = texts(line);
/** Without items that have the field but not the key. */
const plainText = texts(line.filter((each) => !/^default = true$/m.test(each)));
const sound = (found: string, each: string) => toml.problem(found, [each]) === null;
const inForce = (found: string) => Object.fromEntries(toml.entries(found).map((entry) => [entry.key, entry.value]));
const set = (found: string, each: string, wanted: string | null) => toml.edit(found, [{ key: each, value: wanted }]);
const runs = { numRuns: 1000, maxSkipsPerRun: 1000 };

describe("editing TOML", () => {
  it("sets a key and no other, by the parser's reading, and nothing the second time", () => {
    const sets = fc.property(text, key, value, (before, each, wanted) => {
      fc.pre(sound(before, each));
      const after = set(before, each, wanted);
      expect(pruned(parse(after))).toEqual(pruned(changed(parse(before), each, wanted)));
      expect(inForce(after)[each]).toBe(wanted);
      expect(set(after, each, wanted)).toBe(after);
      expect(sound(after, each)).toBe(true);
    });
    fc.assert(sets, runs);
  });

  it("removes a key and no other, by the parser's reading, and keeps every comment on a line of its own", () => {
    const removes = fc.property(text, key, (before, each) => {
      fc.pre(sound(before, each));
      const after = set(before, each, null);
      expect(pruned(parse(after))).toEqual(pruned(changed(parse(before), each, null)));
      if (inForce(before)[each] === undefined) expect(after).toBe(before);
      const comments = (found: string) =>
        found
          .split("\n")
          .filter((one) => /^\s*# (comment|inside|registry)/.test(one))
          .map((one) => one.trim());
      expect(comments(after)).toEqual(comments(before));
    });
    fc.assert(removes, runs);
  });

  it("touches no byte of what is already so", () => {
    const same = fc.property(text, (before) => {
      const kept = Object.entries(inForce(before)).map(([each, old]) => ({ key: each, value: old }));
      const names = kept.map((each) => each.key);
      fc.pre(toml.problem(before, names) === null);
      expect(toml.edit(before, kept)).toBe(before);
    });
    fc.assert(same, runs);
  });

  it("replaces the value, and puts what is new in one place", () => {
    const spans = fc.property(text, key, value, (before, each, wanted) => {
      fc.pre(sound(before, each));
      const after = set(before, each, wanted);
      const prefix = common(before, after);
      const suffix = Math.min(common(reversed(before), reversed(after)), before.length - prefix);
      const old = toml.entries(before).find((entry) => entry.key === each);
      const middle = before.slice(prefix, before.length - suffix);
      if (old === undefined) expect(middle).toBe("");
      else expect(before.slice(0, prefix).split("\n").length).toBeGreaterThanOrEqual(old.line);
      expect(middle.split("\n").length).toBeLessThanOrEqual((old?.value.split("\n").length ?? 1) + 2);
    });
    fc.assert(spans, runs);
  });

  it("gives back the bytes when what it added is removed, but for the end of the last line", () => {
    const back = fc.property(plainText, fc.uniqueArray(key, { minLength: 1 }), value, (before, wished, wanted) => {
      const old = inForce(before);
      const each = wished.filter((one) => old[one] === undefined);
      // An empty table at the end cannot be told from one that was added.
      fc.pre(
        each.length > 0 && toml.problem(before, each) === null && !/(^\uFEFF?|\n\r?\n)\[[^[\]]+\]\r?\n?$/.test(before),
      );
      const added = toml.edit(
        before,
        each.map((one) => ({ key: one, value: wanted })),
      );
      const gone = toml.edit(
        added,
        each.map((one) => ({ key: one, value: null })),
      );
      const end = /\r\n|\n/.exec(before)?.[0] ?? "\n";
      expect([before, before + end]).toContain(gone);
      if (before.endsWith("\n")) expect(gone).toBe(before);
    });
    fc.assert(back, runs);
  });

  it("gives back the bytes when a plain string is set to another and back", () => {
    const back = fc.property(text, fc.nat(), (before, pick) => {
      const urls = toml
        .entries(before)
        .filter(({ key: each, value: old }) => /^https:/.test(old) && sound(before, each));
      const { key: each, value: old } = urls[pick % urls.length] ?? { key: "", value: "" };
      // What is in three quotes gets one.
      fc.pre(each !== "");
      const other = set(before, each, "https://other.example");
      expect(set(other, each, old)).toBe(before);
    });
    fc.assert(back, { numRuns: 1000, maxSkipsPerRun: 1000 });
  });
});

describe("what is in force in TOML", () => {
  it("has every scalar, and an item by its position and by what is true in it", () => {
    const found = toml.entries(
      "a = 'x'\n[b]\nc.d = 1_0 # ten\n[[index]]\nurl = \"u\"\ndefault = true\nl = [\n 'one', # x\n 'two' ]\n",
    );
    expect(found).toEqual([
      { key: "a", value: "x", line: 1 },
      { key: "b.c.d", value: "1_0", line: 3 },
      { key: "index[0].url", value: "u", line: 5 },
      { key: "index[default=true].url", value: "u", line: 5 },
      { key: "index[0].default", value: "true", line: 6 },
      { key: "index[default=true].default", value: "true", line: 6 },
      { key: "index[0].l[0]", value: "one", line: 8 },
      { key: "index[default=true].l[0]", value: "one", line: 8 },
      { key: "index[0].l[1]", value: "two", line: 9 },
      { key: "index[default=true].l[1]", value: "two", line: 9 },
    ]);
  });

  it("is nothing where it cannot be read", () => {
    expect(toml.entries("a = 1\nb = = 2\n")).toEqual([]);
  });
});

describe("TOML that is not to be touched", () => {
  it.each([
    ["a = 1\nb = \n", "registry", "syntax", 2],
    ["a = 1\na = 2\n", "registry", "syntax", 2],
    ["a = 1\n[install]\nregistry = { url = 'x' }\n", "install.registry", "unsupported-form", 3],
    ["[install.registry]\nurl = 'x'\n", "install.registry", "unsupported-form", 1],
    ["x = 1\ninstall.registry.url = 'x'\n", "install.registry", "unsupported-form", 2],
    ["\ninstall = { cache = false }\n", "install.registry", "unsupported-form", 2],
    ["install = 'x'\n", "install.registry", "unsupported-form", 1],
    ["[[install]]\nx = 1\n", "install.registry", "unsupported-form", 1],
    ["x = 1\nindex = [{ url = 'x' }]\n", "index[default=true].url", "unsupported-form", 2],
    ["[index]\nurl = 'x'\n", "index[default=true].url", "unsupported-form", 1],
    ["[[index]]\ndefault = true\n[[index]]\ndefault = true\n", "index[default=true].url", "unsupported-form", 4],
    ["install = { # x\n  registry = 'x',\n}\n", "install.registry", "unsupported-form", 2],
    ["[[index]]\nurl = ['x']\ndefault = true\n", "index[default=true].url", "unsupported-form", 2],
  ])("%j, %s: %s in line %i", (found, each, code, line) => {
    expect(toml.problem(found, [each])).toEqual({ code, line });
  });

  it.each([
    ["", "registry"],
    ["\uFEFF[install]\nregistry = 9999999999999999999\n", "install.registry"],
    ["[[index]]\nurl = 'x'\n", "index[default=true].url"],
    ["install.cache = true\n[install.scopes]\n", "install.registry"],
    ["[a]\nindex = { x = 1 }\n", "index[default=true].url"],
  ])("%j, %s is none", (found, each) => {
    expect(toml.problem(found, [each])).toBeNull();
  });

  it("is never guessed at for a key that is none", () => {
    for (const each of ["", "a.", "a[", "a[x=1].b", "a b", "[a]"])
      expect(() => toml.problem("", [each])).toThrow(TypeError);
  });
});

/** What the parser should read afterwards. */
function changed(tree: Tree, each: string, wanted: string | null): Tree {
  const copy = structuredClone(tree);
  const steps = keys[each] ?? [];
  const last = String(steps.at(-1));
  let at: Tree = copy;
  for (const step of steps.slice(0, -1)) {
    if (typeof step === "string") {
      at[step] ??= {};
      at = at[step] as Tree;
      continue;
    }
    const [array, flag] = step;
    const items = (at[array] ?? []) as Tree[];
    const item = items.find((one) => one[flag] === true);
    // With its key the item goes.
    if (wanted === null && item !== undefined && last in item) at[array] = items.filter((one) => one !== item);
    if (wanted !== null && item === undefined) at[array] = [...items, { [flag]: true }];
    at = (at[array] as Tree[] | undefined)?.find((one) => one[flag] === true) ?? {};
  }
  if (wanted === null) delete at[last];
  else at[last] = wanted;
  return copy;
}

/** Without empty tables and arrays: they may come and go with their last content. */
function pruned(tree: unknown): unknown {
  if (tree === null || typeof tree !== "object" || tree instanceof Date) return String(tree);
  const kept = Object.entries(tree).map(([each, one]) => [each, pruned(one)] as const);
  const full = kept.filter(([, one]) => typeof one !== "object" || Object.keys(one as object).length > 0);
  return Array.isArray(tree) ? full.map(([, one]) => one) : Object.fromEntries(full);
}

function common(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function reversed(found: string): string {
  return [...found].reverse().join("");
}
