import { describe, expect, it } from "vitest";
import { pipProtocol } from "../../../src/ecosystems/pip/protocol.ts";
import { ask, upstream } from "../asking.ts";
import { askIndex, hash, jsonPage, page, pins, smallJson, smallPage, soundServer, wheels } from "./index-server.ts";

const html = "/simple/small/";
const whl = "/packages/small-1.0-py3-none-any.whl";
const [large, small] = pins;
const sha256 = small?.sha256 ?? "";
const asHtml = (body: string) => ({ body, headers: { "content-type": "text/html" } });

describe("a sound index", () => {
  it("proves itself by its page, its file and its serial, in five requests, and one more for the last check", async () => {
    const { proof, stages, bulk, last, requests, paths, seen } = await askIndex();
    expect(proof).toEqual({
      ...{ reason: null, detail: null, findings: [], position: 32_000_500 },
      traits: ["metadata", "no-time"],
    });
    const names = ["reach", "protocol", "download", "freshness"];
    expect(stages.map(({ stage, ok }) => [stage, ok])).toEqual(
      expect.arrayContaining(names.map((name) => [name, true])),
    );
    expect(bulk).toBe("https://mirror.example/root/packages/large_one-1.0-py3-none-any.whl");
    expect(last).toBeNull();
    expect(requests).toBe(6);
    expect(seen[paths.indexOf("/root/simple/small/")]?.headers).toMatchObject({
      accept: expect.stringMatching(/^application\/vnd\.pypi\.simple\.v1\+json, .*text\/html; q=0\.01$/),
    });
  });

  it("is asked as pip asks", () => {
    const { userAgent } = pipProtocol(pins);
    expect(userAgent("24.0")).toMatch(
      /^pip\/24\.0 \{"ci":null,"cpu":"x86_64",.*"installer":\{"name":"pip","version":"24\.0"\}.*\} mirror-setup$/,
    );
    expect(userAgent("1\r\nx: y")).toBe(userAgent(null));
  });

  it("may speak JSON, which is said, as is what it adds", async () => {
    const traits = async (entry: object) => (await askIndex({ [html]: smallJson(entry) })).proof.traits;
    expect(await traits({})).toEqual(["pep691"]);
    expect(await traits({ "core-metadata": { sha256: "x" } })).toEqual(["pep691", "metadata"]);
    expect(await traits({ "core-metadata": false, "upload-time": 7 })).toEqual(["pep691", "no-time"]);
  });

  it.each([
    ["by a path from the root", smallPage({ href: `/root${whl}#sha256=${sha256}` })],
    [
      "by a whole address, escaped",
      smallPage({ href: `https://mirror.example/root${whl.replace("-1", "%2D1")}?a&amp;b#sha256=${sha256}` }),
    ],
    [
      "by a base",
      smallPage({ head: '<base href="/root/packages/">', href: `small-1.0-py3-none-any.whl#sha256=${sha256}` }),
    ],
    ["without a hash", smallPage({ href: `/root${whl}` })],
    ["with another kind of hash", smallPage({ href: `/root${whl}#md5=x` })],
    ["in JSON, without a hash", smallJson({ hashes: {} })],
  ])("may name the file %s", async (_, reply) => {
    const server = ({ pathname }: URL) => (decodeURIComponent(pathname) === `/root${whl}` ? wheels.small : undefined);
    expect((await askIndex({ [html]: reply }, { server })).proof.reason).toBeNull();
  });

  it("may have its page elsewhere: addresses are relative to where it is", async () => {
    const moved = {
      ...smallPage(),
      hops: ["https://mirror.example/root/simple/small/", "https://near.example/a/b/c/"],
    };
    const server = ({ href }: URL) => (href === `https://near.example/a${whl}` ? wheels.small : undefined);
    const { proof } = await askIndex({ [html]: moved }, { server });
    expect(proof).toMatchObject({ reason: null, traits: ["metadata", "no-time", "foreign-file-host"] });
  });

  it("may send on to a CDN, which is said", async () => {
    const sent = { body: wheels.small, hops: ["https://mirror.example/x", "https://cdn.example/x"] };
    expect((await askIndex({ [whl]: sent })).proof.traits).toContain("cdn");
  });

  it("may lack the large file, and is measured by nothing", async () => {
    for (const reply of [null, asHtml("<html>"), jsonPage({ ...pins[1], file: "x" } as never), 503]) {
      expect(await askIndex({ "/simple/large-one/": reply })).toMatchObject({ proof: { reason: null }, bulk: null });
    }
  });

  it("is proved by the beginning of the file where only a large one is pinned", async () => {
    const probes = large === undefined ? [] : [{ ...large, size: 5_000_000 }];
    const { proof, bulk, requests, seen } = await askIndex({}, { probes });
    expect(proof.reason).toBeNull();
    expect(bulk).toMatch(/large_one/);
    expect(requests).toBe(5);
    expect(seen.at(-1)?.headers).toMatchObject({ range: "bytes=0-65535" });
    const altered = { [`/packages/${large?.file}`]: Buffer.from(wheels.large).fill("x", 100) };
    expect((await askIndex(altered, { probes })).proof.reason).toBe("tampered");
  });

  it("may be the upstream itself, whose own host is not away", async () => {
    const { proof } = await ask(pipProtocol(pins), soundServer, `https://${upstream}/root/simple`);
    expect(proof.reason).toBeNull();
  });

  it("is not proved by a catalog that names nothing", async () => {
    const proof = await pipProtocol().prove(null as never);
    expect(proof).toMatchObject({ reason: "no-artefact", detail: { code: "nothing-to-prove-by" } });
  });

  it("has a large file that begins as the world's does", () => {
    const { looksRight } = pipProtocol(pins);
    expect([looksRight(wheels.large), looksRight(wheels.large.subarray(0, 100))]).toEqual([true, true]);
    expect(looksRight(Buffer.from(wheels.large).fill("x", 60_000))).toBe(false);
  });
});

