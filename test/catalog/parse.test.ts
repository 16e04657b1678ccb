import { describe, expect, it } from "vitest";
import { parseCatalog } from "../../src/catalog/parse.ts";
import type { Mirror } from "../../src/catalog/types.ts";
import { loadShipped, shippedText } from "./shipped.ts";

const good = { id: "near", ecosystem: "go", url: "https://near.example" };
const parsed = (file: object, origin: Mirror["origin"] = "file") => parseCatalog(JSON.stringify(file), origin);
const withMirror = (more: object, origin?: Mirror["origin"]) =>
  parsed({ version: 1, mirrors: [{ ...good, ...more }] }, origin);
const paths = (file: object) => parsed(file).problems.map(({ path }) => path);

describe("the catalog that is shipped", () => {
  it("is valid, without a warning", () => {
    expect(loadShipped()).toMatchObject({ problems: [], unknownKeys: [] });
  });

  it("has dated evidence for every entry, and words in both languages", () => {
    const mirrors = loadShipped().catalog?.mirrors ?? [];
    expect(mirrors.length).toBeGreaterThan(30);
    const bare = mirrors.filter(
      ({ evidence }) => !evidence.some(({ date, source }) => date !== undefined && source !== ""),
    );
    expect(bare.map(({ ecosystem, id }) => `${ecosystem}/${id}`)).toEqual([]);
    const texts = mirrors
      .flatMap(({ name, note, restriction }) => [name, note, restriction])
      .filter((text) => text !== null);
    expect(texts.filter(({ zh, en }) => zh === "" || /[\u4e00-\u9fff]/.test(en))).toEqual([]);
  });

  it("offers mirrors for every ecosystem, none of them closed, restricted or official, all by https", () => {
    const offered = (loadShipped().catalog?.mirrors ?? []).filter(({ offer }) => offer);
    expect(new Set(offered.map(({ ecosystem }) => ecosystem))).toEqual(new Set(["go", "pip", "npm", "docker"]));
    expect(offered.filter(({ kind, status }) => kind === "official" || /closed|restricted/.test(status))).toEqual([]);
    expect(offered.filter(({ url }) => !url?.startsWith("https://"))).toEqual([]);
  });

  it("has the ids that people say", () => {
    const ids = (loadShipped().catalog?.mirrors ?? []).map(({ ecosystem, id }) => `${ecosystem}/${id}`);
    const said = [
      "go/goproxy-cn",
      "go/aliyun",
      "pip/tuna",
      "pip/ustc",
      "pip/tencent",
      "pip/huawei",
      "npm/npmmirror",
      "docker/daocloud",
    ];
    expect(ids).toEqual(expect.arrayContaining(said));
  });

  it("has what proves a Go mirror, whole and hashed", () => {
    const go = loadShipped().catalog?.probes.go;
    expect([go?.api?.length, go?.zip?.length, go?.bulk?.length].every((count) => (count ?? 0) > 0)).toBe(true);
    expect(go?.sumdb?.reference).toMatch(/^https:/);
  });

  it("has what proves an npm registry and a Python index: something whole, something large, something that moves", () => {
    const { npm, pip } = loadShipped().catalog?.probes ?? {};
    const large = npm?.bulk?.find(({ prefixes }) => Object.keys(prefixes ?? {}).length > 3);
    expect(large?.size).toBeGreaterThan(2 * 1024 * 1024);
    expect(npm?.keys?.length).toBeGreaterThan(0);
    expect(npm?.canaries?.length).toBeGreaterThan(0);
    expect(pip?.find(({ prefixes }) => Object.keys(prefixes ?? {}).length > 3)?.size).toBeGreaterThan(2 * 1024 * 1024);
    expect(Math.min(...(pip ?? []).map(({ size = Number.NaN }) => size))).toBeLessThan(64 * 1024);
    expect(pip?.some(({ canaries = [] }) => canaries.length > 0)).toBe(true);
  });

  it("is the same with a byte order mark before it", () => {
    expect(parseCatalog(`\uFEFF${shippedText}`, "shipped").catalog).toEqual(loadShipped().catalog);
  });
});

