import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ini } from "../../src/edits/ini.ts";
import { describeWith } from "../lab/tools.ts";
import { type PipAnswer, pipConfigList, pipReads } from "./oracles/pip.ts";

const url = fc.constantFrom("https://near.example/simple", "https://u:p%40x@far.example/#a;b", "50%", "a = b", "");
const option = fc.constantFrom(
  "index-url",
  "index_url",
  "Index-URL",
  "--index-url",
  "timeout",
  "extra-index-url",
  "a:b",
);
const sign = fc.constantFrom("=", " = ", ": ", " :", "=  ", "\t=\t");
const indent = fc.constantFrom("", "", "", " ", "    ", "\t", "\t  ");
const assignment = fc.tuple(indent, option, sign, url).map((parts) => parts.join(""));
const header = fc
  .tuple(fc.constantFrom("", "", "", "  "), fc.constantFrom("global", "install", "Global", "镜像", "a.b", "DEFAULT"))
  .map(([margin, name]) => `${margin}[${name}]`);
const rest = fc.oneof(
  fc.tuple(indent, url).map((parts) => parts.join("")),
  fc.constantFrom(
    "",
    "",
    "  ",
    "# comment",
    "  ; comment = 1",
    "    # in between",
    "\u00a0",
    "garbage",
    "[x",
    "[] y",
    "[a] = b",
  ),
);
const ends = fc.record({ end: fc.constantFrom("\n", "\n", "\r\n", "\r"), last: fc.boolean() });
const joined = (lines: readonly string[], { end, last }: { end: string; last: boolean }) =>
  lines.join(end) + (last && lines.length > 0 ? end : "");
/** Anything, most of it refused. */
const wild = fc
  .tuple(
    fc.constantFrom("[global]", "[install]", "# pip", "", "\uFEFF[global]"),
    fc.array(
      fc.oneof({ weight: 5, arbitrary: assignment }, { weight: 2, arbitrary: header }, { weight: 3, arbitrary: rest }),
      {
        maxLength: 7,
      },
    ),
    ends,
  )
  .map(([start, lines, style]) => joined([start, ...lines], style));
const between = fc.array(fc.constantFrom("", "", "  ", "# comment", "  ; comment = 1", "\t\u00a0"), { maxLength: 2 });
const continuation = fc
  .tuple(between, fc.constantFrom("     ", "\t\t\t\t\t"), url)
  .map(([gap, margin, more]) => [...gap, margin + more]);
const section = fc
  .tuple(
    fc.constantFrom("global", "install", "Global", "镜像", "a.b"),
    fc.constantFrom("", "", "  "),
    fc.uniqueArray(fc.tuple(option, indent, sign, url, fc.array(continuation, { maxLength: 2 }), between), {
      selector: ([name]) => name.toLowerCase(),
      maxLength: 4,
    }),
    between,
  )
  .map(([name, margin, options, gap]) => ({
    name,
    lines: [
      `${margin}[${name}]${margin}`,
      ...gap,
      ...options.flatMap(([each, own, equals, set, more, after]) => [
        own + each + equals + set,
        ...more.flat(),
        ...after,
      ]),
    ],
  }));
/** What pip takes, for the most part: indentation may make a value of what looks like an option. */
const text = fc
  .tuple(between, fc.uniqueArray(section, { selector: ({ name }) => name, maxLength: 3 }), ends)
  .map(([top, sections, style]) => joined([...top, ...sections.flatMap(({ lines }) => lines)], style));
const key = fc.constantFrom("global.index-url", "install.timeout", "global.trusted-host", "download.index-url");
const value = fc.constantFrom(
  "https://new.example/simple",
  "a%b ; c # d",
  "",
  "x = y: z",
  "one\ntwo",
  "\nhttps://new.example\n\nb",
);
const sound = (found: string, keys: readonly string[]) => ini.problem(found, keys) === null;
const inForce = (found: string) => Object.fromEntries(ini.entries(found).map((entry) => [entry.key, entry.value]));
const runs = { numRuns: 1000 };