describe("a bad index", () => {
  const other = hash(wheels.large);
  const login = asHtml('<html><a href="/login">log in</a><a href="small">x</a></html>');
  const two = asHtml(`${smallPage().body}<a href="/b/small-1.0-py3-none-any.whl#sha256=${other}">`);

  it.each([
    ["not-a-mirror", "other-page", { [html]: login }],
    ["not-a-mirror", "other-page", { [html]: { ...smallPage(), headers: {} } }],
    ["not-a-mirror", "other-page", { [html]: { ...smallPage(), headers: { "content-type": "text/plain" } } }],
    ["not-a-mirror", "other-page", { [html]: { ...smallJson(), body: "{" } }],
    ["not-a-mirror", "other-page", { [html]: smallJson({}, { "api-version": "2.0" }) }],
    ["not-a-mirror", "too-long", { [html]: asHtml(`${smallPage().body}${" ".repeat(1_048_576)}`) }],
    ["not-a-mirror", "file-nowhere", { [html]: smallJson({ url: "ftp://mirror.example/x" }) }],
    ["redirects-away", "file-plain", { [html]: smallJson({ url: "http://mirror.example/x" }) }],
    ["redirects-away", "redirect-upstream", { [html]: smallJson({ url: `https://${upstream}/x` }) }],
    ["no-artefact", "file-unlisted", { [html]: smallJson({ filename: "small-2.0-py3-none-any.whl" }) }],
    ["no-artefact", "file-unlisted", { [html]: asHtml('<meta name="pypi:repository-version" content="1.0">') }],
    ["no-artefact", "no-known-package", { [html]: null }],
    ["no-artefact", "http-status-for", { [whl]: null }],
    ["tampered", "other-hash", { [html]: smallJson({ hashes: { sha256: other } }) }],
    ["tampered", "other-hash", { [html]: smallPage({ href: `/root${whl}#sha256=${other}` }) }],
    ["tampered", "other-hash", { [html]: two }],
    ["tampered", "other-hash", { "/simple/large-one/": page({ ...pins[0], sha256: "0".repeat(64) } as never) }],
    ["tampered", "wrong-content", { [whl]: wheels.large.subarray(0, 1000) }],
    ["denied", "other-file", { [whl]: login }],
    ["denied", "http-status-for", { [whl]: 403 }],
    ["http-status", "http-status", { [html]: 403 }],
    ["http-status", "http-status", { [html]: 500 }],
    ["rate-limited", "http-status", { "/simple/canary/": 429 }],
    ["timeout", "no-answer", { "/simple/canary/": { failure: "timeout" } }],
    ["timeout", "no-answer", { "/simple/large-one/": { failure: "stopped" } }],
    ["truncated", "no-answer", { [whl]: { failure: "truncated" } }],
    ["redirects-away", "no-answer", { [whl]: { failure: "redirects-away" } }],
  ] as const)("is rejected as %s (%s)", async (reason, code, changes) => {
    const { proof, requests } = await askIndex(changes);
    expect(proof).toMatchObject({ reason, findings: [reason], detail: { code } });
    expect(requests).toBeLessThanOrEqual(6);
  });

  it("that knows nothing at all is not known as an index", async () => {
    const none = { [html]: null, "/simple/canary/": null };
    expect((await askIndex(none)).proof).toMatchObject({ reason: "http-status", detail: { args: { status: 404 } } });
  });

  it("that serves browsers and not pip is told apart from one that serves nobody", async () => {
    const server = (url: URL, { headers }: { headers?: Readonly<Record<string, string>> }) =>
      url.pathname === `/root${html}` && headers?.["user-agent"] === undefined ? 403 : undefined;
    const { proof } = await askIndex({}, { server });
    expect(proof).toMatchObject({
      reason: "client-denied",
      detail: { code: "for-browsers-only", args: { status: 403 } },
    });
  });
});
