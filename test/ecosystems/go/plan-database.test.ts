import { describe, expect, it } from "vitest";
import { planGo } from "../../../src/ecosystems/go/plan.ts";
import type { ChosenMirror, Planned } from "../../../src/ecosystems/types.ts";
import { loadShipped } from "../../catalog/shipped.ts";
import { currentWith, database, far, knowledge, mirror, near, reference } from "./current-values.ts";

/** The GOSUMDB of a plan; undefined where it is left alone. */
function databaseOf(planned: Planned): string | null | undefined {
  if (!planned.ok) throw new Error("refused");
  return planned.changes.flatMap(({ edits }) => edits).find(({ key }) => key === "GOSUMDB")?.value;
}

function databaseAfter(stored: string | null, chain: readonly ChosenMirror[]): string | null | undefined {
  const current = currentWith(stored === null ? {} : { GOSUMDB: stored });
  return databaseOf(planGo(current, { kind: "mirrors", chain, privatePatterns: [], scopeRegistries: [] }, knowledge));
}

const without = mirror(near, ["no-sumdb"]);

describe("the GOSUMDB that is written", () => {
  it.each([
    ["go's default, all carry it", null, [mirror(near), mirror(far)], undefined],
    ["go's default, one does not", null, [mirror(far), without], "sums.example"],
    ["the key alone", database, [without], `${database} ${reference}`],
    ["the key with its address", `${database} ${reference}`, [without], undefined],
    ["the alias", "sums.example", [without], undefined],
    ["a database of one's own", "sum.corp.example+00000000+AAAA", [without], undefined],
    ["a database of one's own, with address", "corp.example https://s.corp.example", [without], undefined],
    ["off", "off", [without], undefined],
    ["what was not asked, without a word of the catalog", null, [mirror(near, null)], undefined],
  ])("over %s", (_, stored, chain, wanted) => {
    expect(databaseAfter(stored, chain)).toBe(wanted);
  });

  it("is never off, and never lost, whatever the catalog names", () => {
    const shipped = loadShipped().catalog?.mirrors.filter(({ ecosystem }) => ecosystem === "go") ?? [];
    expect(shipped.length).toBeGreaterThan(3);
    for (const entry of shipped) {
      const chain = [{ url: entry.url ?? near, mirror: entry, traits: null }];
      expect(["off", null]).not.toContain(databaseAfter(null, chain));
    }
  });

  it("is what the catalog names for a mirror that was not asked", () => {
    const aliyun = loadShipped().catalog?.mirrors.find(({ id, ecosystem }) => ecosystem === "go" && id === "aliyun");
    const named = aliyun?.settings.GOSUMDB;
    expect(named).toMatch(/^sum\./);
    expect(databaseAfter(null, [{ url: near, mirror: aliyun ?? null, traits: null }])).toBe(named);
  });
});

describe("reset", () => {
  const reset = (stored: Record<string, string>) => {
    const planned = planGo(currentWith(stored), { kind: "reset" }, knowledge);
    if (!planned.ok) return planned.message.code;
    const edits = planned.changes.flatMap((change) => change.edits);
    return { ...Object.fromEntries(edits.map(({ key, value }) => [key, value])), said: planned.messages.length };
  };

  it.each([
    ["nothing", {}, { said: 0 }],
    ["a mirror", { GOPROXY: `${near},direct` }, { GOPROXY: null, said: 0 }],
    [
      "mirrors, with and without scheme and slash",
      { GOPROXY: "far.example/goproxy|near.example" },
      { GOPROXY: null, said: 0 },
    ],
    ["an own entry", { GOPROXY: "https://corp.example,direct" }, { said: 1 }],
    [
      "an own entry and a mirror",
      { GOPROXY: `corp.example|${near},direct` },
      { GOPROXY: "corp.example|direct", said: 1 },
    ],
    ["an own entry last", { GOPROXY: `${near}|corp.example` }, { GOPROXY: "corp.example", said: 1 }],
    ["direct", { GOPROXY: "direct" }, { said: 1 }],
    ["the reference of the database", { GOSUMDB: "sums.example" }, { GOSUMDB: null, said: 0 }],
    ["the key and the reference", { GOSUMDB: `${database} ${reference}` }, { GOSUMDB: database, said: 0 }],
    ["a database of one's own", { GOSUMDB: "corp.example https://s.corp.example" }, { said: 0 }],
    ["a mirror and GOPRIVATE", { GOPROXY: near, GOPRIVATE: "a.example" }, { GOPROXY: null, said: 0 }],
  ])("over %s", (_, stored, wanted) => {
    expect(reset(stored)).toEqual(wanted);
  });

  it("does not open what somebody closed: a chain that ends in off is a policy", () => {
    const outcome = reset({ GOPROXY: `${near},off` });
    if (outcome !== "go-chain-off") expect(outcome).not.toHaveProperty("GOPROXY", null);
    expect(reset({ GOPROXY: `corp.example|${near},off` })).not.toHaveProperty("GOPROXY", "corp.example");
  });
});
