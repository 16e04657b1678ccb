import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { yaml } from "../../src/edits/yaml/index.ts";

type Tree = { [name: string]: Tree | string };

const keys: Record<string, readonly string[]> = {
  npmRegistryServer: ["npmRegistryServer"],
  "npmScopes.corp.npmRegistryServer": ["npmScopes", "corp", "npmRegistryServer"],
  "registries.default": ["registries", "default"],
  "registries.@corp": ["registries", "@corp"],
  'npmScopes."a.b".x': ["npmScopes", "a.b", "x"],
};
const key = fc.constantFrom(...Object.keys(keys));
const value = fc.constantFrom(
  "https://near.example/npm/",
  "",
  "it's",
  'a "b" \\ c',
  "two\nlines\r",
  "# no",
  "a: b",
  "true",
  "12",
  " x ",
  "值\u0085\ufeff\u0001",
  "- x",
  "&a",
  "a #b",
);
const scalar = fc.constantFrom(
  "https://old.example/",
  '"https://old.example/"',
  "'https://old.example/'",
  "'it''s'",
  '"\\u00e9 \\" # \\x41\\t"',
  "true",
  "-x",
  "a'b\"c",
  "a#b",
  "",
);
const odd = fc.constantFrom(
  "&a x",
  "*a",
  "!!str x",
  "{ a: 1 }",
  "[a, b]",
  "[a,",
  "|",
  ">-",
  "|+",
  "'open",
  '"bad \\q"',
  "a: b",
  "- x",
  "@x",
);
const name = fc.constantFrom(
  "npmRegistryServer",
  "npmScopes",
  "registries",
  "nodeLinker",
  '"npmRegistryServer"',
  "'npmScopes'",
  "corp",
  "default",
  '"@corp"',
  "'it''s'",
  "a b",
  "https://x:1/y",
  "<<",
  "值",
);
const comment = fc.constantFrom("", "", "", " # comment", "\t#c", "  ");
const gaps = fc.array(fc.constantFrom("", "# note", "  # note", "     # npmRegistryServer: x", "   "), {
  maxLength: 2,
});
const indented = (lines: readonly string[], margin: string) =>
  lines.map((line) => (line.trim() === "" ? line : margin + line));