describe("a catalog with mistakes", () => {
  it("is told all of them at once, each with its path", () => {
    const mirrors = [
      { ...good, url: "ftp://x.example", status: "fine" },
      { ...good, id: "has blank", ecosystem: "rust", offer: "yes" },
      { id: "x", ecosystem: "go" },
      { ...good, id: "y", aliases: ["nonsense"], evidence: [{ date: "today" }] },
    ];
    const probes = { go: { api: { path: "no-slash", h1: "h2:x" }, sumdb: { key: "k", lookup: "l" } } };
    expect(paths({ version: 2, mirrors, probes }).sort()).toEqual(
      [
        ...[
          "version",
          "mirrors[0].url",
          "mirrors[0].status",
          "mirrors[1].id",
          "mirrors[1].ecosystem",
          "mirrors[1].offer",
        ],
        ...["mirrors[2].url", "mirrors[3].aliases[0]", "mirrors[3].evidence[0].source", "mirrors[3].evidence[0].date"],
        ...["probes.go.api[0].path", "probes.go.api[0].h1", "probes.go.sumdb.key", "probes.go.sumdb.lookup"],
      ].sort(),
    );
  });

  it("is told of what proves npm and Python mirrors as well, and warned of strange keys there", () => {
    const npm = {
      package: "A b",
      version: "",
      integrity: "sha1-x",
      bulk: { package: "x", version: "1", integrity: 7 },
      pause: { days: 0, until: "soon" },
    };
    const pip = [{ project: "six", file: "../six", sha256: "F".repeat(64), size: 0, prefixes: { many: "x" } }];
    expect(paths({ version: 1, mirrors: [], probes: { npm, pip } }).sort()).toEqual(
      [
        ...["package", "version", "integrity", "bulk[0].integrity", "pause.days", "pause.until"].map(
          (key) => `probes.npm.${key}`,
        ),
        ...["file", "sha256", "size", "prefixes.many", "prefixes.many"].map((key) => `probes.pip[0].${key}`),
      ].sort(),
    );
    const known = { project: "six", file: "six-1.whl", sha256: "0".repeat(64), filee: 1 };
    const { catalog, unknownKeys } = parsed({ version: 1, mirrors: [], probes: { pip: known } });
    expect(catalog?.probes.pip).toEqual([known]);
    expect(unknownKeys).toEqual(["probes.pip.filee"]);
  });

  it.each([
    ["nothing", "", /^line 1, column 1$/],
    ["a comma too many", '{"version": 1,\n "mirrors": [],}', /^line 2, column \d+$/],
    ["a comment", '{"version": 1, // x\n "mirrors": []}', /^line 1, column 16$/],
    ["a list", "[]", /^(version|\(whole file\)|mirrors)$/],
    ["null", "null", /^\(whole file\)$/],
    ["a text", '"x"', /^\(whole file\)$/],
  ])("of %s says where", (_, text, where) => {
    const { catalog, problems } = parseCatalog(text, "file");
    expect(catalog).toBeNull();
    expect(problems[0]?.path).toMatch(where);
    expect(problems.every(({ problem }) => problem !== "")).toBe(true);
  });

  it("has no two mirrors of one id in one ecosystem", () => {
    expect(paths({ version: 1, mirrors: [good, { ...good, ecosystem: "pip" }, { ...good }] })).toEqual([
      "mirrors[2].id",
    ]);
  });

  it.each([
    "https://x.example/a,b",
    "https://x.example/a|b",
    "https://x.example/ a",
    "https://x.example/?q",
    "https://x.example/#f",
    "x.example",
  ])("has no address %s, which a tool would read as something else", (url) =>
    expect(withMirror({ url }).problems.map(({ path }) => path)).toEqual(["mirrors[0].url"]),
  );

  it("is warned of keys that nobody knows, and read all the same", () => {
    const { catalog, unknownKeys } = parsed({ version: 1, mirors: [], mirrors: [{ ...good, statsu: "active" }] });
    expect(catalog?.mirrors.length).toBe(1);
    expect([...unknownKeys].sort()).toEqual(["mirors", "mirrors[0].statsu"]);
  });
});

describe("plain http", () => {
  const accepted = (url: string, more: object, origin: Mirror["origin"]) =>
    withMirror({ url, ...more }, origin).catalog !== null;

  it.each(["http://127.0.0.1:8080", "http://localhost/x", "http://[::1]:1", "http://127.9.9.9"])(
    "is fine on this machine: %s",
    (url) => {
      expect(accepted(url, {}, "file")).toBe(true);
    },
  );

  it.each([
    "http://near.example",
    "http://10.0.0.1",
    "http://localhost.example",
    "http://127.example",
    "http://127.0.0.1.example",
  ])("elsewhere only in one's own catalog, where it is said so: %s", (url) => {
    expect([accepted(url, {}, "user"), accepted(url, { insecure: true }, "user")]).toEqual([false, true]);
    expect([accepted(url, { insecure: true }, "shipped"), accepted(url, { insecure: true }, "file")]).toEqual([
      false,
      false,
    ]);
  });
});
