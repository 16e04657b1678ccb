import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "src");

interface Import {
  readonly target: string;
  /** `import type`, `export type`, or names that are all `type`: gone when compiled. */
  readonly typeOnly: boolean;
}

interface Source {
  /** Below src, with slashes. */
  readonly path: string;
  readonly part: string;
  /** Without comments. */
  readonly code: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map(readSource);

/** What each part may use at run time: the layout of the README, with `core` between the commands and the rest. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  "main.ts": ["cli", "open.ts", "report"],
  "open.ts": ["cli", "core", "platform", "ports", "report", "wizard"],
  cli: ["core", "catalog", "ecosystems", "probe", "plan", "report", "wizard", "platform"],
  core: ["catalog", "ecosystems", "probe", "plan", "platform"],
  wizard: ["core", "catalog", "report"],
  ecosystems: ["edits", "platform", "probe/answers.ts"],
  plan: ["edits", "platform"],
  probe: [],
  catalog: [],
  edits: [],
  platform: [],
  ports: ["platform"],
  report: [],
};

describe("the architecture", () => {
  it("is read", () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(200);
    expect(new Set(sources.map(({ part }) => part))).toEqual(new Set([...Object.keys(mayUse)].filter(exists)));
  });

  it("has imports that point one way", () => {
    const wrong = sources.flatMap(({ path, part, imports }) =>
      ours(path, imports)
        .filter(({ target, typeOnly }) => !isAllowed(part, target, typeOnly))
        .map(({ target }) => `${path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("has no circle of imports", () => {
    expect(sources.flatMap(({ path }) => (reachable(path).has(path) ? [path] : []))).toEqual([]);
  });

  it("has types.ts files that import types only, and edits that import nothing of ours", () => {
    const types = sources.filter(({ path }) => path.endsWith("/types.ts"));
    expect(types.length).toBeGreaterThan(5);
    expect(types.flatMap(({ path, imports }) => imports.filter(({ typeOnly }) => !typeOnly).map(() => path))).toEqual(
      [],
    );
    const edits = sources.filter(({ part }) => part === "edits");
    expect(
      edits.flatMap(({ path, imports }) => ours(path, imports).filter(({ target }) => !target.startsWith("edits/"))),
    ).toEqual([]);
  });

  it.each([
    ["node:fs", /^(node:)?fs(\/|$)/, ["main.ts", "open.ts", "ports"]],
    ["programs", /^(execa|which|(node:)?child_process)$/, ["ports"]],
    ["sockets", /^(undici|(node:)?(net|tls|dns|https?|http2|dgram))(\/|$)/, ["ports"]],
    ["chalk", /^(chalk|picocolors|yoctocolors)$/, ["report"]],
    ["prompts", /^(@inquirer|@clack|(node:)?readline)/, ["wizard"]],
    ["commander", /^commander$/, ["cli"]],
  ] as const)("keeps %s to its place", (_, pattern, places) => {
    const users = sources.filter(({ imports }) =>
      imports.some(({ target, typeOnly }) => !typeOnly && pattern.test(target)),
    );
    expect(users.filter(({ part }) => !(places as readonly string[]).includes(part)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it.each([
    ["process.", /(?<![\w.$])process\s*(\.|\[)|globalThis\.process/, ["main.ts", "open.ts", "ports"]],
    ["console.", /(?<![\w.$])console\s*[.[]/, []],
    ["the clock", /(?<![\w.$])(Date\.now\(|performance\.now\(|setTimeout\(|setInterval\()|new Date\(\)/, ["ports"]],
    ["fetch", /(?<![\w.$])fetch\(/, ["ports"]],
  ] as const)("keeps %s to its place", (_, pattern, places) => {
    const users = sources.filter(({ code }) => pattern.test(code));
    expect(users.filter(({ part }) => !(places as readonly string[]).includes(part)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it("spells out no official upstream: the tool is asked, or the catalog", () => {
    const upstream =
      /(proxy|sum|index)\.golang\.(org|google\.cn|com\.cn)|pypi\.(org|python)|pythonhosted|registry\.[a-z]+js\.(org|com)|docker\.(io|com)\b/i;
    expect(sources.filter(({ code }) => upstream.test(code)).map(({ path }) => path)).toEqual([]);
  });

  it("has small files", () => {
    expect(sources.filter(({ lines }) => lines > 180).map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
  });
});

function exists(part: string): boolean {
  return sources.some((source) => source.part === part);
}

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), "utf8");
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/ .*$/gm, "");
  return { path, part: path.split("/")[0] ?? "", code, lines: text.split("\n").length - 1, imports: importsOf(code) };
}

function importsOf(code: string): Import[] {
  const named = [...code.matchAll(/^(?:import|export)\s([^;]*?)\sfrom\s+"([^"]+)"/gm)].map(
    ([, clause = "", target = ""]) => {
      const names = /^\{([^}]*)\}$/
        .exec(clause)?.[1]
        ?.split(",")
        .map((name) => name.trim())
        .filter(Boolean);
      return {
        target,
        typeOnly: clause.startsWith("type ") || (names?.every((name) => name.startsWith("type ")) ?? false),
      };
    },
  );
  const bare = [...code.matchAll(/^import\s+"([^"]+)"|(?<![\w.])import\(\s*"([^"]+)"\s*\)/gm)];
  return [...named, ...bare.map(([, a, b]) => ({ target: a ?? b ?? "", typeOnly: false }))];
}

/** Imports of our own files, by their path below src. */
function ours(path: string, imports: readonly Import[]): Import[] {
  const own = imports.filter(({ target }) => target.startsWith("."));
  return own.map(({ target, typeOnly }) => ({
    target: relative(root, join(root, dirname(path), target)).replaceAll("\\", "/"),
    typeOnly,
  }));
}

function isAllowed(part: string, target: string, typeOnly: boolean): boolean {
  const inside = target.split("/")[0] === part;
  const known = (mayUse[part] ?? []).some((allowed) => target === allowed || target.startsWith(`${allowed}/`));
  return inside || known || (typeOnly && target.endsWith("/types.ts"));
}

function reachable(path: string): Set<string> {
  const found = new Set<string>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const source = sources.find((candidate) => candidate.path === next);
    for (const { target, typeOnly } of ours(next, source?.imports ?? [])) {
      if (typeOnly || found.has(target)) continue;
      found.add(target);
      open.push(target);
    }
  }
  return found;
}
