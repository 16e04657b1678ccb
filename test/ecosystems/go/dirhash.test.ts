import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { modHash, zipHash } from "../../../src/ecosystems/go/dirhash.ts";
import { loadShipped } from "../../catalog/shipped.ts";

const text = (content: string) => new TextEncoder().encode(content);
const quoteMod = text('module "rsc.io/quote"\n\nrequire "rsc.io/sampler" v1.3.0\n');

describe("the hash of a go.mod", () => {
  it("is the one that go.sum has for rsc.io/quote v1.5.2", () => {
    expect(quoteMod.length).toBe(55);
    expect(modHash(quoteMod)).toBe("h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=");
  });

  it("is the one that the catalog pins", () => {
    const pins = loadShipped().catalog?.probes.go?.api?.filter(({ path }) =>
      path.endsWith("/rsc.io/quote/@v/v1.5.2.mod"),
    );
    expect(pins?.map(({ h1 }) => h1)).toEqual([modHash(quoteMod)]);
  });

  it("changes with one byte", () => {
    expect(modHash(text("module x\n"))).not.toBe(modHash(text("module x\r\n")));
  });
});

describe("the hash of a module zip", () => {
  const files = { "a@v1/go.mod": quoteMod, "a@v1/B.go": text("package b\n"), "a@v1/a.go": text("package a\n") };

  it("does not depend on order, compression or folders, as zips of different proxies need not be the same bytes", () => {
    const hash = zipHash(zipSync(files));
    expect(hash).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
    expect(zipHash(zipSync(Object.fromEntries(Object.entries(files).reverse()), { level: 0 }))).toBe(hash);
    expect(zipHash(zipSync({ "a@v1/": new Uint8Array(), ...files }))).toBe(hash);
  });

  it("is that of a go.mod where there is no other file", () => {
    expect(zipHash(zipSync({ "go.mod": quoteMod }))).toBe(modHash(quoteMod));
  });

  it("changes with a name and with a byte", () => {
    const other = [
      { ...files, "a@v1/a.go": text("package A\n") },
      { ...files, "a@v1/c.go": new Uint8Array() },
    ];
    expect(new Set([files, ...other].map((each) => zipHash(zipSync(each)))).size).toBe(3);
  });

  it.each([
    ["no zip", text("<html>login</html>")],
    ["nothing", new Uint8Array()],
    ["a zip that breaks off", zipSync(files).subarray(0, 60)],
  ])("is not there for %s", (_, bytes) => {
    expect(zipHash(bytes)).toBeNull();
  });

  it("is refused for a zip that unpacks to far more than it is", () => {
    const bomb = zipSync({ "a@v1/zeros": new Uint8Array(17 * 1024 * 1024) }, { level: 9 });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(zipHash(bomb)).toBeNull();
  });

  it("is refused for a zip whose files only together are far too much", () => {
    const part = new Uint8Array(3 * 1024 * 1024);
    expect(zipHash(zipSync(Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`f${i}`, part]))))).toBeNull();
  });

  it("is refused for a zip with ten thousands of files", () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`f${i}`, new Uint8Array()]));
    expect(zipHash(zipSync(many, { level: 0 }))).toBeNull();
  });
});