describe("editing a pip.conf", () => {
  it("sets a key and no other, and nothing the second time", () => {
    const sets = fc.property(text, key, value, (before, name, wanted) => {
      fc.pre(sound(before, [name]));
      const after = ini.edit(before, [{ key: name, value: wanted }]);
      expect(ini.problem(after, [name])).toBeNull();
      expect(inForce(after)).toEqual({ ...inForce(before), [name]: wanted });
      expect(ini.edit(after, [{ key: name, value: wanted }])).toBe(after);
    });
    fc.assert(sets, runs);
  });

  it("removes a key and no other", () => {
    const removes = fc.property(text, key, (before, name) => {
      fc.pre(sound(before, [name]));
      const after = ini.edit(before, [{ key: name, value: null }]);
      const { [name]: _, ...others } = inForce(before);
      expect(ini.problem(after, [name])).toBeNull();
      expect(inForce(after)).toEqual(others);
    });
    fc.assert(removes, runs);
  });

  it("touches no byte of what is already so", () => {
    const same = fc.property(text, (before) => {
      const kept = Object.entries(inForce(before)).map(([name, set]) => ({ key: name, value: set }));
      fc.pre(
        sound(
          before,
          kept.map((each) => each.key),
        ),
      );
      expect(ini.edit(before, kept)).toBe(before);
    });
    fc.assert(same, runs);
  });

  it("gives back the bytes when what it set is set back", () => {
    const back = fc.property(text, fc.nat(), (before, pick) => {
      const kept = ini.entries(before).filter(({ value: old }) => old !== "" && !old.includes("\n"));
      const { key: name, value: old } = kept[pick % kept.length] ?? { key: "", value: "" };
      fc.pre(name !== "" && sound(before, [name]));
      const changed = ini.edit(before, [{ key: name, value: "https://other.example" }]);
      expect(ini.edit(changed, [{ key: name, value: old }])).toBe(before);
    });
    fc.assert(back, runs);
  });

  it("gives back the bytes when what it added is removed, but for the end of the last line", () => {
    const back = fc.property(text, fc.uniqueArray(key, { minLength: 1 }), value, (before, names, wanted) => {
      fc.pre(sound(before, names) && names.every((name) => inForce(before)[name] === undefined));
      // An empty section at the very end cannot be told from one that was added.
      fc.pre(!/(^|[\r\n])\[[^\r\n]*\][\r\n]*$/.test(before));
      const added = ini.edit(
        before,
        names.map((name) => ({ key: name, value: wanted })),
      );
      const gone = ini.edit(
        added,
        names.map((name) => ({ key: name, value: null })),
      );
      const end = /\r\n|\r|\n/.exec(before)?.[0] ?? "\n";
      const open = before !== "" && !/[\r\n]$/.test(before);
      expect(open && gone !== before ? before + end : before).toBe(gone);
    });
    fc.assert(back, runs);
  });

  it("keeps every line of others, byte for byte and in order", () => {
    const keeps = fc.property(text, key, fc.option(value, { nil: null }), (before, name, wanted) => {
      fc.pre(sound(before, [name]));
      const after = ini.edit(before, [{ key: name, value: wanted }]);
      // The last line may get an end when another is put behind it.
      const [old, now] = [otherLines(before, name), otherLines(after, name)];
      const last = old.at(-1);
      const ended =
        last !== undefined && now.at(-1)?.replace(/[\r\n]+$/, "") === last ? [...now.slice(0, -1), last] : now;
      expect(ended).toEqual(old);
    });
    fc.assert(keeps, runs);
  });
});

describe("a pip.conf that is not to be touched", () => {
  it.each([
    ["\uFEFF[global]\n", "byte-order-mark", 1],
    ["\xEF\xBB\xBF[global]\n; \xD6\xD0\n", "byte-order-mark", 1],
    ["# x\nindex-url = x\n[global]\n", "key-before-section", 2],
    ["[global]\na = 1\n\n[global]\nb = 1\n", "duplicate-section", 4],
    ["[global]\nindex-url = 1\nINDEX-URL: 2\n", "duplicate-key", 3],
    ["[global]\nindex-url\n", "syntax", 2],
    ["[global]\n= x\n", "syntax", 2],
    ["[global\n", "key-before-section", 1],
    ["[DEFAULT]\nindex_url = x\n[global]\n", "unsupported-form", 2],
  ])("%j: %s", (found, code, line) => {
    expect(ini.problem(found, ["global.index-url"])).toEqual({ code, line });
  });

  it.each([
    ["", "an empty file"],
    ["[global]\nindex_url = 1\nindex-url = 2\n", "two spellings, of which pip takes the last"],
    ["[DEFAULT]\ntimeout = 3\n[DEFAULT]\nretries = 1\n[global]\n", "defaults of other keys, even twice"],
    ["[global]\n  a = 1\n  b = 2\n  [install]\n", "everything indented"],
    ["[global]\na = 1\n    [global]\n", "a header that continues a value"],
  ])("%j is none: %s", (found) => {
    expect(ini.problem(found, ["global.index-url"])).toBeNull();
  });
});

