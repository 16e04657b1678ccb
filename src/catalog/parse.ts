import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import * as v from "valibot";
import { completed } from "./complete.ts";
import { catalogSchema, knownKeys } from "./schema.ts";
import type { Catalog, Mirror, Probes } from "./types.ts";
import { isProtected } from "./url.ts";

/** One thing that is wrong, or odd, in a catalog file. `path` is like `mirrors[3].url`, or `line 4, column 2` where the file is not JSON. */
export interface CatalogProblem {
  readonly path: string;
  readonly problem: string;
}

export interface ParsedCatalog {
  /** Null where there are problems. */
  readonly catalog: Catalog | null;
  readonly problems: readonly CatalogProblem[];
  /** Keys that the program does not know: perhaps of a newer version, perhaps misspelt. */
  readonly unknownKeys: readonly string[];
}

/** Reads a catalog file. All problems are found at once. `origin` `user` may allow plain http, mirror by mirror. */
export function parseCatalog(text: string, origin: Mirror["origin"]): ParsedCatalog {
  const errors: ParseError[] = [];
  const source = text.replace(/^\uFEFF/, "");
  const raw: unknown = parse(source, errors, { disallowComments: true, allowTrailingComma: false });
  if (errors.length > 0) return failed(errors.map((error) => syntaxProblem(source, error)));
  const result = v.safeParse(catalogSchema, raw);
  if (!result.success) return failed(result.issues.flatMap(schemaProblems));
  const mirrors = result.output.mirrors.map((mirror) => completed(mirror, origin));
  const problems = mirrors.flatMap((mirror, index) => semanticProblems(mirror, index, mirrors));
  if (problems.length > 0) return failed(problems);
  const catalog = { updated: result.output.updated, mirrors, probes: probesOf(result.output.probes) };
  return { catalog, problems: [], unknownKeys: unknownKeys(raw as v.InferInput<typeof catalogSchema>) };
}

function failed(problems: readonly CatalogProblem[]): ParsedCatalog {
  return { catalog: null, problems, unknownKeys: [] };
}

function syntaxProblem(text: string, { error, offset }: ParseError): CatalogProblem {
  const before = text.slice(0, offset).split("\n");
  return {
    path: `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`,
    problem: `not JSON: ${printParseErrorCode(error)}`,
  };
}

function schemaProblems(issue: v.BaseIssue<unknown>): CatalogProblem[] {
  if (issue.kind === "schema" && issue.received === "undefined")
    return [{ path: pathOf(issue), problem: "is missing" }];
  return [{ path: pathOf(issue), problem: issue.message }];
}

function pathOf({ path }: v.BaseIssue<unknown>): string {
  const steps = (path ?? []).map(({ key }) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return steps.join("").replace(/^\./, "") || "(whole file)";
}

function semanticProblems(mirror: Mirror, index: number, all: readonly Mirror[]): CatalogProblem[] {
  const problems: CatalogProblem[] = [];
  const first = all.findIndex(({ id, ecosystem }) => id === mirror.id && ecosystem === mirror.ecosystem);
  if (first !== index) problems.push({ path: `mirrors[${index}].id`, problem: `is the same as mirrors[${first}].id` });
  const allowed = mirror.origin === "user" && mirror.insecure;
  if (mirror.url !== null && !isProtected(mirror.url) && !allowed) {
    const hint = mirror.origin === "user" ? ', or "insecure": true beside it' : "";
    problems.push({ path: `mirrors[${index}].url`, problem: `plain http outside this machine: use https${hint}` });
  }
  return problems;
}

function probesOf(found: v.InferOutput<typeof catalogSchema>["probes"]): Probes {
  return JSON.parse(JSON.stringify(found, (_, value: unknown) => (value === null ? undefined : value))) as Probes;
}

function unknownKeys(raw: v.InferInput<typeof catalogSchema>): string[] {
  const strange = (found: object, known: readonly string[]) => Object.keys(found).filter((key) => !known.includes(key));
  const inMirrors = raw.mirrors.flatMap((mirror, index) =>
    strange(mirror, knownKeys.mirror).map((key) => `mirrors[${index}].${key}`),
  );
  const inProbes = (["go", "npm", "pip", "docker"] as const).flatMap((ecosystem) =>
    [raw.probes?.[ecosystem] ?? []]
      .flat()
      .flatMap((found) => strange(found as object, knownKeys[ecosystem]).map((key) => `probes.${ecosystem}.${key}`)),
  );
  return [...strange(raw, knownKeys.file), ...inMirrors, ...inProbes];
}
