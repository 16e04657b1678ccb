import fc from "fast-check";
import type { LawFormat } from "../formats.ts";
import { choicesAmong } from "./choices.ts";
import { compactJson, membersIn } from "./json-reader.ts";

const key = "registry-mirrors";
const mirrors = ["https://near.example", "https://far.example/hub/", "https://third.example"];

/** Values that stand in real files, and some that should not. */
const lists = [
  `["${mirrors[0]}"]`,
  `["${mirrors[1]}/","https://corp.example"]`,
  `[ "${mirrors[0]}" ,\t"${mirrors[2]}"\n]`,
  `[\n    "https:\\/\\/corp.example",\n\n    "${mirrors[1]}"\n  ]`,
  `[\n      "${mirrors[0]}"\n    , "${mirrors[2]}" ]`,
  "[]",
  "[\n  ]",
  "null",
];

const managed = fc.tuple(
  fc.constantFrom(`"${key}"`, `"${key}"`, '"registry\\u002dmirrors"'),
  fc.constantFrom(...lists),
);

/** Members that are near misses, hard to read, or other people's. */
const others = fc.constantFrom(
  ['"registry-mirror"', `["${mirrors[0]}"]`],
  ['"Registry-Mirrors"', "[]"],
  ['"features"', `{ "${key}": ["https://no.example"], "x": {} }`],
  ['"max"', "123456789012345678901234567890"],
  ['"twelve"', "100000000001"],
  ['"e"', "-1.0E+400"],
  ['"debug"', "true"],
  ['"nothing"', "null"],
  ['"dns"', '["8.8.8.8", "1.1.1.1"]'],
  [
    '"labels"',
    '["}", "{", "\\"", "\\\\", ",", "[", "// no", "/* no */", "机器=北京 🚀", "\\u00e9\\ud83d\\ude80", "\\ud800"]',
  ],
  ['"log-opts"', '{\n    "max-size": "10m",\n    "max-file": "3"\n  }'],
  ['"runtimes"', '{"a":{"path":"/x","runtimeArgs":[]},"b":[[],[{}],{"c":[1,2]}]}'],
  ['"long"', `"${"x".repeat(9_000)}"`],
  ['"__proto__"', '{"x":1}'],
  ['""', '""'],
  ['"a\\"b\\\\"', "[\r\n]"],
  ['"独"', '"\u2028\u0085\u007f"'],
);

const layouts = fc.constantFrom(
  { open: "\n  ", comma: ",\n  ", colon: ": ", close: "\n" },
  { open: "\n    ", comma: ",\n    ", colon: ": ", close: "\n" },
  { open: "\n\t", comma: ",\n\t", colon: " : ", close: "\n" },
  { open: "\n\n  ", comma: " ,\n\n \n  ", colon: ":", close: "\n\n" },
  { open: "\n  ", comma: "\n, ", colon: "\n:\n", close: "\n" },
  { open: "\n", comma: ",\n", colon: ":\t", close: "" },
  { open: "", comma: ",", colon: ":", close: "" },
  { open: " ", comma: ", ", colon: ": ", close: " " },
  { open: "\n  ", comma: ", ", colon: ": ", close: "\n  " },
);

const texts = fc
  .record({
    members: fc.array(fc.oneof({ arbitrary: others, weight: 3 }, { arbitrary: managed, weight: 1 }), { maxLength: 7 }),
    layout: layouts,
    around: fc.constantFrom(["", ""], ["", "\n"], ["", "\n\n"], ["\n ", " \n"], [" \t", ""]),
    ends: fc.constantFrom("\n", "\n", "\r\n", "\r"),
    blank: fc.constantFrom(false, false, false, false, false, false, false, false, true),
  })
  .map(({ members, layout: { open, comma, colon, close }, around, ends, blank }) => {
    const inner = members.map(([name, value]) => `${name}${colon}${value}`).join(comma);
    const text = blank ? around.join("") : `${around[0]}{${open}${inner}${close}}${around[1]}`;
    return new TextEncoder().encode(text.replaceAll(/\r?\n/g, ends));
  });

const choices = choicesAmong(mirrors, 3);

/** A daemon.json's lines are no measure: a comma belongs to two of them. What is compared instead are the other members, each as it is written. */
export const dockerLaw: LawFormat = {
  file: ".config/docker/daemon.json",
  texts,
  choices,
  knowledge: {
    isMirror: (url) => mirrors.some((mirror) => mirror.replace(/\/$/, "") === url.replace(/\/$/, "")),
    probes: {},
  },
  runsWithTool: 10,
  parse: (bytes) => new Map(membersIn(bytes).map(({ name, value }) => [name, compactJson(value)])),
  otherLines: (bytes, keys) => membersIn(bytes).flatMap(({ name, written }) => (keys.includes(name) ? [] : [written])),
};
