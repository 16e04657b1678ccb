import { describe, expect, it } from "vitest";
import { lockedTo } from "../../../src/ecosystems/npm/locks.ts";
import { homeMaker } from "./home.ts";

const make = homeMaker();

describe("the registries that a lock file is tied to", () => {
  it("are read off npm's, yarn's and bun's, with and without a path, old forms too", async () => {
    const resolved = [
      "https://a.example/x/-/x-1.0.0.tgz",
      "https://a.example/@s/y/-/y-1.0.0.tgz",
      "https://b.example/repository/npm/@s/y/-/y-1.0.0.tgz#abc",
      "https://u:s3cret@b.example/repository/npm/z/-/z-1.0.0.tgz",
      "https://c.example/x/download/x-1.0.0.tgz?cache=0&sync_timestamp=1",
      "https://cdn.example/packages/x/1.0.0/x-1.0.0.tgz",
    ];
    const packages = Object.fromEntries(
      resolved.map((address, index) => [`node_modules/${index}`, { resolved: address }]),
    );
    const files = {
      "p/package-lock.json": JSON.stringify({ packages, homepage: "https://other.example/" }),
      "p/yarn.lock": 'x@^1:\n  version "1.0.0"\n  resolved "https://d.example/x/-/x-1.0.0.tgz#abc"\n',
      "p/bun.lock": '{ "packages": { "x": ["x@1.0.0", "https://e.example/x/-/x-1.0.0.tgz", {}, "sha512-"] } }',
      "p/pnpm-lock.yaml": "x@1.0.0:\n  resolution: {integrity: a, tarball: https://f.example/x/-/x-1.0.0.tgz}\n",
    };
    const home = await make({ files });
    const names = ["package-lock.json", "yarn.lock", "bun.lock", "pnpm-lock.yaml", "none"];
    const found = await lockedTo(home.read, `${home.path}/p`, names);
    expect(found.map(({ registry, packages: count }) => [registry, count])).toEqual([
      ["https://a.example/", 2],
      ["https://b.example/repository/npm/", 2],
      ["https://c.example/", 1],
      ["https://cdn.example/", 1],
      ["https://d.example/", 1],
      ["https://e.example/", 1],
      ["https://f.example/", 1],
    ]);
  });

  it("are none outside a project, and none in a file that is no text", async () => {
    const home = await make({ files: { "p/package-lock.json": "\u0000{" } });
    expect(await lockedTo(home.read, null, ["package-lock.json"])).toEqual([]);
    expect(await lockedTo(home.read, `${home.path}/p`, ["package-lock.json"])).toEqual([]);
  });
});
