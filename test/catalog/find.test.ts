import { describe, expect, it } from "vitest";
import { canonical, merge, mirrorAt, nearestIds } from "../../src/catalog/find.ts";
import { parseCatalog } from "../../src/catalog/parse.ts";
import type { Catalog, Mirror } from "../../src/catalog/types.ts";

function catalog(mirrors: readonly object[], origin: Mirror["origin"] = "file"): Catalog {
  const whole = mirrors.map((mirror) => ({ ecosystem: "go", ...mirror }));
  const parsed = parseCatalog(JSON.stringify({ version: 1, updated: "2026", mirrors: whole }), origin);
  if (parsed.catalog === null) throw new Error(JSON.stringify(parsed.problems));
  return parsed.catalog;
}

const found = catalog([
  { id: "near", url: "https://near.example/goproxy/", aliases: ["https://old.near.example"] },
  { id: "account", url: null, aliases: ["https://*.mirror.example"] },
  { id: "near", ecosystem: "pip", url: "https://pip.example/simple" },
]);

describe("the mirror of an address", () => {
  it.each([
    ["https://near.example/goproxy/", "near"],
    ["https://near.example/goproxy", "near"],
    ["http://near.example/goproxy//", "near"],
    ["https://NEAR.example:443/goproxy", "near"],
    ["https://u:p@near.example/goproxy", "near"],
    ["https://old.near.example/", "near"],
    ["https://me.mirror.example", "account"],
    ["https://a.b.mirror.example/x", "account"],
    ["https://near.example", null],
    ["https://near.example/goproxy/more", null],
    ["https://mirror.example", null],
    ["https://me.mirror.example.evil.example", null],
    ["https://evilmirror.example", null],
    ["https://pip.example/simple", null],
    ["direct", null],
    ["", null],
  ])("%s is %s", (url, id) => {
    expect(mirrorAt(found, "go", url)?.id ?? null).toBe(id);
  });

  it("is told apart by path and port", () => {
    const spellings = ["https://x.example/a/", "http://x.example/a", "https://X.example:443/a"].map(canonical);
    expect(new Set(spellings).size).toBe(1);
    expect(canonical("https://x.example:8443/a")).not.toBe(canonical("https://x.example/a"));
    expect(canonical("https://x.example/A")).not.toBe(canonical("https://x.example/a"));
  });
});

describe("an id that is not there", () => {
  const ids = ["goproxy-cn", "goproxy-io", "aliyun", "tuna", "ustc", "tencent", "huawei"];

  it.each([
    ["goproxycn", ["goproxy-cn"]],
    ["goproxy", ["goproxy-cn", "goproxy-io"]],
    ["aliyn", ["aliyun"]],
    ["tna", ["tuna"]],
    ["tencentcloud", ["tencent"]],
    ["completely-else", []],
  ])("%s is near %j", (wanted, near) => {
    expect(nearestIds(ids, wanted)).toEqual(expect.arrayContaining(near));
    expect(nearestIds(ids, wanted)[0]).toBe(near[0]);
  });

  it("has three neighbours at the most", () => {
    expect(nearestIds(["a1", "a2", "a3", "a4"], "a5").length).toBe(3);
  });
});

describe("one's own mirrors", () => {
  const own = catalog(
    [
      { id: "near", url: "https://mine.example" },
      { id: "corp", url: "http://corp.example", insecure: true },
    ],
    "user",
  );

  it("replace those of the same ecosystem and id, in their place, and come behind otherwise", () => {
    const merged = merge(found, own).mirrors.map(({ ecosystem, id, url, origin }) => [ecosystem, id, url, origin]);
    expect(merged).toEqual([
      ["go", "near", "https://mine.example", "user"],
      ["go", "account", null, "file"],
      ["pip", "near", "https://pip.example/simple", "file"],
      ["go", "corp", "http://corp.example", "user"],
    ]);
  });

  it("leave date and probes as they are", () => {
    expect(merge(found, own)).toMatchObject({ updated: "2026", probes: found.probes });
  });
});
