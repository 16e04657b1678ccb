import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseCatalog } from "../../src/catalog/parse.ts";
import { loadShipped } from "../catalog/shipped.ts";

const root = join(import.meta.dirname, "..", "..");

describe("the package", () => {
  it("carries the catalog, short of its notes and of what its evidence says", () => {
    const { catalog, problems, unknownKeys } = parseCatalog(
      readFileSync(join(root, "dist", "mirrors.json"), "utf8"),
      "shipped",
    );
    expect([problems, unknownKeys]).toEqual([[], []]);
    const kept = loadShipped().catalog;
    const mirrors = kept?.mirrors.map((mirror) => ({
      ...mirror,
      note: null,
      evidence: mirror.evidence.map(({ says: _, ...evidence }) => evidence),
    }));
    expect(catalog).toEqual({ ...kept, mirrors });
  });

  it("carries the licences of what is bundled, and of nothing else", () => {
    const notices = readFileSync(join(root, "THIRD_PARTY_NOTICES"), "utf8");
    const named = [/^undici \S+ \(MIT\)$/m, /^llhttp, as compiled into undici \(MIT\)$/m, /^execa \S+ \(MIT\)$/m];
    expect(named.filter((name) => !name.test(notices))).toEqual([]);
    expect(notices).toContain("Copyright Fedor Indutny, 2018.");
    expect(notices).not.toMatch(/^(figures|pretty-ms|human-signals|npm-run-path|esbuild|rolldown) /m);
  });
});