/** A mapping as its lines. */
const mapping: fc.Memo<string[]> = fc.memo((depth) => {
  const leaf = fc.tuple(
    name,
    fc.constantFrom(":", ":", " :"),
    fc.oneof({ weight: 6, arbitrary: scalar }, { weight: 1, arbitrary: odd }),
    comment,
    gaps,
  );
  const one = leaf.map(([each, colon, set, after, gap]) => [`${each}${colon} ${set}${after}`, ...gap]);
  const block = fc
    .tuple(name, fc.constantFrom("|", ">-", "|+", "", "&a", "["), gaps)
    .map(([each, sign, gap]) => [
      `${each}: ${sign}`,
      ...indented(["- text: # x", "npmRegistryServer: no", "", "# text"], sign === "" ? "" : "   "),
      ...gap,
    ]);
  const list = name.map((each) => [`${each}:`, "- npmRegistryServer: no", "  b: c", "- d"]);
  const known = fc.constantFrom(
    ["npmScopes:", "  corp:", '    npmRegistryServer: "https://old.example/" # x', "    npmAlwaysAuth: true"],
    ["registries:", "    default: https://old.example/", "    '@corp': https://corp.example/"],
    ["npmRegistryServer: 'https://old.example/'"],
  );
  const nested =
    depth <= 1
      ? one
      : fc
          .tuple(name, comment, gaps, fc.constantFrom("  ", "    ", " "), mapping(depth - 1))
          .map(([each, after, gap, margin, below]) => [`${each}:${after}`, ...gap, ...indented(below, margin)]);
  const any = fc.oneof(
    { weight: 5, arbitrary: one },
    { weight: 1, arbitrary: block },
    { weight: 1, arbitrary: list },
    { weight: 4, arbitrary: nested },
    { weight: 3, arbitrary: known },
  );
  return fc
    .uniqueArray(any, { maxLength: 4, selector: ([first = ""]) => first.split(":")[0]?.replace(/["']/g, "").trim() })
    .map((parts) => parts.flat());
});
const text = fc
  .record({
    mark: fc.constantFrom("", "", "\uFEFF"),
    start: fc.constantFrom<string[]>([], [], ["# mine", ""], ["---"], ["--- # doc"], ["%YAML 1.2", "---"]),
    lines: mapping(3),
    more: fc.constantFrom<string[]>([], [], [], ["..."], ["---", "a: b"], ["- a"], ["\tx: y"], ["# end"], [""]),
    crlf: fc.boolean(),
    last: fc.boolean(),
  })
  .map(({ mark, start, lines, more, crlf, last }) => {
    const all = [...start, ...lines, ...more];
    const joined = mark + all.join("\n") + (last && all.length > 0 ? "\n" : "");
    // A last line of spaces alone, without an end, is text or nothing depending on the parser.
    if (/(^|\n)[ \t]+$/.test(joined)) return `${joined}\n`;
    return crlf ? joined.replaceAll("\n", "\r\n") : joined;
  });
const sound = (found: string, each: string) => yaml.problem(found, [each]) === null && read(found) !== null;
const inForce = (found: string) => Object.fromEntries(yaml.entries(found).map((entry) => [entry.key, entry.value]));
const set = (found: string, each: string, wanted: string | null) => yaml.edit(found, [{ key: each, value: wanted }]);
const runs = { numRuns: 1500, maxSkipsPerRun: 1000 };

describe("editing YAML", () => {
  it("sets a key and no other, by a parser's reading, and nothing the second time", () => {
    const sets = fc.property(text, key, value, (before, each, wanted) => {
      fc.pre(sound(before, each));
      const after = set(before, each, wanted);
      expect(read(after)).toEqual(changed(read(before) ?? {}, each, wanted));
      expect(inForce(after)).toEqual({ ...inForce(before), [each]: wanted });
      expect(set(after, each, wanted)).toBe(after);
    });
    fc.assert(sets, runs);
  });

  it("removes a key and no other, by a parser's reading", () => {
    const removes = fc.property(text, key, (before, each) => {
      fc.pre(sound(before, each));
      const after = set(before, each, null);
      expect(read(after)).toEqual(changed(read(before) ?? {}, each, null));
    });
    // Rarely generated: empty lines that a text block above would keep.
    const kept: [string, string] = ["a: |+\n  x\nnpmRegistryServer: y\n\nb: c\n", "npmRegistryServer"];
    fc.assert(removes, { ...runs, examples: [kept] });
  });

  it("reads what a parser reads, and touches no byte of what is already so", () => {
    const same = fc.property(text, (before) => {
      const tree = read(before);
      const kept = yaml.entries(before).map((entry) => ({ key: entry.key, value: entry.value }));
      fc.pre(
        tree !== null &&
          yaml.problem(
            before,
            kept.map((each) => each.key),
          ) === null,
      );
      const flat = flattened(tree ?? {}, []);
      for (const entry of kept) expect([entry.key, flat.get(entry.key)]).toEqual([entry.key, entry.value]);
      expect(yaml.edit(before, kept)).toBe(before);
    });
    fc.assert(same, runs);
  });

  it("gives back the bytes when what it added is removed, but for the end of the last line", () => {
    const back = fc.property(text, fc.uniqueArray(key, { minLength: 1 }), value, (before, wished, wanted) => {
      const each = wished.filter((one) => inForce(before)[one] === undefined);
      fc.pre(each.length > 0 && yaml.problem(before, each) === null && read(before) !== null);
      // A key without a value is there, and goes.
      fc.pre(each.every((one) => flattened(read(before) ?? {}, []).get(one) === undefined));
      const added = yaml.edit(
        before,
        each.map((one) => ({ key: one, value: wanted })),
      );
      const gone = yaml.edit(
        added,
        each.map((one) => ({ key: one, value: null })),
      );
      const end = /\r\n|\n/.exec(before)?.[0] ?? "\n";
      expect([before, before + end]).toContain(gone);
      if (before.endsWith("\n")) expect(gone).toBe(before);
    });
    fc.assert(back, runs);
  });

  it("changes the value's bytes alone, and gives them back", () => {
    const back = fc.property(text, fc.nat(), (before, pick) => {
      const urls = yaml.entries(before).filter(({ value: old }) => old.startsWith("https://"));
      const { key: each, value: old } = urls[pick % urls.length] ?? { key: "", value: "" };
      fc.pre(each !== "" && sound(before, each));
      const other = set(before, each, "https://other.example/");
      expect(set(other, each, old)).toBe(before);
      expect(other.split(/\r?\n/).length).toBe(before.split(/\r?\n/).length);
    });
    fc.assert(back, runs);
  });
});

describe("YAML that is not to be touched", () => {
  it.each([
    ["npmRegistryServer: &r https://x.example/\n", "npmRegistryServer", "unsupported-form", 1],
    ["a: &r x\nnpmRegistryServer: *r\n", "npmRegistryServer", "unsupported-form", 2],
    ["a: 1\nnpmRegistryServer: |\n  https://x.example/\n", "npmRegistryServer", "unsupported-form", 2],
    ["npmRegistryServer: one\n  two\n", "npmRegistryServer", "unsupported-form", 1],
    ["registries: { default: x }\n", "registries.default", "unsupported-form", 1],
    ["registries:\n- default: x\n", "registries.default", "unsupported-form", 1],
    ["registries:\n", "registries.default", "unsupported-form", 1],
    ["registries: x\n", "registries.default", "unsupported-form", 1],
    ["registries:\n  default: x\n", "registries", "unsupported-form", 1],
    ["base: &b\n  x: 1\nregistries:\n  <<: *b\n", "registries.default", "unsupported-form", 4],
    ["registries:\n  default: x\n\tother: y\n", "registries.default", "unsupported-form", 3],
    ["a: 1\n---\nb: 2\n", "b", "unsupported-form", 2],
    ["a: 1\n...\n", "b", "unsupported-form", 2],
    ["%YAML 1.2\n---\na: 1\n", "a", "unsupported-form", 1],
    ["- a\n", "a", "unsupported-form", 1],
    ["{ a: 1 }\n", "a", "unsupported-form", 1],
    ["? a\n: b\n", "a", "unsupported-form", 1],
    ["a: 1\nb: 2\n'a': 3\n", "c", "duplicate-key", 3],
    ["r:\n  a: 1\n  a: 2\n", "c", "duplicate-key", 3],
  ])("%j, %s: %s in line %i", (found, each, code, line) => {
    expect(yaml.problem(found, [each])).toEqual({ code, line });
  });

  it.each([
    ["", "a"],
    ["\uFEFF--- # mine\na: 1\n", "a"],
    ["x: &a { b: [1,\n  2] }\ny: *a\nz: |\n  - <<: no\nw:\n- q\n", "a"],
    ["a:\n", "a"],
    ["a: # none yet\n", "a"],
  ])("%j, %s is none", (found, each) => {
    expect(yaml.problem(found, [each])).toBeNull();
  });

  it("is never guessed at for a key that is none", () => {
    for (const each of ["", "a.", ".a", 'a"b']) expect(() => yaml.problem("", [each])).toThrow(TypeError);
  });
});

/** By the parser, every scalar as text; null where it finds anything wrong. */
function read(found: string): Tree | null {
  const document = parseDocument(found, { schema: "failsafe", strict: true, logLevel: "silent" });
  if (document.errors.length > 0 || document.warnings.length > 0) return null;
  try {
    const tree = document.toJS() as Tree | string | null;
    return tree === null || tree === "" ? {} : typeof tree === "object" ? tree : null;
  } catch {
    // An alias without its anchor.
    return null;
  }
}

/** What the parser should read afterwards. */
function changed(tree: Tree, each: string, wanted: string | null): Tree {
  const copy = structuredClone(tree);
  const way: Tree[] = [copy];
  const names = keys[each] ?? [];
  for (const step of names.slice(0, -1)) {
    const at = way.at(-1) ?? {};
    if (wanted !== null) at[step] ??= {};
    way.push((at[step] ?? {}) as Tree);
  }
  if (wanted !== null) (way.at(-1) ?? {})[String(names.at(-1))] = wanted;
  else if (String(names.at(-1)) in (way.at(-1) ?? {})) {
    for (const [index, at] of [...way.entries()].reverse()) {
      delete at[String(names[index])];
      if (Object.keys(at).length > 0) break;
    }
  }
  return copy;
}

/** Keys and scalars. */
function flattened(tree: Tree, names: readonly string[]): Map<string, string> {
  const found = Object.entries(tree).flatMap(([each, below]) => {
    const way = [...names, /^[^."]+$/.test(each) ? each : JSON.stringify(each)];
    if (below !== null && typeof below === "object") return [...flattened(below, way)];
    return [[way.join("."), below] as const];
  });
  return new Map(found);
}
