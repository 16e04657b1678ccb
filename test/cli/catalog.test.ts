import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ask, makeHome, put, run, snapshot } from "./driver.ts";

const mirror = { id: "corp", ecosystem: "go", url: "https://go.corp.example/proxy" };
const catalog = (...mirrors: readonly object[]) => ({ version: 1, mirrors });

/** Every way to be wrong, at once; the paths that must be named. */
const broken = {
  version: 2,
  mirrors: [
    { ...mirror, url: "not a url" },
    { ...mirror, id: "two words", ecosystem: "ruby" },
    { id: "bare" },
    { ...mirror, id: "x", offer: "yes", kind: "shop" },
    "not an object",
  ],
  probes: { go: { api: { path: "no-slash", h1: "h1:short" }, sumdb: { key: "nonsense", lookup: "a" } } },
};
const places = [
  "version",
  "mirrors[0].url",
  "mirrors[1].id",
  "mirrors[1].ecosystem",
  "mirrors[2].ecosystem",
  "mirrors[2].url",
  "mirrors[3].offer",
  "mirrors[3].kind",
  "mirrors[4]",
  "probes.go.api[0].path",
  "probes.go.api[0].h1",
  "probes.go.sumdb.key",
  "probes.go.sumdb.lookup",
];

/** A home with a catalog file in it. */
async function withFile(content: object | string) {
  const home = await makeHome();
  const file = join(home.path, "catalog.json");
  await put(file, typeof content === "string" ? content : JSON.stringify(content));
  return { home, file };
}

describe("a catalog file that is wrong", () => {
  it.each(["catalog validate FILE", "list go --catalog FILE", "go corp --no-probe --catalog FILE"])(
    "%s: all at once, with their paths",
    async (line) => {
      const { home, file } = await withFile(broken);
      const before = await snapshot(home.path);
      const { code, report } = await ask(line.replace("FILE", file).split(" "), { home });
      expect(code).toBe(2);
      const paths = report.messages
        .filter(({ code: found }) => found === "catalog-problem")
        .map(({ args }) => args.path);
      expect(paths.toSorted()).toEqual(places.toSorted());
      expect(await snapshot(home.path)).toEqual(before);
    },
  );

  it("is told by line and column where it is not JSON", async () => {
    const { home, file } = await withFile('{\n  "version": 1,\n  "mirrors": [ oops ]\n}\n');
    const { code, stderr } = await run(["catalog", "validate", file], { home });
    expect(code).toBe(2);
    expect(stderr).toMatch(/line 3, column 16/);
  });

  it.each([
    ["an empty file", ""],
    ["an array", "[]"],
    ["a number", "1"],
    ["null", "null"],
    ["NUL bytes", "\u0000\u0000"],
  ])("%s", async (_, content) => {
    const { home, file } = await withFile(content);
    expect((await run(["catalog", "validate", file], { home })).code).toBe(2);
  });

  it.each([
    ["plain http", catalog({ ...mirror, url: "http://go.corp.example" }), "mirrors[0].url"],
    [
      "plain http, even insecure, in a file of others",
      catalog({ ...mirror, url: "http://go.corp.example", insecure: true }),
      "mirrors[0].url",
    ],
    ["an id twice", catalog(mirror, { ...mirror, url: "https://b.example" }), "mirrors[1].id"],
    ["separators of GOPROXY in an address", catalog({ ...mirror, url: "https://a.example/,off" }), "mirrors[0].url"],
    ["a blank in an address", catalog({ ...mirror, url: "https://a.example/ b" }), "mirrors[0].url"],
  ])("%s is refused", async (_, content, path) => {
    const { home, file } = await withFile(content);
    const { code, report } = await ask(["catalog", "validate", file], { home });
    expect(code).toBe(2);
    expect(report.messages.map(({ args }) => args.path)).toContain(path);
  });
});

describe("a catalog file that is odd, and right", () => {
  it("an unknown key is said, and does no harm", async () => {
    const { home, file } = await withFile({ ...catalog({ ...mirror, colour: "red" }), extra: 1 });
    const { code, report } = await ask(["list", "go", "--catalog", file], { home });
    expect(code).toBe(0);
    const keys = report.messages.map(({ code: found, args }) => `${found} ${args.key}`);
    expect(keys.toSorted()).toEqual(["catalog-unknown-key extra", "catalog-unknown-key mirrors[0].colour"]);
    expect(report.mirrors.map(({ id }) => id)).toEqual(["corp"]);
  });

  it("plain http on this machine is fine, and so is a byte order mark", async () => {
    const { home, file } = await withFile(
      `\ufeff${JSON.stringify(catalog({ ...mirror, url: "http://127.0.0.1:3000" }))}`,
    );
    expect((await run(["catalog", "validate", file], { home })).code).toBe(0);
  });

  it("--catalog replaces the shipped one wholly", async () => {
    const { home, file } = await withFile(catalog(mirror));
    const { report } = await ask(["list", "--catalog", file], { home });
    expect(report.mirrors.map(({ id }) => id)).toEqual(["corp"]);
  });
});