describeWith("python3", "what pip itself reads", () => {
  it("is what we read, before and after an edit", () => {
    const samples = fc.sample(fc.tuple(fc.oneof(text, wild), key, fc.option(value, { nil: null })), {
      numRuns: 2000,
      seed: 7,
    });
    const edited = samples.map(([before, name, wanted]) =>
      sound(before, [name]) ? ini.edit(before, [{ key: name, value: wanted }]) : before,
    );
    const all = [...samples.map(([before]) => before), ...edited];
    const answers = pipReads(all);
    expect(answers.filter((answer) => "values" in answer).length).toBeGreaterThan(1000);
    for (const [index, [before, name, wanted]] of samples.entries()) {
      const after = answers[samples.length + index];
      if (sound(before, [name]) && after !== undefined && "values" in after)
        expect(after.values[name]).toBe(wanted ?? undefined);
    }
    for (const [index, answer] of answers.entries()) {
      const found = all[index] ?? "";
      const ours = { found, values: inForce(found), problem: ini.problem(found, [])?.code ?? null };
      expect(ours).toEqual({ found, values: ours.values, problem: null, ...pipSays(found, answer) });
    }
  });

  it("is the same on pip's command line", () => {
    const before = "; pip\n[global]\nIndex_URL: https://old.example\n\n[install]\ntrusted-host =\n  a.example\n";
    const found = ini.edit(before, [
      { key: "global.index-url", value: "https://new.example/%7Esimple" },
      { key: "download.timeout", value: "9" },
    ]);
    // The machine's own /etc/pip.conf may add to them.
    expect(pipConfigList(found)).toEqual(
      expect.arrayContaining([
        "download.timeout='9'",
        "global.index-url='https://new.example/%7Esimple'",
        "install.trusted-host='\\na.example'",
      ]),
    );
  });
});

function pipSays(found: string, answer: PipAnswer): object {
  if ("values" in answer) return answer;
  return { problem: found.startsWith("\uFEFF") ? "byte-order-mark" : codes[answer.error] };
}

/** The lines, with their ends, that are not the key's nor its section's header, nor empty: read without the program's code. */
function otherLines(found: string, name: string): string[] {
  const [wantedSection = "", wantedOption = ""] = name.split(/\.(.*)/s);
  let section = "";
  let level = Number.POSITIVE_INFINITY;
  let own = false;
  return found.split(/(?<=\r\n|\n|\r(?!\n))/).filter((line) => {
    const body = line.trim();
    if (/^[#;]|^$/.test(body)) return body !== "";
    const indent = line.search(/\S/);
    if (indent > level) return !own;
    const inBrackets = /^\[(.+)\]/.exec(body)?.[1];
    level = inBrackets === undefined ? indent : Number.POSITIVE_INFINITY;
    section = inBrackets ?? section;
    if (inBrackets !== undefined) return line.trim() !== `[${wantedSection}]`;
    const option = body
      .split(/\s*[=:]/)[0]
      ?.toLowerCase()
      .replaceAll("_", "-")
      .replace(/^--/, "");
    own = section === wantedSection && option === wantedOption;
    return !own;
  });
}

/** Our codes for configparser's exceptions. */
const codes: Readonly<Record<string, string>> = {
  MissingSectionHeaderError: "key-before-section",
  DuplicateSectionError: "duplicate-section",
  DuplicateOptionError: "duplicate-key",
  ParsingError: "syntax",
};
