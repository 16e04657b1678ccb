import type { Entry, Format, TextProblem } from "../types.ts";
import { editOne } from "./edit.ts";
import { namesOf } from "./names.ts";
import { type Pair, treeOf } from "./tree.ts";

/**
 * .yarnrc.yml, pnpm's config.yaml: a key is the names on its way with dots between, `npmScopes.corp.npmRegistryServer`, in JSON's quotes where
 * a name has a dot or a quote in it. Only block mappings and one-line scalars are read and changed; a key that leads into anything else is a
 * problem. A mapping that loses its last key goes too: it would be null.
 */
export const yaml: Format = {
  entries: (text) => [...new Map(entriesOf(treeOf(text).pairs, "").map((entry) => [entry.key, entry])).values()],
  edit: (text, edits) => edits.reduce(editOne, text),
  problem: (text, keys) => {
    const { pairs, trouble } = treeOf(text);
    const problems = [
      ...(trouble === null ? [] : [{ code: "unsupported-form", line: trouble.number } as const]),
      ...duplicates(pairs),
      ...keys.flatMap((key) => obstacle(pairs, namesOf(key))),
    ];
    return problems.sort((a, b) => a.line - b.line)[0] ?? null;
  },
};

function entriesOf(pairs: readonly Pair[], prefix: string): Entry[] {
  return pairs.flatMap(({ name, kind, text, line, pairs: below }) => {
    const key = prefix + (/^[^."]+$/.test(name) ? name : JSON.stringify(name));
    if (kind === "mapping") return entriesOf(below, `${key}.`);
    return kind === "scalar" ? [{ key, value: text, line: line.number }] : [];
  });
}

function duplicates(pairs: readonly Pair[]): TextProblem[] {
  const first = new Map(pairs.toReversed().map((pair) => [pair.name, pair]));
  return [
    ...pairs.filter((pair) => first.get(pair.name) !== pair).map(({ line }) => repeated(line)),
    ...pairs.flatMap(({ pairs: below }) => duplicates(below)),
  ];
}

function repeated({ number }: Pair["line"]): TextProblem {
  return { code: "duplicate-key", line: number };
}

/** What makes the way to a key unclear: keys that are merged in, or a value where a mapping or a scalar is needed. */
function obstacle(pairs: readonly Pair[], names: readonly string[]): TextProblem[] {
  const [name, ...rest] = names;
  const merged = pairs.find((pair) => pair.name === "<<");
  const pair = merged ?? pairs.find((each) => each.name === name);
  if (pair === undefined) return [];
  if (pair !== merged && rest.length > 0 && pair.kind === "mapping") return obstacle(pair.pairs, rest);
  const scalar = pair !== merged && rest.length === 0 && (pair.kind === "scalar" || pair.kind === "nothing");
  return scalar ? [] : [{ code: "unsupported-form", line: pair.line.number }];
}
